/** Origins of a distribution: load balancers by name or through a VPC origin, and buckets. */
import { originLimits } from "../path/cloudfront";
import { bucketOfDomain } from "./buckets";
import { type DeclaredResource, type Props } from "./resource";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  blocks,
  merged,
  number,
  allowedOrFirst,
  text,
  texts,
} from "./props";
import type { Origin } from "./types";
import { token } from "./tokens";

const policy = (value: string | undefined) =>
  allowedOrFirst(value, ["https-only", "http-only", "match-viewer"]);

/** One origin, with AWS's defaults. */
export function readOrigin(
  props: Props,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): Origin {
  const id = text(props, "originId") ?? "";
  const custom = block(props, "customOriginConfig");
  const viaVpc = block(props, "vpcOriginConfig");
  const domainName = (text(props, "domainName") ?? "").toLowerCase();
  const common = {
    id,
    domainName,
    path: text(props, "originPath") ?? "",
    customHeaders: blocks(props, "customHeaders").map(
      (h) => [text(h, "name") ?? "", text(h, "value") ?? ""] as const,
    ),
    connectSeconds: number(props, "connectionTimeout") ?? 10,
    attempts: number(props, "connectionAttempts") ?? 3,
    readSeconds:
      number(viaVpc ?? custom ?? {}, "originReadTimeout") ?? originLimits.readSeconds.default,
    keepAliveSeconds: number(viaVpc ?? custom ?? {}, "originKeepaliveTimeout") ?? 5,
    httpVersion: allowedOrFirst(text(viaVpc ?? custom ?? {}, "originHttpVersion"), [
      "http1.1",
      "http2",
    ]),
  };
  if (viaVpc) {
    const reference = text(viaVpc, "vpcOriginId");
    return { ...common, ...readVpcOrigin(id, reference, inventory, where, findings) };
  }
  const bucket = custom ? undefined : bucketOfDomain(domainName);
  const mtls = block(custom ?? {}, "originMtlsConfig");
  if (mtls)
    findings.note(
      `The client certificate that CloudFront shows to the origin ${id} of ${where} is a local one here, which listeners trust.`,
    );
  return {
    ...common,
    tls12: hasTls12(texts(custom ?? {}, "originSslProtocols")),
    protocolPolicy:
      bucket === undefined ? policy(text(custom ?? {}, "originProtocolPolicy")) : "match-viewer",
    addresses: allowedOrFirst(text(custom ?? {}, "ipAddressType"), ["ipv4", "ipv6", "dualstack"]),
    httpPort: number(custom ?? {}, "httpPort") ?? 80,
    httpsPort: number(custom ?? {}, "httpsPort") ?? 443,
    ...(mtls && { showsCertificate: true as const }),
    ...(custom === undefined && bucket === undefined && { unconfigured: true as const }),
    ...(bucket !== undefined && {
      bucket: { name: bucket, signed: signs(props, inventory, where, findings) },
    }),
  };
}

/** A bucket and a VPC origin may leave the list out. */
const hasTls12 = (versions: readonly string[]): boolean =>
  versions.length === 0 || versions.includes("TLSv1.2");

/** True when an origin access control signs the requests to a bucket. */
function signs(
  props: Props,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): boolean {
  const reference = text(props, "originAccessControlId") ?? "";
  const identity = text(block(props, "s3OriginConfig") ?? {}, "originAccessIdentity") ?? "";
  if (identity !== "") {
    findings.note(
      `The origin access identity ${identity} of ${where} is not applied here: its bucket is asked as by a stranger. AWS recommends an origin access control instead.`,
    );
  }
  if (reference === "") return false;
  const control = inventory.find(token.originAccessControl, reference);
  // An existing access control is assumed to sign, as nearly all do.
  return control === undefined || text(merged(control), "signingBehavior") !== "never";
}

function readVpcOrigin(
  id: string,
  reference: string | undefined,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): Pick<Origin, "protocolPolicy" | "httpPort" | "httpsPort" | "tls12" | "loadBalancerArn"> {
  const vpcOrigin = inventory.find(token.vpcOrigin, reference);
  if (!vpcOrigin) {
    findings.problem(
      `The origin ${id} of ${where} names the VPC origin ${reference ?? "(none)"}, which is not one of the program's.`,
    );
  }
  const endpoint = vpcOrigin ? (block(merged(vpcOrigin), "vpcOriginEndpointConfig") ?? {}) : {};
  const loadBalancer = findLoadBalancer(inventory, text(endpoint, "arn"));
  if (vpcOrigin && !loadBalancer) {
    findings.problem(
      `The VPC origin ${vpcOrigin.name} ends at ${text(endpoint, "arn") ?? "(nothing)"}, which is no load balancer of the program's.`,
    );
  }
  return {
    protocolPolicy: policy(text(endpoint, "originProtocolPolicy")),
    httpPort: number(endpoint, "httpPort") ?? 80,
    httpsPort: number(endpoint, "httpsPort") ?? 443,
    tls12: hasTls12(texts(block(endpoint, "originSslProtocols") ?? {}, "items")),
    loadBalancerArn: loadBalancer ? (text(merged(loadBalancer), "arn") ?? loadBalancer.id) : "",
  };
}

function findLoadBalancer(
  inventory: ResourceIndex,
  arn: string | undefined,
): DeclaredResource | undefined {
  return inventory.find(token.loadBalancer, arn);
}
