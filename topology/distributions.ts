/** CloudFront distributions with their origins and behaviours. */
import { type DeclaredResource, type Props } from "./resource";
import { readForwarding } from "./forwarding";
import {
  type Findings,
  type Inventory,
  block,
  blocks,
  flag,
  merged,
  number,
  oneOf,
  text,
  texts,
} from "./props";
import type { Behaviour, Distribution, Origin } from "./types";

/** CachingDisabled: the one managed cache policy that this edge is true to. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** Every enabled distribution. */
export function readDistributions(inventory: Inventory, findings: Findings): Distribution[] {
  return inventory.of("aws:cloudfront/distribution:Distribution").flatMap((resource) => {
    const props = merged(resource);
    const where = `distribution ${resource.name}`;
    if (flag(props, "enabled") === false) {
      findings.note(`The ${where} is disabled and not served.`);
      return [];
    }
    const certificate = block(props, "viewerCertificate") ?? {};
    const httpVersion = text(props, "httpVersion") ?? "http2";
    noteLimits(props, httpVersion, where, findings);
    const origins = blocks(props, "origins").map((o) => readOrigin(o, inventory, where, findings));
    const behaviours = [
      ...blocks(props, "orderedCacheBehaviors"),
      { ...(block(props, "defaultCacheBehavior") ?? {}), pathPattern: "*" },
    ].map((b) => readBehaviour(b, inventory, where, findings));
    const originIds = origins.map((o) => o.id);
    for (const b of behaviours) {
      if (originIds.includes(b.originId)) continue;
      findings.problem(
        `The behaviour ${b.pathPattern} of ${where} names the origin ${b.originId || "(none)"}, which the distribution has not. Its origins: ${originIds.join(", ") || "none"}.`,
      );
    }
    return [
      {
        id: resource.id,
        domainName: (
          text(props, "domainName") ?? `${resource.id.toLowerCase()}.cloudfront.net`
        ).toLowerCase(),
        aliases: texts(props, "aliases").map((a) => a.toLowerCase()),
        http2: httpVersion === "http2" || httpVersion === "http2and3",
        httpVersion,
        certificateArn: text(certificate, "acmCertificateArn"),
        // Everything under TLS 1.2 is beyond what Node's OpenSSL speaks today.
        minimumTls: (text(certificate, "minimumProtocolVersion") ?? "").startsWith("TLSv1.3")
          ? "TLSv1.3"
          : "TLSv1.2",
        behaviours,
        origins: new Map(origins.map((o) => [o.id, o])),
        ...((text(props, "webAclId") ?? "") !== "" && { webAcl: true }),
      },
    ];
  });
}

function noteLimits(props: Props, httpVersion: string, where: string, findings: Findings): void {
  if (httpVersion.endsWith("3")) {
    findings.note(`HTTP/3 is not served here: viewers of ${where} get HTTP/2 and HTTP/1.1.`);
  }
  if (blocks(props, "customErrorResponses").length > 0) {
    findings.note(`Custom error responses of ${where} are not applied here.`);
  }
  if (blocks(props, "originGroups").length > 0) {
    findings.note(
      `Origin failover of ${where} is not applied here: the first member of a group serves.`,
    );
  }
  const web = text(props, "webAclId") ?? "";
  if (web !== "") findings.note(`The web ACL of ${where} is not applied here.`);
}

function readOrigin(props: Props, inventory: Inventory, where: string, findings: Findings): Origin {
  const id = text(props, "originId") ?? "";
  const custom = block(props, "customOriginConfig");
  const viaVpc = block(props, "vpcOriginConfig");
  const common = {
    id,
    domainName: (text(props, "domainName") ?? "").toLowerCase(),
    path: text(props, "originPath") ?? "",
    customHeaders: blocks(props, "customHeaders").map(
      (h) => [text(h, "name") ?? "", text(h, "value") ?? ""] as const,
    ),
    connectSeconds: number(props, "connectionTimeout") ?? 10,
    attempts: number(props, "connectionAttempts") ?? 3,
    readSeconds: number(viaVpc ?? custom ?? {}, "originReadTimeout") ?? 30,
    keepaliveSeconds: number(viaVpc ?? custom ?? {}, "originKeepaliveTimeout") ?? 5,
  };
  if (!viaVpc) {
    if (!custom) findings.note(`The origin ${id} of ${where} is an S3 bucket: not served here.`);
    return {
      ...common,
      protocolPolicy: policy(text(custom ?? {}, "originProtocolPolicy")),
      httpPort: number(custom ?? {}, "httpPort") ?? 80,
      httpsPort: number(custom ?? {}, "httpsPort") ?? 443,
    };
  }
  const reference = text(viaVpc, "vpcOriginId");
  const vpcOrigin = inventory.find("aws:cloudfront/vpcOrigin:VpcOrigin", reference);
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
    ...common,
    protocolPolicy: policy(text(endpoint, "originProtocolPolicy")),
    httpPort: number(endpoint, "httpPort") ?? 80,
    httpsPort: number(endpoint, "httpsPort") ?? 443,
    loadBalancerArn: loadBalancer ? (text(merged(loadBalancer), "arn") ?? loadBalancer.id) : "",
  };
}

function findLoadBalancer(
  inventory: Inventory,
  arn: string | undefined,
): DeclaredResource | undefined {
  return inventory.find("aws:lb/loadBalancer:LoadBalancer", arn);
}

const policy = (value: string | undefined) =>
  oneOf(value, ["https-only", "http-only", "match-viewer"]);

function readBehaviour(
  props: Props,
  inventory: Inventory,
  where: string,
  findings: Findings,
): Behaviour {
  const cache = text(props, "cachePolicyId");
  if (cache !== cachingDisabled) {
    findings.note(`Nothing is cached here: every request to ${where} goes to its origin.`);
  }
  if (
    [...blocks(props, "functionAssociations"), ...blocks(props, "lambdaFunctionAssociations")]
      .length
  ) {
    findings.note(`Functions associated with ${where} do not run here.`);
  }
  const grpc = flag(block(props, "grpcConfig") ?? {}, "enabled") === true;
  if (grpc) {
    findings.note(`gRPC through ${where} is not served here: origins get HTTP/1.1.`);
  }
  return {
    pathPattern: text(props, "pathPattern") ?? "*",
    originId: text(props, "targetOriginId") ?? "",
    viewerProtocolPolicy: oneOf(text(props, "viewerProtocolPolicy"), [
      "allow-all",
      "redirect-to-https",
      "https-only",
    ]),
    allowedMethods: texts(props, "allowedMethods"),
    grpc,
    forwards: readForwarding(props, inventory, findings),
    responseHeaders: managedResponseHeaders(
      text(props, "responseHeadersPolicyId"),
      where,
      findings,
    ),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const securityHeaders: readonly (readonly [string, string])[] = [
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["strict-transport-security", "max-age=31536000"],
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "SAMEORIGIN"],
  ["x-xss-protection", "1; mode=block"],
];

function managedResponseHeaders(
  id: string | undefined,
  where: string,
  findings: Findings,
): readonly (readonly [string, string])[] {
  if (id === undefined || id === "") return [];
  if (id === "67f7725c-6f97-4210-82d7-5512b31e9d03") return securityHeaders;
  findings.note(`The response headers policy ${id} of ${where} is not applied here.`);
  return [];
}
