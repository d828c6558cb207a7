/** Recorded resources by hand, in the shape a Pulumi program's would have. */
import type { LocalResource, Props } from "../../../local/model/types";

const account = "123456789012";
const region = "ap-northeast-1";

/** Collects resources and gives them the ids and ARNs that AWS would. */
export class Stack {
  readonly resources: LocalResource[] = [];

  add(type: string, name: string, inputs: Props, computed: Props = {}, id = name): LocalResource {
    const resource = {
      urn: `urn:pulumi:test::hopwise::${type}::${name}`,
      type,
      name,
      id,
      inputs,
      outputs: { ...inputs, ...computed },
    };
    this.resources.push(resource);
    return resource;
  }

  /** The resource of a type; the test names what it means when there are several. */
  find(type: string, name?: string): LocalResource {
    const found = this.resources.find((r) => r.type === type && (name ?? r.name) === r.name);
    if (!found) throw new Error(`no ${type} ${name ?? ""} in the stack`);
    return found;
  }

  /** The same resources with other inputs for one of them. */
  with(type: string, name: string, change: Props): LocalResource[] {
    const changed = this.find(type, name);
    return this.resources.map((r) =>
      r === changed
        ? { ...r, inputs: { ...r.inputs, ...change }, outputs: { ...r.outputs, ...change } }
        : r,
    );
  }

  /** Without one of them. */
  without(type: string, name: string): LocalResource[] {
    const gone = this.find(type, name);
    return this.resources.filter((r) => r !== gone);
  }
}

/** `arn:aws:service:region:account:rest` */
export function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${account}:${rest}`;
}

/** What differs between the stacks of these tests. */
export interface StackOptions {
  readonly version: "HTTP1" | "HTTP2" | "GRPC";
  /** What the inspector is to call it. @default nothing */
  readonly variant?: string;
  readonly edge: "none" | "public" | "vpc";
  readonly listener: "HTTP" | "HTTPS";
  /** Tasks. @default 1 */
  readonly count?: number;
  readonly targetProtocol?: "HTTP" | "HTTPS";
  /** What the container's socket speaks. @default what the target group asks for */
  readonly containerHttp2?: boolean;
  readonly httpVersion?: string;
  /** What CloudFront asks the load balancer for. @default HTTP/1.1, by leaving it out */
  readonly originHttpVersion?: "http1.1" | "http2";
  /** True for gRPC: CloudFront passes it on, and nginx answers its health checks. */
  readonly grpc?: boolean;
  /** True for an app container behind nginx. */
  readonly app?: boolean;
  /** Port of the containers; every test file has its own, so that files can run side by side. */
  readonly port: number;
}

export const secret = "s3cr3tOfTheEdge42";
export const albName = "web-1234567890.ap-northeast-1.elb.amazonaws.com";
export const cloudfrontList = "pl-58a04531";

/** A whole path: CloudFront (or none), load balancer, service, closed as the components close it. */
export function stack(o: StackOptions): Stack {
  const s = new Stack();
  const listenerPort = o.listener === "HTTPS" ? 443 : 80;
  const lbArn = arn("elasticloadbalancing", "loadbalancer/app/web/50dc6c495c0c9188");
  const groupArn = arn("elasticloadbalancing", "targetgroup/tasks/73e2d6bc24d8a067");
  const listenerArn = arn(
    "elasticloadbalancing",
    "listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
  );
  const targetProtocol = o.targetProtocol ?? "HTTP";
  const http2 = o.containerHttp2 ?? o.version !== "HTTP1";

  s.add("aws:ec2/securityGroup:SecurityGroup", "lb-sg", {}, {}, "sg-lb");
  s.add("aws:ec2/securityGroup:SecurityGroup", "task-sg", {}, {}, "sg-task");
  s.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "lb-in", {
    securityGroupId: "sg-lb",
    ipProtocol: "tcp",
    fromPort: listenerPort,
    toPort: listenerPort,
    ...(o.edge === "none" ? { cidrIpv4: "0.0.0.0/0" } : { prefixListId: cloudfrontList }),
  });
  s.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "lb-out", {
    securityGroupId: "sg-lb",
    ipProtocol: "tcp",
    fromPort: o.port,
    toPort: o.port,
    referencedSecurityGroupId: "sg-task",
  });
  s.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "task-in", {
    securityGroupId: "sg-task",
    ipProtocol: "tcp",
    fromPort: o.port,
    toPort: o.port,
    referencedSecurityGroupId: "sg-lb",
  });
  const certificate = s.add(
    "aws:acm/certificate:Certificate",
    "lb-cert",
    { domainName: "www.example.com", subjectAlternativeNames: ["origin.example.com"] },
    { arn: arn("acm", "certificate/lb") },
  );
  s.add(
    "aws:lb/loadBalancer:LoadBalancer",
    "web",
    {
      securityGroups: ["sg-lb"],
      internal: o.edge === "vpc",
      dropInvalidHeaderFields: true,
      idleTimeout: 60,
    },
    { arn: lbArn, dnsName: albName, name: "web" },
    lbArn,
  );
  s.add(
    "aws:lb/targetGroup:TargetGroup",
    "tasks",
    {
      port: o.port,
      protocol: targetProtocol,
      protocolVersion: o.version,
      targetType: "ip",
      deregistrationDelay: 10,
      healthCheck: {
        path: o.version === "GRPC" ? "/grpc.health.v1.Health/Check" : "/healthz",
        matcher: o.version === "GRPC" ? "0-99" : "200",
        interval: 65,
        timeout: 60,
        protocol: targetProtocol,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    },
    { arn: groupArn, name: "tasks" },
    groupArn,
  );
  const forward = { type: "forward", targetGroupArn: groupArn };
  const fixed = {
    type: "fixed-response",
    fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
  };
  s.add(
    "aws:lb/listener:Listener",
    "main",
    {
      loadBalancerArn: lbArn,
      port: listenerPort,
      protocol: o.listener,
      ...(o.listener === "HTTPS" && {
        certificateArn: certificate.outputs.arn,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      }),
      defaultActions: [o.edge === "none" ? forward : fixed],
    },
    { arn: listenerArn },
    listenerArn,
  );
  if (o.edge !== "none") {
    s.add("aws:lb/listenerRule:ListenerRule", "secret", {
      listenerArn,
      priority: 1,
      conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Secret", values: [secret] } }],
      actions: [forward],
    });
    distribution(s, o, lbArn);
  } else {
    s.add("aws:route53/record:Record", "www", {
      name: "www.example.com",
      type: "A",
      aliases: [{ name: albName, zoneId: "Z1", evaluateTargetHealth: false }],
    });
  }
  service(s, o, groupArn, { http2, tls: targetProtocol === "HTTPS" });
  return s;
}

function distribution(s: Stack, o: StackOptions, lbArn: string): void {
  const viaVpc = o.edge === "vpc";
  const originProtocolPolicy = o.listener === "HTTPS" ? "https-only" : "http-only";
  const asked = o.originHttpVersion && { originHttpVersion: o.originHttpVersion };
  if (viaVpc) {
    s.add(
      "aws:cloudfront/vpcOrigin:VpcOrigin",
      "inner",
      {
        vpcOriginEndpointConfig: {
          name: "inner",
          arn: lbArn,
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy,
          originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
      },
      {},
      "vo_1",
    );
  } else {
    s.add("aws:route53/record:Record", "origin", {
      name: "origin.example.com",
      type: "A",
      aliases: [{ name: albName, zoneId: "Z1", evaluateTargetHealth: false }],
    });
  }
  s.add(
    "aws:acm/certificate:Certificate",
    "edge-cert",
    { domainName: "www.example.com", region: "us-east-1" },
    { arn: `arn:aws:acm:us-east-1:${account}:certificate/edge` },
  );
  s.add(
    "aws:cloudfront/distribution:Distribution",
    "cdn",
    {
      enabled: true,
      httpVersion: o.httpVersion ?? "http2and3",
      aliases: ["www.example.com"],
      viewerCertificate: {
        acmCertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/edge`,
        minimumProtocolVersion: "TLSv1.2_2021",
        sslSupportMethod: "sni-only",
      },
      origins: [
        {
          originId: "alb",
          domainName: viaVpc ? albName : "origin.example.com",
          customHeaders: [{ name: "X-Origin-Secret", value: secret }],
          ...(viaVpc
            ? {
                vpcOriginConfig: {
                  vpcOriginId: "vo_1",
                  originReadTimeout: 120,
                  originKeepaliveTimeout: 5,
                  ...asked,
                },
              }
            : {
                customOriginConfig: {
                  httpPort: 80,
                  httpsPort: 443,
                  originProtocolPolicy,
                  originSslProtocols: ["TLSv1.2"],
                  originReadTimeout: 120,
                  originKeepaliveTimeout: 5,
                  ...asked,
                },
              }),
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "alb",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
        ...(o.grpc === true && { grpcConfig: { enabled: true } }),
      },
    },
    { domainName: "d111111abcdef8.cloudfront.net" },
    "E1A2B3C4D5E6F7",
  );
}

function service(
  s: Stack,
  o: StackOptions,
  groupArn: string,
  speaks: { http2: boolean; tls: boolean },
): void {
  const image = `${account}.dkr.ecr.${region}.amazonaws.com/web@sha256:0`;
  s.add("awsx:ecr:Image", "image", { context: "nginx" }, { imageUri: image });
  const definition = arn("ecs", "task-definition/web:1");
  const environment = {
    HOPWISE_PORT: String(o.port),
    HOPWISE_HTTP2: speaks.http2 ? "on" : "off",
    HOPWISE_TLS: speaks.tls ? "on" : "off",
    HOPWISE_KEEPALIVE_SECONDS: "75",
    HOPWISE_DRAIN_SECONDS: "10",
    HOPWISE_TRUSTED_CIDRS: "10.0.0.0/16",
    HOPWISE_TRUSTED_HOPS: o.edge === "none" ? "1" : "2",
    HOPWISE_ORIGIN_HTTP2: o.originHttpVersion === "http2" ? "on" : "off",
    HOPWISE_HEALTH_PATH: "/healthz",
    HOPWISE_VARIANT: o.variant ?? "",
    HOPWISE_APP: o.app === true ? "127.0.0.1:3000" : "",
    HOPWISE_GRPC: o.grpc === true ? "*" : "",
  };
  s.add(
    "aws:ecs/taskDefinition:TaskDefinition",
    "web",
    {
      family: "web",
      containerDefinitions: JSON.stringify([
        {
          name: "nginx",
          image,
          portMappings: [{ containerPort: o.port }],
          environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
        },
        ...(o.app === true ? [{ name: "app", image: "example/app", environment: [] }] : []),
      ]),
    },
    { arn: definition },
    definition,
  );
  s.add("aws:ecs/service:Service", "web", {
    taskDefinition: definition,
    desiredCount: o.count ?? 1,
    networkConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-task"] },
    loadBalancers: [{ targetGroupArn: groupArn, containerName: "nginx", containerPort: o.port }],
  });
}
