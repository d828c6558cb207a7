/**
 * From a variant's traits and a few plain choices to the whole path. Nothing is refused here;
 * `resolvePath` judges the result, so that a bad choice is explained by the rule it breaks.
 */
import { defaults, keepAliveMarginSeconds } from "./defaults";
import type {
  ContainerSpec,
  EdgeSpec,
  ListenerSpec,
  Method,
  PathSpec,
  RequestKind,
  Source,
  TargetProtocolVersion,
} from "./types";
import type { DirectChoices, PathChoices, ViaCloudfrontChoices } from "./variantChoices";

/** What a variant fixes and no choice changes. */
export interface VariantTraits {
  /**
   * CloudFront, and what sets it apart in this variant; without `originHttpVersion` that is a choice.
   * Absent: viewers call the load balancer.
   */
  readonly edge?: Pick<EdgeSpec, "grpc" | "originHttpVersion">;
  /** Protocol version of the target group. */
  readonly target: TargetProtocolVersion;
  /** What the container's socket accepts. */
  readonly accepts: ContainerSpec["accepts"];
  /** Kinds of request that must be answered, unless the choices name others. */
  readonly mustWork: readonly RequestKind[];
}

/** Every method that a CloudFront behaviour can let through. */
const allMethods: readonly Method[] = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

/** viewer → CloudFront (HTTP/1.1, 2, 3) → load balancer → nginx; closed to all but CloudFront. */
export function viaCloudfrontSpec(
  traits: VariantTraits,
  choices: ViaCloudfrontChoices,
): PathSpec & { readonly edge: EdgeSpec } {
  const origin = (choices.access ?? defaults.origin.access) === "vpc-origin" ? "vpc" : "public";
  const tls = choices.loadBalancerCertificate;
  return {
    edge: {
      grpc: traits.edge?.grpc ?? false,
      origin,
      httpVersion: choices.httpVersions ?? defaults.viewers.httpVersions,
      viewerProtocolPolicy: "redirect-to-https",
      originProtocolPolicy: tls ? "https-only" : "http-only",
      originHttpVersion:
        traits.edge?.originHttpVersion ?? choices.originHttpVersion ?? defaults.origin.httpVersion,
      allowedMethods: allMethods,
      forwardsHost: choices.forwardsHost ?? true,
      viewerNames: choices.viewerNames,
      originName: choices.originName,
      sendsSecretHeader: true,
      keepAliveSeconds: choices.keepAliveSeconds ?? defaults.origin.timeouts.keepAlive,
      readSeconds: choices.readSeconds ?? defaults.origin.timeouts.read,
    },
    listener: {
      scheme: origin === "vpc" ? "internal" : "internet-facing",
      ...(tls ? httpsListener(choices) : plainListener),
      requiresSecretHeader: true,
      admits: cloudfrontSources(origin, choices),
      idleSeconds: idleSeconds(choices),
      // A public load balancer behind CloudFront opens no port 80: CloudFront redirects viewers.
      redirectsHttp: false,
    },
    ...behindTheListener(traits, choices),
  };
}

/** viewer → load balancer → nginx. No CloudFront: open to those whom the choices admit. */
export function directSpec(traits: VariantTraits, choices: DirectChoices): PathSpec {
  const cidrs: readonly string[] = choices.allowedCidrs ?? defaults.viewers.allowedCidrs;
  return {
    listener: {
      scheme: "internet-facing",
      ...httpsListener(choices),
      requiresSecretHeader: false,
      admits: cidrs.map((cidr): Source => ({ kind: "cidr", cidr })),
      idleSeconds: idleSeconds(choices),
      redirectsHttp: choices.redirectHttp ?? defaults.viewers.redirectHttp,
    },
    ...behindTheListener(traits, choices),
  };
}

type ListenerProtocol = Pick<ListenerSpec, "protocol" | "port" | "http2" | "certificateNames">;

const plainListener: ListenerProtocol = { protocol: "HTTP", port: 80, http2: true };

/** An HTTPS listener; without a certificate its list of names is empty, which is a finding. */
function httpsListener(choices: PathChoices): ListenerProtocol {
  return {
    protocol: "HTTPS",
    port: 443,
    http2: true,
    certificateNames: choices.loadBalancerCertificate ? choices.loadBalancerCertificateNames : [],
  };
}

/** IPv6 only where CloudFront can use it: a VPC origin is IPv4 only. */
function cloudfrontSources(origin: "public" | "vpc", choices: PathChoices): Source[] {
  const ipv4: Source = { kind: "cloudfront", ipVersion: 4 };
  const ipv6: Source = { kind: "cloudfront", ipVersion: 6 };
  return origin === "public" && choices.ipAddressType === "dualstack" ? [ipv4, ipv6] : [ipv4];
}

function idleSeconds(choices: PathChoices): number {
  return choices.idleSeconds ?? defaults.origin.timeouts.idle;
}

function behindTheListener(
  { target, accepts, mustWork }: VariantTraits,
  choices: PathChoices,
): Omit<PathSpec, "edge" | "listener"> {
  const port = choices.servicePort ?? defaults.service.port;
  const tls = (choices.originProtocol ?? defaults.origin.protocol) === "https";
  return {
    target: {
      protocol: tls ? "HTTPS" : "HTTP",
      protocolVersion: target,
      port,
      admits: [{ kind: "load-balancer" }],
    },
    container: {
      port,
      tls,
      accepts,
      keepAliveSeconds: idleSeconds(choices) + keepAliveMarginSeconds,
    },
    appPort: choices.appPort,
    mustWork: choices.mustWork ?? mustWork,
    sharedVpc: choices.sharedVpc ?? false,
    waf: choices.waf ?? false,
  };
}
