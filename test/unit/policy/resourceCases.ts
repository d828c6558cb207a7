/** Programs by rule about resources: broken ones, ones that look alike and are fine, ones with unknowns. */
import {
  type Case,
  direct,
  definitions,
  http,
  plus,
  rule,
  sound,
  trust,
  unknown,
  unknownDefinitions,
  viaOrigin,
} from "./caseParts";
import { arn, ids, origin, resource, soundProgram } from "./program";
import { FromUnknown } from "./support";

const forward = [{ type: "forward", targetGroupArn: arn.tasks }];
const spare = (inputs = {}) =>
  resource(
    "aws:lb/targetGroup:TargetGroup",
    "spare",
    { port: 80, protocol: "HTTP", targetType: "ip", ...inputs },
    { arn: "arn:spare" },
  );
const password = (inputs: object) =>
  resource("random:index/randomPassword:RandomPassword", "made", { length: 32, ...inputs }, {});
const madeBy = (inputs: object) => () => {
  const made = password(inputs);
  const value = new FromUnknown(made);
  return [
    ...soundProgram({
      guarded: {
        conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [value] } }],
      },
      cdn: { origins: [origin({}, { customHeaders: [{ name: "X-Origin-Verify", value }] })] },
    }),
    made,
  ];
};
const header = (value: unknown) => ({
  guarded: { conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [value] } }] },
  ...viaOrigin({}, { customHeaders: [{ name: "X-Origin-Verify", value }] }),
});

export const resourceCases: Readonly<Record<string, Case>> = {
  "edge-certificate-region": {
    broken: {
      "by its ARN": [
        sound({ cdn: { viewerCertificate: { acmCertificateArn: arn.origin } } }),
        "origin-certificate",
        /in eu-west-1.*us-east-1/s,
      ],
      "of another program": [
        sound({
          cdn: {
            viewerCertificate: {
              acmCertificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/given",
            },
          },
        }),
        "cdn",
        /ap-northeast-1/,
      ],
      "before it has an ARN, through its validation": [
        () => {
          const certificate = resource("aws:acm/certificate:Certificate", "new", {
            domainName: "www.example.com",
          });
          const validation = resource(
            "aws:acm/certificateValidation:CertificateValidation",
            "new-valid",
            { certificateArn: new FromUnknown(certificate) },
          );
          return [
            ...soundProgram({
              cdn: { viewerCertificate: { acmCertificateArn: new FromUnknown(validation) } },
            }),
            certificate,
            validation,
          ];
        },
        "new",
        /in eu-west-1/,
      ],
    },
    fine: {
      "us-east-1": sound({}),
      "us-east-1, before it has an ARN": () => {
        const certificate = resource("aws:acm/certificate:Certificate", "new", {
          domainName: "www.example.com",
          region: "us-east-1",
        });
        return [
          ...soundProgram({
            cdn: { viewerCertificate: { acmCertificateArn: new FromUnknown(certificate) } },
          }),
          certificate,
        ];
      },
      "CloudFront's own": sound({
        cdn: { viewerCertificate: { cloudfrontDefaultCertificate: true } },
      }),
    },
    unknown: {
      "the certificate": sound({ cdn: { viewerCertificate: { acmCertificateArn: unknown } } }),
    },
  },
  "header-guard-open": {
    broken: {
      "the same group": [
        sound({ https: { defaultActions: forward } }),
        "https",
        /those without it as well/,
      ],
      "another group": [
        plus(
          sound({ https: { defaultActions: [{ type: "forward", targetGroupArn: "arn:spare" }] } }),
          spare(),
        ),
        "https",
        /forwards to spare/,
      ],
    },
    fine: {
      "a header that CloudFront does not send, for a canary": sound({
        https: { defaultActions: forward },
        guarded: { conditions: [{ httpHeader: { httpHeaderName: "X-Canary", values: ["yes"] } }] },
      }),
      "a fixed answer": sound({}),
    },
    unknown: {
      "the default action": sound({ https: { defaultActions: unknown } }),
      "what the rule asks for": sound({
        https: { defaultActions: forward },
        guarded: { conditions: unknown },
      }),
    },
  },
  "secret-header-wildcard": {
    broken: {
      "a star": [sound(header("abc*def")), "guarded", /\(7 characters\)/],
      "a question mark": [sound(header("abc?def")), "guarded", /holds \* or \?/],
      "a password that may have one": [madeBy({}), "guarded", /is made by made/],
    },
    fine: {
      "a star in a header that is no secret": sound({
        guarded: {
          conditions: [{ httpHeader: { httpHeaderName: "User-Agent", values: ["*curl*"] } }],
        },
      }),
      "a password of letters and digits": madeBy({ special: false }),
      "a password with other special characters": madeBy({ overrideSpecial: "-_" }),
    },
    unknown: { "the value": sound(header(unknown)) },
  },
  "prefix-list-quota": {
    broken: {
      "the list on two ports": [
        plus(sound({}), rule("http", { fromPort: 80, toPort: 80, prefixListId: ids.prefixList })),
        "alb-group",
        /110 ingress/,
      ],
      "the list and six ranges": [
        plus(
          sound({}),
          ...[1, 2, 3, 4, 5, 6].map((i) => rule(`r${i}`, { cidrIpv4: `198.51.${i}.0/24` })),
        ),
        "alb-group",
        /61 ingress/,
      ],
      "sixty-one ranges": [
        direct({
          "alb-group": {
            ingress: [
              {
                protocol: "tcp",
                fromPort: 443,
                toPort: 443,
                cidrBlocks: Array.from({ length: 60 }, (_, i) => `198.51.${i}.0/24`),
              },
            ],
          },
        }),
        "alb-group",
        /61 ingress/,
      ],
      "the program's own list": [
        plus(
          direct({
            "from-cloudfront": { cidrIpv4: undefined, prefixListId: "pl-0123456789abcdef0" },
          }),
          resource(
            "aws:ec2/managedPrefixList:ManagedPrefixList",
            "own",
            { maxEntries: 61, addressFamily: "IPv4" },
            { id: "pl-0123456789abcdef0" },
          ),
        ),
        "alb-group",
        /61 ingress/,
      ],
    },
    fine: {
      "the list and five ranges": plus(
        sound({}),
        ...[1, 2, 3, 4, 5].map((i) => rule(`r${i}`, { cidrIpv4: `198.51.${i}.0/24` })),
      ),
      "six ranges of IPv6, which count apart": plus(
        sound({}),
        ...[1, 2, 3, 4, 5, 6].map((i) => rule(`r${i}`, { cidrIpv6: `2001:db8:${i}::/48` })),
      ),
      "a range that is not known, where there is room": plus(
        sound({}),
        rule("somebody", { cidrIpv4: unknown }),
      ),
      "two lists, one for each IP version": plus(
        sound({}),
        rule("v6", { prefixListId: "pl-ipv6" }),
      ),
      "a rule that the provider repeats among the group's": sound({
        "alb-group": {
          ingress: [
            { protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [ids.prefixList] },
          ],
        },
      }),
      "some list of a load balancer without CloudFront, on two ports": plus(
        direct({ "from-cloudfront": { cidrIpv4: undefined, prefixListId: "pl-office" } }),
        rule("http", { fromPort: 80, toPort: 80, prefixListId: "pl-office" }),
      ),
    },
    unknown: {
      "a sixth range": plus(
        sound({}),
        ...[1, 2, 3, 4, 5].map((i) => rule(`r${i}`, { cidrIpv4: `198.51.${i}.0/24` })),
        rule("somebody", { cidrIpv4: unknown }),
      ),
      "whose rule it is": plus(
        sound({}),
        rule("http", {
          securityGroupId: unknown,
          fromPort: 80,
          toPort: 80,
          prefixListId: ids.prefixList,
        }),
      ),
    },
  },
  "target-group-unused": {
    broken: {
      "nothing forwards to it": [
        sound({ guarded: undefined }),
        "tasks",
        /refuses to create the service web/,
      ],
      "without a service": [plus(sound({}), spare()), "spare", /its targets get no request/],
    },
    fine: {
      "a default action": sound({ guarded: undefined, https: { defaultActions: forward } }),
      "one of several in a weighted forward": plus(
        sound({
          guarded: {
            actions: [
              {
                type: "forward",
                forward: { targetGroups: [{ arn: arn.tasks }, { arn: "arn:spare", weight: 0 }] },
              },
            ],
          },
        }),
        spare(),
      ),
      "the other one of a blue/green deployment": plus(
        sound({
          web: {
            loadBalancers: [
              {
                targetGroupArn: arn.tasks,
                containerName: "nginx",
                containerPort: 8080,
                advancedConfiguration: { alternateTargetGroupArn: "arn:spare" },
              },
            ],
          },
        }),
        spare(),
      ),
      "one that CodeDeploy switches to": plus(
        sound({}),
        spare(),
        resource("aws:codedeploy/deploymentGroup:DeploymentGroup", "deploy", {}),
      ),
    },
    unknown: {
      "what a rule forwards to": sound({
        guarded: { actions: [{ type: "forward", targetGroupArn: unknown }] },
      }),
    },
  },
  "service-target-missing": {
    broken: {
      "a container": [
        sound({
          web: {
            loadBalancers: [
              { targetGroupArn: arn.tasks, containerName: "app", containerPort: 8080 },
            ],
          },
        }),
        "web",
        /container app.*Its containers: nginx/s,
      ],
      "a port": [sound({ definition: definitions({}, 80) }), "web", /port 8080.*Its ports: 80/s],
    },
    fine: {
      "a range of ports": sound({
        definition: {
          containerDefinitions: JSON.stringify([
            { name: "nginx", portMappings: [{ containerPortRange: "8000-9000" }] },
          ]),
        },
      }),
      "a task definition of another program": sound({ web: { taskDefinition: "other:3" } }),
    },
    unknown: {
      "the containers": sound(unknownDefinitions),
      "the task definition": sound({ web: { taskDefinition: unknown } }),
    },
  },
  "target-type-not-ip": {
    broken: {
      instances: [sound({ tasks: { targetType: "instance" } }), "tasks", /targetType: "ip"/],
      "nothing said": [sound({ tasks: { targetType: undefined } }), "tasks", /type instance/],
    },
    fine: {
      "tasks in the instance's network": sound({
        tasks: { targetType: "instance" },
        definition: { networkMode: "bridge" },
      }),
    },
    unknown: {
      "the type": sound({ tasks: { targetType: unknown } }),
      "the network mode": sound({
        tasks: { targetType: "instance" },
        definition: { networkMode: unknown },
      }),
    },
  },
  "health-check-cannot-pass": {
    broken: {
      "HTTP codes for gRPC": [
        sound({ tasks: { protocolVersion: "GRPC" } }),
        "tasks",
        /gRPC codes, 0 to 99/,
      ],
      "gRPC codes for HTTP": [
        sound({ tasks: { healthCheck: { matcher: "0-99" } } }),
        "tasks",
        /HTTP codes, 200 to 499/,
      ],
      "a path that is no gRPC method": [
        sound({
          tasks: { protocolVersion: "GRPC", healthCheck: { path: "/healthz", matcher: "0" } },
        }),
        "tasks",
        /UNIMPLEMENTED/,
      ],
      "plain HTTP to TLS, because it is the default": [
        sound({ tasks: { protocol: "HTTPS", healthCheck: { path: "/" } } }),
        "tasks",
        /healthCheck.protocol: "HTTPS"/,
      ],
      "TLS to plain HTTP": [
        sound({ tasks: { healthCheck: { protocol: "HTTPS" } } }),
        "tasks",
        /speaks HTTPS/,
      ],
    },
    fine: {
      "gRPC's own default": sound({
        tasks: {
          protocolVersion: "GRPC",
          healthCheck: { path: "/AWS.ALB/healthcheck", matcher: "12" },
        },
      }),
      "waiting for the 12 of a path that is no gRPC method": sound({
        tasks: { protocolVersion: "GRPC", healthCheck: { path: "/healthz", matcher: "12" } },
      }),
      "a gRPC method": sound({
        tasks: {
          protocolVersion: "GRPC",
          healthCheck: { path: "/grpc.health.v1.Health/Check", matcher: "0" },
        },
      }),
      "TLS on a port of its own": sound({
        tasks: { healthCheck: { protocol: "HTTPS", port: "8443" } },
      }),
      "waiting for the 400 of a TLS port": sound({
        tasks: { protocol: "HTTPS", healthCheck: { matcher: "400" } },
      }),
      "a network load balancer's": sound({
        tasks: { protocol: "TCP", healthCheck: { protocol: "HTTPS" } },
      }),
    },
    unknown: { "the matcher": sound({ tasks: { healthCheck: { matcher: unknown } } }) },
  },
  "name-too-long": {
    broken: {
      "33 characters": [sound({ tasks: { name: "a".repeat(33) } }), "tasks", /33 characters/],
      "25 characters, and 8 of Pulumi's": [
        plus(
          sound({}),
          resource("aws:lb/loadBalancer:LoadBalancer", "b".repeat(25), {
            accessLogs: { enabled: true, bucket: "logs" },
          }),
        ),
        "b".repeat(25),
        /33 characters/,
      ],
    },
    fine: {
      "32 characters": sound({ alb: { name: "a".repeat(32) } }),
      "24 characters, and 8 of Pulumi's": plus(
        sound({}),
        resource("aws:lb/loadBalancer:LoadBalancer", "b".repeat(24), {
          accessLogs: { enabled: true, bucket: "logs" },
        }),
      ),
      "a prefix": plus(
        sound({}),
        resource("aws:lb/loadBalancer:LoadBalancer", "c".repeat(40), {
          namePrefix: "web",
          accessLogs: { enabled: true, bucket: "logs" },
        }),
      ),
    },
    unknown: { "the name": sound({ tasks: { name: unknown } }) },
  },
  "target-group-fixed-name": {
    broken: {
      "a name": [sound({ tasks: { name: "web" } }), "tasks", /always called "web"/],
      "the resource's own": [sound({ tasks: { name: "tasks" } }), "tasks", /always called "tasks"/],
    },
    fine: {
      "Pulumi's": sound({ tasks: { name: "tasks-0a1b2c3" } }),
      "a prefix": sound({ tasks: { namePrefix: "web" } }),
    },
    unknown: { "the name": sound({ tasks: { name: unknown } }) },
  },
  "listener-without-certificate": {
    broken: { none: [sound({ https: { certificateArn: undefined } }), "https", /refuses/] },
    fine: {
      HTTP: direct({ https: http }),
      "one that is not known yet": sound({ https: { certificateArn: unknown } }),
    },
    unknown: { "the protocol": sound({ https: { protocol: unknown } }) },
  },
  "tls-policy-default": {
    broken: {
      "nothing said": [sound({ https: { sslPolicy: undefined } }), "https", /names no TLS policy/],
      "the same policy by name": [
        sound({ https: { sslPolicy: "ELBSecurityPolicy-2016-08" } }),
        "https",
        /TLS 1\.0/,
      ],
    },
    fine: {
      "an HTTP listener": direct({ https: http }),
      "a newer one": sound({ https: { sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" } }),
    },
    unknown: { "the policy": sound({ https: { sslPolicy: unknown } }) },
  },
  "access-logs-off": {
    broken: {
      "nothing said": [sound({ alb: { accessLogs: undefined } }), "alb", /464/],
      "switched off": [
        sound({ alb: { accessLogs: { enabled: false, bucket: "logs" } } }),
        "alb",
        /464/,
      ],
      "a bucket alone": [sound({ alb: { accessLogs: { bucket: "logs" } } }), "alb", /464/],
    },
    fine: {
      "a network load balancer": sound({
        alb: { loadBalancerType: "network", accessLogs: undefined },
      }),
      "a bucket that is not known yet": sound({
        alb: { accessLogs: { enabled: true, bucket: unknown } },
      }),
    },
    unknown: {
      "whether they are on": sound({ alb: { accessLogs: { enabled: unknown, bucket: "logs" } } }),
    },
  },
  "role-trusts-everyone": {
    broken: {
      everybody: [sound(trust({ Principal: "*" })), "execution", /any AWS account/],
      "every account": [sound(trust({ Principal: { AWS: "*" } })), "execution", /any AWS account/],
      "every account, among others": [
        sound(trust({ Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } })),
        "execution",
        /any AWS account/,
      ],
      "all but one": [
        sound(trust({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })),
        "execution",
        /any AWS account/,
      ],
    },
    fine: {
      "one's own organization": sound(
        trust({
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        }),
      ),
      nobody: sound(trust({ Effect: "Deny", Principal: "*" })),
      "an account": sound(trust({ Principal: { AWS: "arn:aws:iam::123456789012:root" } })),
      "no JSON at all": sound({ execution: { assumeRolePolicy: "{" } }),
    },
    unknown: { "the policy": sound({ execution: { assumeRolePolicy: unknown } }) },
  },
};
