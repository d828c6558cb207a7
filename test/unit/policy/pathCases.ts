/** Programs by rule about paths: broken ones, ones that look alike and are fine, ones with unknowns. */
import {
  type Case,
  definitions,
  direct,
  grpc,
  grpcGroup,
  http,
  plus,
  rule,
  sound,
  unknown,
  unknownDefinitions,
  viaOrigin,
  vpc,
} from "./caseParts";
import { arn, behaviour, ids, resource, soundProgram } from "./program";
import { FromUnknown } from "./support";

export const pathCases: Readonly<Record<string, Case>> = {
  "edge-http1-to-http2-target": {
    broken: {
      "an HTTP2 group": [
        sound({ tasks: { protocolVersion: "HTTP2" } }),
        "tasks",
        /464.*protocolVersion: "HTTP1" on the aws.lb.TargetGroup tasks/s,
      ],
      "one of two groups of a weighted forward": [
        plus(
          sound({
            guarded: {
              actions: [
                {
                  type: "forward",
                  forward: {
                    targetGroups: [
                      { arn: arn.tasks, weight: 9 },
                      { arn: "arn:next", weight: 1 },
                    ],
                  },
                },
              ],
            },
          }),
          resource(
            "aws:alb/targetGroup:TargetGroup",
            "next",
            { port: 80, protocol: "HTTP", protocolVersion: "HTTP2", targetType: "ip" },
            { arn: "arn:next" },
          ),
        ),
        "next",
        /target group next/,
      ],
    },
    fine: {
      "an HTTP2 group without CloudFront": direct({ tasks: { protocolVersion: "HTTP2" } }),
      "an HTTP2 group for gRPC": sound({
        tasks: { protocolVersion: "HTTP2" },
        cdn: { defaultCacheBehavior: behaviour(grpc) },
      }),
    },
    unknown: {
      "the version": sound({ tasks: { protocolVersion: unknown } }),
      "the load balancer that the origin is": sound({
        tasks: { protocolVersion: "HTTP2" },
        ...viaOrigin({}, { domainName: unknown }),
      }),
      "the distribution's origins": sound({
        tasks: { protocolVersion: "HTTP2" },
        cdn: { origins: unknown },
      }),
      "the rule's action": sound({
        tasks: { protocolVersion: "HTTP2" },
        guarded: { actions: unknown },
      }),
    },
  },
  "edge-http1-to-grpc-target": {
    broken: { "a GRPC group": [sound({ tasks: grpcGroup }), "tasks", /464.*grpcConfig/s] },
    fine: {
      "a GRPC group for gRPC": sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour(grpc) },
      }),
    },
    unknown: {
      "whether the behaviour has gRPC on": sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour({ grpcConfig: { enabled: unknown } }) },
      }),
    },
  },
  "http-listener-http2-target": {
    broken: {
      "HTTP in front of HTTP2": [
        direct({ https: http, tasks: { protocolVersion: "HTTP2" } }),
        "https",
        /InvalidLoadBalancerAction/,
      ],
    },
    fine: {
      "HTTP in front of HTTP1": direct({ https: http }),
      "HTTPS in front of HTTP2": direct({ tasks: { protocolVersion: "HTTP2" } }),
    },
    unknown: {
      "the listener's protocol": direct({
        https: { protocol: unknown },
        tasks: { protocolVersion: "HTTP2" },
      }),
    },
  },
  "listener-http2-off": {
    broken: {
      "switched off": [
        direct({ alb: { enableHttp2: false }, tasks: { protocolVersion: "HTTP2" } }),
        "alb",
        /enableHttp2/,
      ],
    },
    fine: { "switched off in front of HTTP1": direct({ alb: { enableHttp2: false } }) },
    unknown: {
      "whether it is on": direct({
        alb: { enableHttp2: unknown },
        tasks: { protocolVersion: "HTTP2" },
      }),
    },
  },
  "container-lacks-protocol": {
    broken: {
      "nginx without HTTP/2": [
        direct({
          tasks: { protocolVersion: "HTTP2" },
          definition: definitions({ HOPWISE_HTTP2: "off" }),
        }),
        "definition",
        /502/,
      ],
    },
    fine: { "an image of which nothing is known": direct({ tasks: { protocolVersion: "HTTP2" } }) },
    unknown: { "the containers": sound(unknownDefinitions) },
  },
  "container-port-mismatch": {
    broken: {
      "nginx on another port": [
        sound({ definition: definitions({ HOPWISE_PORT: "9090" }) }),
        "definition",
        /9090/,
      ],
    },
    fine: {
      "a group with a port of its own, which ECS does not use": sound({ tasks: { port: 9090 } }),
    },
    unknown: { "the containers": sound(unknownDefinitions) },
  },
  "vpc-origin-grpc": {
    broken: {
      "gRPC on": [
        vpc({ cdn: { defaultCacheBehavior: behaviour(grpc) } }),
        "cdn",
        /does not support gRPC through a VPC origin/,
      ],
    },
    fine: {
      "gRPC over a public origin": sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour(grpc) },
      }),
      "no gRPC": vpc({}),
    },
    unknown: {
      "whether gRPC is on": vpc({
        cdn: { defaultCacheBehavior: behaviour({ grpcConfig: unknown }) },
      }),
    },
  },
  "viewers-plain-http": {
    broken: {
      "a behaviour that allows all": [
        sound({ cdn: { defaultCacheBehavior: behaviour({ viewerProtocolPolicy: "allow-all" }) } }),
        "cdn",
        /without TLS/,
      ],
      "an HTTP listener": [
        direct({ https: http, "from-cloudfront": { fromPort: 80, toPort: 80 } }),
        "https",
        /certificate/,
      ],
    },
    fine: { "an internal HTTP listener": direct({ https: http, alb: { internal: true } }) },
    unknown: {
      "the policy": sound({
        cdn: { defaultCacheBehavior: behaviour({ viewerProtocolPolicy: unknown }) },
      }),
    },
  },
  "origin-protocol-mismatch": {
    broken: {
      "HTTP to an HTTPS listener": [
        sound(viaOrigin({ originProtocolPolicy: "http-only" })),
        "cdn",
        /https-only/,
      ],
      "a VPC origin": [vpc({ https: http }), "inside", /http-only/],
    },
    fine: {
      "what the viewer has, which is always TLS": sound(
        viaOrigin({ originProtocolPolicy: "match-viewer" }),
      ),
    },
    unknown: { "the policy": sound(viaOrigin({ originProtocolPolicy: unknown })) },
  },
  "plain-http-to-public-load-balancer": {
    broken: {
      "HTTP over the internet": [
        sound({
          https: http,
          "from-cloudfront": { fromPort: 80, toPort: 80 },
          ...viaOrigin({ originProtocolPolicy: "http-only" }),
        }),
        "cdn",
        /plain text/,
      ],
    },
    fine: { "HTTP inside of AWS": vpc({ https: http }) },
    unknown: {
      "whether it is internal": sound({
        alb: { internal: unknown },
        ...viaOrigin({ originProtocolPolicy: "http-only" }),
      }),
    },
  },
  "origin-certificate-name-mismatch": {
    broken: {
      "another name": [
        sound({ "origin-certificate": { domainName: "www.example.org" } }),
        "https",
        /origin\.example\.com/,
      ],
      "the load balancer's own name": [
        sound({ ...viaOrigin({}, { domainName: "alb-1a2b3c4-123.eu-west-1.elb.amazonaws.com" }) }),
        "https",
        /elb\.amazonaws\.com/,
      ],
      "the load balancer's own name, before it has one": [
        () => {
          const named = new FromUnknown(resource("aws:lb/loadBalancer:LoadBalancer", "alb", {}));
          return soundProgram({
            alb: { dnsName: undefined },
            ...viaOrigin({}, { domainName: named }),
          });
        },
        "https",
        /dns name of alb/,
      ],
    },
    fine: {
      "the viewer's name, which is forwarded": sound({
        "origin-certificate": { domainName: "www.example.com" },
        cdn: {
          defaultCacheBehavior: behaviour({
            originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
          }),
        },
      }),
      "a certificate of another program": sound({
        https: { certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/given" },
      }),
      "a further certificate": sound({
        "origin-certificate": {
          domainName: "a.example.org",
          subjectAlternativeNames: ["origin.example.com"],
        },
      }),
    },
    unknown: {
      "which listener a further certificate is for": plus(
        sound({ "origin-certificate": { domainName: "www.example.org" } }),
        resource("aws:acm/certificate:Certificate", "further", { domainName: "*.example.com" }),
        resource("aws:lb/listenerCertificate:ListenerCertificate", "also", {
          ...{ listenerArn: unknown, certificateArn: "further" },
        }),
      ),
      "the certificate's name": sound({ "origin-certificate": { domainName: unknown } }),
      "which policy forwards the host": sound({
        "origin-certificate": { domainName: "www.example.com" },
        cdn: { defaultCacheBehavior: behaviour({ originRequestPolicyId: unknown }) },
      }),
    },
  },
  "container-tls-mismatch": {
    broken: {
      "TLS to a container without": [
        sound({
          tasks: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
          definition: definitions({ HOPWISE_TLS: "off" }),
        }),
        "tasks",
        /TLS/,
      ],
    },
    fine: {
      "TLS to an image of which nothing is known": sound({
        tasks: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
      }),
    },
    unknown: {
      "the containers": sound({
        tasks: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
        ...unknownDefinitions,
      }),
    },
  },
  "invalid-cidr": {
    broken: {
      "no prefix length": [
        direct({ "from-cloudfront": { cidrIpv4: "203.0.113.7" } }),
        "alb-group",
        /203\.0\.113\.7/,
      ],
    },
    fine: { "a range": direct({ "from-cloudfront": { cidrIpv4: "203.0.113.0/24" } }) },
    unknown: { "the range": direct({ "from-cloudfront": { cidrIpv4: unknown } }) },
  },
  "vpc-origin-public-load-balancer": {
    broken: {
      "an internet-facing one": [vpc({ alb: { internal: false } }), "alb", /internal: true/],
    },
    fine: { "an internal one": vpc({}) },
    unknown: { "whether it is internal": vpc({ alb: { internal: unknown } }) },
  },
  "public-origin-internal-load-balancer": {
    broken: { "an internal one": [sound({ alb: { internal: true } }), "alb", /504/] },
    fine: { "an internal one behind a VPC origin": vpc({}) },
    unknown: { "whether it is internal": sound({ alb: { internal: unknown } }) },
  },
  "load-balancer-open-behind-edge": {
    broken: {
      "open to the internet": [
        plus(sound({}), rule("anyone", { cidrIpv4: "0.0.0.0/0" })),
        "alb-group",
        /0\.0\.0\.0\/0/,
      ],
      "open to an office, written inline": [
        sound({
          "alb-group": {
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["198.51.100.0/24"] }],
          },
        }),
        "alb-group",
        /198\.51\.100\.0/,
      ],
      "by a rule of the older kind": [
        plus(
          sound({}),
          resource("aws:ec2/securityGroupRule:SecurityGroupRule", "old", {
            type: "ingress",
            securityGroupId: ids.albGroup,
            protocol: "tcp",
            fromPort: 0,
            toPort: 65535,
            ipv6CidrBlocks: ["::/0"],
          }),
        ),
        "alb-group",
        /::\/0/,
      ],
      "open to the internet, and to somebody not known yet": [
        plus(
          sound({}),
          rule("anyone", { cidrIpv4: "0.0.0.0/0" }),
          rule("somebody", { cidrIpv4: unknown }),
        ),
        "alb-group",
        /0\.0\.0\.0/,
      ],
    },
    fine: {
      "another port is open": plus(
        sound({}),
        rule("ssh", { fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }),
      ),
      "an internal one that is open to its VPC": plus(
        vpc({}),
        rule("inside", { cidrIpv4: "10.0.0.0/16" }),
      ),
      "another group is open": plus(
        sound({}),
        rule("elsewhere", { securityGroupId: "sg-other", cidrIpv4: "0.0.0.0/0" }),
      ),
    },
    unknown: {
      "whom it admits": plus(sound({}), rule("somebody", { cidrIpv4: unknown })),
      "whose rule it is": plus(
        sound({}),
        rule("somewhere", { securityGroupId: unknown, cidrIpv4: "0.0.0.0/0" }),
      ),
      "its groups": sound({ alb: { securityGroups: unknown } }),
    },
  },
  "tasks-open": {
    broken: {
      "open to the VPC": [
        sound({
          "task-group": {
            ingress: [
              { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"] },
            ],
          },
        }),
        "task-group",
        /10\.0\.0\.0\/16/,
      ],
    },
    fine: {
      "another port is open": sound({
        "task-group": {
          ingress: [{ protocol: "tcp", fromPort: 9000, toPort: 9000, cidrBlocks: ["10.0.0.0/16"] }],
        },
      }),
    },
    unknown: { "whom they admit": sound({ "task-group": { ingress: unknown } }) },
  },
  "no-secret-header": {
    broken: {
      "the default action forwards": [
        sound({
          https: { defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }] },
          guarded: undefined,
        }),
        "https",
        /every CloudFront customer/,
      ],
    },
    fine: {
      "a VPC origin, which is one's own account's": vpc({
        https: { defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }] },
        guarded: undefined,
      }),
    },
    unknown: { "what the rule asks for": sound({ guarded: { conditions: unknown } }) },
  },
  "secret-header-not-sent": {
    broken: {
      "no header": [sound(viaOrigin({}, { customHeaders: [] })), "cdn", /403/],
      "another value": [
        sound(viaOrigin({}, { customHeaders: [{ name: "X-Origin-Verify", value: "another" }] })),
        "cdn",
        /403/,
      ],
    },
    fine: {
      "a load balancer whose distribution is another program's": sound({
        cdn: undefined,
        origin: undefined,
      }),
    },
    unknown: { "the headers": sound(viaOrigin({}, { customHeaders: unknown })) },
  },
  "idle-timeout-order": {
    broken: {
      "CloudFront keeps connections for longer": [
        sound({ alb: { idleTimeout: 30 }, ...viaOrigin({ originKeepaliveTimeout: 60 }) }),
        "alb",
        /60 s/,
      ],
      "the container closes first": [
        sound({ definition: definitions({ HOPWISE_KEEPALIVE_SECONDS: "30" }) }),
        "alb",
        /30 s.*502/,
      ],
    },
    fine: { "an image of which nothing is known": sound({ alb: { idleTimeout: 4000 } }) },
    unknown: {
      "the load balancer's": sound({ alb: { idleTimeout: unknown } }),
      "CloudFront's": sound(viaOrigin({ originKeepaliveTimeout: unknown })),
    },
  },
  "request-kind-cannot-work": {
    broken: {
      "gRPC without HTTP/2 among the viewers' versions": [
        sound({
          tasks: grpcGroup,
          cdn: { httpVersion: "http1.1", defaultCacheBehavior: behaviour(grpc) },
        }),
        "https",
        /A gRPC request/,
      ],
      "gRPC without POST": [
        sound({
          tasks: grpcGroup,
          cdn: { defaultCacheBehavior: behaviour({ ...grpc, allowedMethods: ["GET", "HEAD"] }) },
        }),
        "https",
        /A gRPC request/,
      ],
      "gRPC to an HTTP1 group": [
        sound({ cdn: { defaultCacheBehavior: behaviour(grpc) } }),
        "https",
        /464/,
      ],
    },
    fine: {
      "gRPC with all its conditions": sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour(grpc) },
      }),
      "a group that admits whom nobody knows": sound({
        "from-cloudfront": {
          prefixListId: undefined,
          referencedSecurityGroupId: "sg-cloudfront-vpc-origins",
        },
      }),
      "clients inside of the VPC": direct({
        alb: { internal: true },
        "from-cloudfront": { cidrIpv4: undefined, referencedSecurityGroupId: "sg-other" },
      }),
    },
    unknown: {
      "which methods are allowed": sound({
        tasks: grpcGroup,
        cdn: { defaultCacheBehavior: behaviour({ ...grpc, allowedMethods: unknown }) },
      }),
    },
  },
  "direct-http1-clients-464": {
    broken: {
      "an HTTP2 group": [
        direct({ tasks: { protocolVersion: "HTTP2" } }),
        "tasks",
        /HTTP\/1\.1 client/,
      ],
    },
    fine: {
      "an HTTP1 group": direct({}),
      "one that only CloudFront can call": sound({
        cdn: undefined,
        origin: undefined,
        tasks: { protocolVersion: "HTTP2" },
      }),
    },
    unknown: { "the version": direct({ tasks: { protocolVersion: unknown } }) },
  },
};
