/** Load balancers with their listeners and rules. */
import { readListenerCheck } from "./clientCertificates";
import { type DeclaredResource, type Props } from "./resource";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  blocks,
  boolean,
  merged,
  number,
  allowedOrFirst,
  text,
  texts,
} from "./props";
import { readAction, readCondition, readTransforms } from "./rules";
import { rangesOf } from "./subnets";
import type { Listener, LoadBalancer, LogBucketLocation, ListenerRule } from "./types";
import { token } from "./tokens";

/** Every application load balancer; other types are noted. */
export function readLoadBalancers(
  inventory: ResourceIndex,
  findings: TopologyIssues,
): LoadBalancer[] {
  return inventory.of(token.loadBalancer).flatMap((resource) => {
    const props = merged(resource);
    const type = text(props, "loadBalancerType") ?? "application";
    if (type !== "application") {
      findings.note(
        `Load balancer ${resource.name} is of type ${type}: only application load balancers are served.`,
      );
      return [];
    }
    const arn = text(props, "arn") ?? resource.id;
    const webAcl = inventory
      .of(token.webAclAssociation)
      .some((association) => text(merged(association), "resourceArn") === arn);
    if (webAcl) findings.note(`The web ACL of load balancer ${resource.name} is not applied here.`);
    return [
      {
        arn,
        name: resource.name,
        dnsName: (text(props, "dnsName") ?? "").toLowerCase(),
        internal: boolean(props, "internal") ?? false,
        ...((text(props, "ipAddressType") ?? "").startsWith("dualstack") && { ipv6: true }),
        http2: boolean(props, "enableHttp2") ?? true,
        idleSeconds: number(props, "idleTimeout") ?? 60,
        clientKeepAliveSeconds: number(props, "clientKeepAlive") ?? 3600,
        dropInvalidHeaders: boolean(props, "dropInvalidHeaderFields") ?? false,
        preserveHost: boolean(props, "preserveHostHeader") ?? false,
        xffMode: allowedOrFirst(text(props, "xffHeaderProcessingMode"), [
          "append",
          "preserve",
          "remove",
        ]),
        xffClientPort: boolean(props, "enableXffClientPort") ?? false,
        tlsHeaders: boolean(props, "enableTlsVersionAndCipherSuiteHeaders") ?? false,
        securityGroupIds: texts(props, "securityGroups"),
        privateCidrs: rangesOf(inventory, texts(props, "subnets")),
        accessLogs: logBucket(block(props, "accessLogs") ?? {}),
        ...loggedTo(props, "connectionLogs"),
        ...loggedTo(props, "healthCheckLogs"),
        desyncMode: allowedOrFirst(text(props, "desyncMitigationMode"), [
          "defensive",
          "monitor",
          "strictest",
        ]),
        ...(webAcl && { webAcl }),
        listeners: inventory
          .of(token.listener)
          .filter((l) => {
            const of = text(merged(l), "loadBalancerArn");
            return of === arn || of === resource.id;
          })
          .map((l) => readListener(l, inventory, findings)),
      },
    ];
  });
}

function logBucket(logs: Props): LogBucketLocation {
  return { bucket: text(logs, "bucket") ?? "", prefix: text(logs, "prefix") ?? "" };
}

/** The logs of one kind, if they are on. */
function loggedTo<K extends string>(props: Props, kind: K): Partial<Record<K, LogBucketLocation>> {
  const logs = block(props, kind);
  const on = logs !== undefined && boolean(logs, "enabled") === true;
  return (on ? { [kind]: logBucket(logs) } : {}) as Partial<Record<K, LogBucketLocation>>;
}

function readListener(
  resource: DeclaredResource,
  inventory: ResourceIndex,
  findings: TopologyIssues,
): Listener {
  const props = merged(resource);
  const arn = text(props, "arn") ?? resource.id;
  const policy = text(props, "sslPolicy") ?? "ELBSecurityPolicy-2016-08";
  const extra = inventory
    .of(token.listenerCertificate)
    .map(merged)
    .filter((c) => text(c, "listenerArn") === arn)
    .flatMap((c) => text(c, "certificateArn") ?? []);
  const clientCertificates = readListenerCheck(props, inventory, findings);
  return {
    arn,
    port: number(props, "port") ?? 80,
    protocol: (text(props, "protocol") ?? "HTTP").toUpperCase() === "HTTPS" ? "HTTPS" : "HTTP",
    certificateArns: [
      ...(text(props, "certificateArn") ?? "").split(",").filter(Boolean),
      ...extra,
    ],
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
    minimumTls: policy.includes("-TLS13-1-3-") ? "TLSv1.3" : "TLSv1.2",
    maximumTls: policy.includes("-TLS13-") ? "TLSv1.3" : "TLSv1.2",
    ...(clientCertificates && { clientCertificates }),
    serverHeader: boolean(props, "routingHttpResponseServerEnabled") ?? true,
    responseHeaders: responseHeaders(props),
    rules: inventory
      .of(token.listenerRule)
      .filter((r) => text(merged(r), "listenerArn") === arn)
      .map((r): ListenerRule => readRule(r, findings))
      .sort((a, b) => a.priority - b.priority),
    defaultAction: readAction(
      blocks(props, "defaultActions"),
      `listener ${resource.name}`,
      findings,
    ),
  };
}

/** The listener attributes that set response headers, and the header each one sets. */
const responseHeaderAttributes: Readonly<Record<string, string>> = {
  StrictTransportSecurity: "strict-transport-security",
  AccessControlAllowOrigin: "access-control-allow-origin",
  AccessControlAllowMethods: "access-control-allow-methods",
  AccessControlAllowHeaders: "access-control-allow-headers",
  AccessControlAllowCredentials: "access-control-allow-credentials",
  AccessControlExposeHeaders: "access-control-expose-headers",
  AccessControlMaxAge: "access-control-max-age",
  ContentSecurityPolicy: "content-security-policy",
  XContentTypeOptions: "x-content-type-options",
  XFrameOptions: "x-frame-options",
};

function responseHeaders(props: Props): [string, string][] {
  return Object.entries(responseHeaderAttributes).flatMap(([attribute, header]) => {
    const value = text(props, `routingHttpResponse${attribute}HeaderValue`) ?? "";
    return value === "" ? [] : [[header, value] as [string, string]];
  });
}

function readRule(resource: DeclaredResource, findings: TopologyIssues): ListenerRule {
  const props = merged(resource);
  const transforms = readTransforms(blocks(props, "transforms"));
  return {
    arn: text(props, "arn") ?? resource.id,
    priority: number(props, "priority") ?? 50_000,
    conditions: blocks(props, "conditions").flatMap(readCondition),
    action: readAction(blocks(props, "actions"), `listener rule ${resource.name}`, findings),
    ...(transforms && { transforms }),
  };
}
