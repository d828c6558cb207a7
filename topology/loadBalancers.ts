/** Load balancers with their listeners, rules and target groups. */
import { type DeclaredResource, type Props } from "./resource";
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
import { readAction, readCondition } from "./rules";
import type { Listener, LoadBalancer, Rule, TargetGroup } from "./types";

const token = {
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  group: "aws:lb/targetGroup:TargetGroup",
  certificate: "aws:lb/listenerCertificate:ListenerCertificate",
  webAcl: "aws:wafv2/webAclAssociation:WebAclAssociation",
};

/** Every application load balancer; other types are noted. */
export function readLoadBalancers(inventory: Inventory, findings: Findings): LoadBalancer[] {
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
    const logs = block(props, "accessLogs") ?? {};
    const webAcl = inventory
      .of(token.webAcl)
      .some((association) => text(merged(association), "resourceArn") === arn);
    if (webAcl) findings.note(`The web ACL of load balancer ${resource.name} is not applied here.`);
    return [
      {
        arn,
        name: text(props, "name") ?? resource.name,
        dnsName: (text(props, "dnsName") ?? "").toLowerCase(),
        internal: flag(props, "internal") ?? false,
        http2: flag(props, "enableHttp2") ?? true,
        idleSeconds: number(props, "idleTimeout") ?? 60,
        clientKeepAliveSeconds: number(props, "clientKeepAlive") ?? 3600,
        dropInvalidHeaders: flag(props, "dropInvalidHeaderFields") ?? false,
        preserveHost: flag(props, "preserveHostHeader") ?? false,
        xffMode: oneOf(text(props, "xffHeaderProcessingMode"), ["append", "preserve", "remove"]),
        xffClientPort: flag(props, "enableXffClientPort") ?? false,
        tlsHeaders: flag(props, "enableTlsVersionAndCipherSuiteHeaders") ?? false,
        securityGroupIds: texts(props, "securityGroups"),
        privateCidrs: privateCidrs(inventory, props),
        accessLogs: { bucket: text(logs, "bucket") ?? "", prefix: text(logs, "prefix") ?? "" },
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

function privateCidrs(inventory: Inventory, props: Props): string[] {
  const subnets = texts(props, "subnets").map((id) => inventory.find("aws:ec2/subnet:Subnet", id));
  const ranges = subnets.flatMap((s) => (s ? (text(merged(s), "cidrBlock") ?? []) : []));
  if (ranges.length > 0) return ranges;
  // A VPC made by awsx shows no subnets of its own, only its range.
  const vpcs = [...inventory.of("aws:ec2/vpc:Vpc"), ...inventory.of("awsx:ec2:Vpc")];
  return vpcs.flatMap((v) => text(merged(v), "cidrBlock") ?? []);
}

function readListener(
  resource: DeclaredResource,
  inventory: Inventory,
  findings: Findings,
): Listener {
  const props = merged(resource);
  const arn = text(props, "arn") ?? resource.id;
  const policy = text(props, "sslPolicy") ?? "ELBSecurityPolicy-2016-08";
  const extra = inventory
    .of(token.certificate)
    .map(merged)
    .filter((c) => text(c, "listenerArn") === arn)
    .flatMap((c) => text(c, "certificateArn") ?? []);
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
    serverHeader: flag(props, "routingHttpResponseServerEnabled") ?? true,
    responseHeaders: responseHeaders(props),
    rules: inventory
      .of(token.rule)
      .filter((r) => text(merged(r), "listenerArn") === arn)
      .map((r): Rule => readRule(r, findings))
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

function readRule(resource: DeclaredResource, findings: Findings): Rule {
  const props = merged(resource);
  if (blocks(props, "transforms").length > 0) {
    findings.note(`Listener rule ${resource.name}: transforms are not applied here.`);
  }
  return {
    arn: text(props, "arn") ?? resource.id,
    priority: number(props, "priority") ?? 50_000,
    conditions: blocks(props, "conditions").flatMap(readCondition),
    action: readAction(blocks(props, "actions"), `listener rule ${resource.name}`, findings),
  };
}

/** Every target group, by ARN. */
export function readTargetGroups(
  inventory: Inventory,
  findings: Findings,
): Map<string, TargetGroup> {
  const groups = new Map<string, TargetGroup>();
  for (const resource of inventory.of(token.group)) {
    const props = merged(resource);
    const check = block(props, "healthCheck") ?? {};
    const version = oneOf(text(props, "protocolVersion"), ["HTTP1", "HTTP2", "GRPC"]);
    const arn = text(props, "arn") ?? resource.id;
    const protocol = text(props, "protocol") === "HTTPS" ? "HTTPS" : "HTTP";
    const grpc = version === "GRPC";
    if (flag(block(props, "stickiness") ?? {}, "enabled") === true) {
      findings.note(`Stickiness of the target group ${resource.name} is not applied here.`);
    }
    groups.set(arn, {
      arn,
      name: text(props, "name") ?? resource.name,
      port: number(props, "port") ?? 80,
      protocol,
      protocolVersion: version,
      deregistrationSeconds: number(props, "deregistrationDelay") ?? 300,
      algorithm: text(props, "loadBalancingAlgorithmType") ?? "round_robin",
      healthCheck: {
        enabled: flag(check, "enabled") ?? true,
        protocol: (text(check, "protocol") ?? "HTTP") === "HTTPS" ? "HTTPS" : "HTTP",
        path: text(check, "path") ?? (grpc ? "/AWS.ALB/healthcheck" : "/"),
        port: text(check, "port") ?? "traffic-port",
        matcher: text(check, "matcher") ?? (grpc ? "12" : "200"),
        intervalSeconds: number(check, "interval") ?? 30,
        timeoutSeconds: number(check, "timeout") ?? 5,
        healthyThreshold: number(check, "healthyThreshold") ?? 5,
        unhealthyThreshold: number(check, "unhealthyThreshold") ?? 2,
      },
    });
  }
  return groups;
}
