/**
 * From a variant's traits and a few plain choices to the whole path. Nothing is refused here;
 * `resolvePath` judges the result, so that a bad choice is explained by the rule it breaks.
 */
import { defaults, keepAliveMarginSeconds } from "./defaults";
import type {
  ContainerSpec,
  EdgeSpec,
  ListenerSpec,
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

/** What every behaviour for the service has: HTTPS, and every method that CloudFront can let through. */
export const edgeBehavior = {
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
} as const satisfies Partial<EdgeSpec>;

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
      ...edgeBehavior,
      originProtocolPolicy: tls ? "https-only" : "http-only",
      originHttpVersion:
        traits.edge?.originHttpVersion ?? choices.originHttpVersion ?? defaults.origin.httpVersion,
      forwardsHost: choices.forwardsHost ?? true,
      viewerNames: choices.viewerNames,
      originName: choices.originName,
      sendsSecretHeader: true,
      ...(hasIpv6(origin, choices) && { originAddresses: "dualstack" as const }),
      keepAliveSeconds: choices.keepAliveSeconds ?? defaults.origin.timeouts.keepAlive,
      readSeconds: choices.readSeconds ?? defaults.origin.timeouts.read,
      ...(choices.front && { front: choices.front }),
      ...(choices.countries && { countries: choices.countries }),
      ...(choices.clientCertificates && { clientCertificates: choices.clientCertificates }),
    },
    listener: {
      scheme: origin === "vpc" ? "internal" : "internet-facing",
      ...(tls ? httpsListener(choices) : plainListener),
      requiresSecretHeader: true,
      admits: cloudfrontSources(origin, choices),
      idleSeconds: idleSeconds(choices),
      // A public load balancer behind CloudFront opens no port 80: CloudFront redirects viewers.
      redirectsHttp: false,
      ...testListener(choices),
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
      admits: cidrSources(cidrs),
      idleSeconds: idleSeconds(choices),
      redirectsHttp: choices.redirectHttp ?? defaults.viewers.redirectHttp,
      ...(choices.front?.maintenance && { answersAll: 503 }),
      ...(choices.clientCertificates &&
        choices.clientCertificates !== "optional" && {
          clientCertificates: choices.clientCertificates,
        }),
      ...testListener(choices),
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

/**
 * Whether CloudFront calls the load balancer over IPv6 too. Through a VPC origin it could, but the
 * provider cannot set that.
 */
const hasIpv6 = (origin: "public" | "vpc", { ipAddressType }: PathChoices): boolean =>
  origin === "public" && ipAddressType === "dualstack";

function cloudfrontSources(origin: "public" | "vpc", choices: PathChoices): Source[] {
  const ipv4: Source = { kind: "cloudfront", ipVersion: 4 };
  const ipv6: Source = { kind: "cloudfront", ipVersion: 6 };
  return hasIpv6(origin, choices) ? [ipv4, ipv6] : [ipv4];
}

function testListener({ testListener: test }: PathChoices): Pick<ListenerSpec, "test"> {
  if (test === undefined) return {};
  return { test: { port: test.port, admits: cidrSources(test.cidrs) } };
}

const cidrSources = (cidrs: readonly string[]): Source[] =>
  cidrs.map((cidr) => ({ kind: "cidr", cidr }));

function idleSeconds(choices: PathChoices): number {
  return choices.idleSeconds ?? defaults.origin.timeouts.idle;
}

function behindTheListener(
  traits: VariantTraits,
  choices: PathChoices,
): Omit<PathSpec, "edge" | "listener"> {
  const { target, accepts, mustWork } = traits;
  const { appSocket, appPort } = choices;
  const grpc = grpcOf(traits, choices);
  const port = (appSocket && appPort) ?? choices.servicePort ?? defaults.service.port;
  const keepAliveSeconds = idleSeconds(choices) + keepAliveMarginSeconds;
  const tls = (choices.originProtocol ?? defaults.origin.protocol) === "https";
  return {
    target: {
      protocol: tls ? "HTTPS" : "HTTP",
      protocolVersion: target,
      port,
      admits: [{ kind: "load-balancer" }],
    },
    container: appSocket
      ? { port, tls: false, keepAliveSeconds, ...appSocket }
      : {
          port,
          tls,
          // nginx tells gRPC from other requests on its one port.
          accepts: grpc === undefined ? accepts : ["HTTP/2", "HTTP/1.1"],
          keepAliveSeconds,
        },
    appPort: appSocket ? undefined : appPort,
    grpc,
    mustWork: choices.mustWork ?? [...mustWork, ...(grpcWithTheRest(traits, grpc) ? grpcKind : [])],
    sharedVpc: choices.sharedVpc ?? false,
    waf: choices.waf ?? false,
  };
}

const grpcKind: readonly RequestKind[] = ["grpc"];

/** The gRPC calls of the path: all of a variant that is for gRPC only, else those of named services. */
function grpcOf({ mustWork }: VariantTraits, choices: PathChoices): PathSpec["grpc"] {
  // Without nginx the app tells gRPC from other requests on its one port.
  const port = choices.appSocket ? undefined : (choices.grpcPort ?? choices.appPort);
  if (mustWork.includes("grpc")) return { port };
  const services = choices.grpcServices ?? [];
  return services.length === 0 ? undefined : { services, port };
}

/** True where gRPC calls take the path of all other requests: a group of HTTP/2, without CloudFront. */
function grpcWithTheRest({ edge, mustWork }: VariantTraits, grpc: PathSpec["grpc"]): boolean {
  return grpc !== undefined && edge === undefined && !mustWork.includes("grpc");
}

/** What a service at the listener is spoken to in. */
export type ServiceProtocol = "http1" | "http2" | "grpc";

const serviceTraits: Readonly<Record<ServiceProtocol, Omit<VariantTraits, "edge">>> = {
  http1: { target: "HTTP1", accepts: ["HTTP/1.1"], mustWork: ["http"] },
  http2: { target: "HTTP2", accepts: ["HTTP/2", "HTTP/1.1"], mustWork: ["http"] },
  grpc: { target: "GRPC", accepts: ["HTTP/2", "HTTP/1.1"], mustWork: ["grpc"] },
};

/** The path of a service that gets some of a listener's requests, on a target group of its own. */
export function serviceSpec(
  spec: PathSpec,
  protocol: ServiceProtocol,
  choices: Pick<PathChoices, "servicePort" | "appPort" | "appSocket">,
): PathSpec {
  const { edge, listener, target, sharedVpc, waf } = spec;
  const behind = behindTheListener(serviceTraits[protocol], {
    ...choices,
    idleSeconds: listener.idleSeconds,
    originProtocol: target.protocol === "HTTPS" ? "https" : "http",
    loadBalancerCertificate: listener.protocol === "HTTPS",
    sharedVpc,
    waf,
  });
  return { ...spec, ...behind, edge: edge && { ...edge, grpc: protocol === "grpc" } };
}

/** The protocol of a path's own target group. */
export function protocolOf({ target }: PathSpec): ServiceProtocol {
  return ({ HTTP1: "http1", HTTP2: "http2", GRPC: "grpc" } as const)[target.protocolVersion];
}

/**
 * The path of gRPC calls where it is not that of other requests. Behind CloudFront a behaviour with
 * gRPC takes them; to a load balancer whose group is HTTP1, so do a listener rule and a group of
 * their own. Undefined where there are none, or where they take the path of all other requests.
 */
export function grpcCallsSpec(spec: PathSpec): PathSpec | undefined {
  const { edge, grpc, listener, target } = spec;
  if (edge === undefined || grpc?.services === undefined) return undefined;
  return {
    ...spec,
    edge: { ...edge, grpc: true },
    listener: { ...listener, takes: grpcKind },
    target: {
      ...target,
      protocolVersion: target.protocolVersion === "HTTP1" ? "GRPC" : target.protocolVersion,
    },
    mustWork: grpcKind,
  };
}
