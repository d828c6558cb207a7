/** A small program in which everything is as it should be, for tests that break one thing. */
import { Account } from "../../../local/model";
import { prefixLists } from "../../../local/model/cloudfrontPrefixLists";
import type { DeclaredResource, Props } from "../../../topology/resource";

const region = "eu-west-1";
const [prefixList = ""] = prefixLists(new Account({ region })).keys();
const elb = `arn:aws:elasticloadbalancing:${region}:123456789012`;

/** Inputs by the name of the resource; see {@link soundProgram} for the names. */
export type Changes = Readonly<Record<string, Props | undefined>>;

const urnOf = (type: string, name: string): string => `urn:pulumi:test::program::${type}::${name}`;

/** A resource with what AWS returns for it. */
export function resource(type: string, name: string, inputs: Props, made: Props = {}) {
  const outputs: Props = { ...inputs, ...made };
  const id = typeof made.id === "string" ? made.id : typeof made.arn === "string" ? made.arn : name;
  return {
    urn: urnOf(type, name),
    ...{ type, name, id, inputs, outputs: { ...outputs, id } },
  } satisfies DeclaredResource;
}

const arn = {
  alb: `${elb}:loadbalancer/app/alb/50dc6c495c0c9188`,
  https: `${elb}:listener/app/alb/50dc6c495c0c9188/f2f7dc8efc522ab2`,
  guarded: `${elb}:listener-rule/app/alb/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee`,
  fleet:
    "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup::autoScalingGroupName/fleet-0a1b2c3",
  tasks: `${elb}:targetgroup/tasks/73e2d6bc24d8a067`,
  origin: `arn:aws:acm:${region}:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000001`,
  edge: "arn:aws:acm:us-east-1:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000002",
  definition: `arn:aws:ecs:${region}:123456789012:task-definition/web:1`,
  role: "arn:aws:iam::123456789012:role/execution",
  service: `arn:aws:ecs:${region}:123456789012:service/main/web`,
  distribution: "arn:aws:cloudfront::123456789012:distribution/EDFDVBD6EXAMPLE",
};

const albAlias = {
  dnsName: "alb-1a2b3c4-123.eu-west-1.elb.amazonaws.com",
  zoneId: "Z32O12XQLNTSW2",
};
export const ids = { albGroup: "sg-0a1b2c3d", taskGroup: "sg-1a2b3c4d", prefixList };
export { arn };

export const validationUrn = (name: string): string =>
  urnOf("aws:acm/certificateValidation:CertificateValidation", name);
export const listenerUrn = urnOf("aws:lb/listener:Listener", "https");
const ruleUrn = urnOf("aws:lb/listenerRule:ListenerRule", "guarded");

/** What resources wait for, as far as rules ask. */
const waitsFor: Readonly<Record<string, readonly string[]>> = {
  ...{ https: [validationUrn("origin-valid")], cdn: [validationUrn("edge-valid")] },
  ...{ guarded: [listenerUrn], web: [listenerUrn, ruleUrn] },
};

/** The egress rule that lets everything out. */
export const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** A resource of which no rule knows anything. */
export const other = resource("aws:ssm/parameter:Parameter", "other", { type: "String" });

/**
 * viewer -> distribution `cdn` -> load balancer `alb`, listener `https`, rule `guarded` -> target
 * group `tasks` -> service `web` with `definition`; groups `alb-group` and `task-group`, a random
 * `secret`, certificates `origin-certificate` and `edge-certificate`, a record `origin`, the role
 * `execution`.
 *
 * @param changes inputs to put in place of the program's, by name; undefined leaves the resource out
 */
export function soundProgram(changes: Changes = {}): DeclaredResource[] {
  const secret = "b7Jq2mZx9KpLw4Tn";
  const all = [
    // Something that values can come from which are not known yet.
    other,
    resource(
      "random:index/randomPassword:RandomPassword",
      "secret",
      { length: 16, special: false },
      { result: secret },
    ),
    resource(
      "aws:ec2/securityGroup:SecurityGroup",
      "alb-group",
      { egress: [everything] },
      { id: ids.albGroup },
    ),
    resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "from-cloudfront", {
      ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
      prefixListId: ids.prefixList,
    }),
    resource(
      "aws:ec2/securityGroup:SecurityGroup",
      "task-group",
      {
        ingress: [
          { protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [ids.albGroup] },
        ],
        egress: [everything],
      },
      { id: ids.taskGroup },
    ),
    resource(
      "aws:acm/certificate:Certificate",
      "origin-certificate",
      { domainName: "*.example.com" },
      { arn: arn.origin, region },
    ),
    resource(
      "aws:acm/certificate:Certificate",
      "edge-certificate",
      { domainName: "www.example.com", region: "us-east-1" },
      { arn: arn.edge },
    ),
    resource("aws:acm/certificateValidation:CertificateValidation", "origin-valid", {
      certificateArn: arn.origin,
    }),
    resource("aws:acm/certificateValidation:CertificateValidation", "edge-valid", {
      ...{ certificateArn: arn.edge, region: "us-east-1" },
    }),
    resource(
      "aws:lb/loadBalancer:LoadBalancer",
      "alb",
      {
        ...{ loadBalancerType: "application", internal: false, idleTimeout: 60 },
        securityGroups: [ids.albGroup],
        accessLogs: { enabled: true, bucket: "logs" },
      },
      { arn: arn.alb, name: "alb-1a2b3c4", ...albAlias },
    ),
    resource(
      "aws:lb/targetGroup:TargetGroup",
      "tasks",
      {
        ...{ port: 80, protocol: "HTTP", protocolVersion: "HTTP1", targetType: "ip" },
        healthCheck: { path: "/healthz", protocol: "HTTP", matcher: "200" },
      },
      { arn: arn.tasks, arnSuffix: arn.tasks.split(":").at(-1), name: "tasks-0a1b2c3" },
    ),
    resource(
      "aws:lb/listener:Listener",
      "https",
      {
        ...{ loadBalancerArn: arn.alb, port: 443, protocol: "HTTPS", certificateArn: arn.origin },
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: { statusCode: "403", contentType: "text/plain" },
          },
        ],
      },
      { arn: arn.https },
    ),
    resource(
      "aws:lb/listenerRule:ListenerRule",
      "guarded",
      {
        ...{ listenerArn: arn.https, priority: 1 },
        conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [secret] } }],
        actions: [{ type: "forward", targetGroupArn: arn.tasks }],
      },
      { arn: arn.guarded },
    ),
    resource(
      "aws:iam/role:Role",
      "execution",
      {
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Principal: { Service: "ecs-tasks.amazonaws.com" },
            },
          ],
        }),
      },
      { arn: arn.role },
    ),
    resource(
      "aws:ecs/taskDefinition:TaskDefinition",
      "definition",
      {
        ...{ family: "web", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"] },
        executionRoleArn: arn.role,
        containerDefinitions: JSON.stringify([
          { name: "nginx", image: "nginx:1.31", portMappings: [{ containerPort: 8080 }] },
        ]),
      },
      { arn: arn.definition },
    ),
    resource(
      "aws:ecs/service:Service",
      "web",
      {
        taskDefinition: arn.definition,
        networkConfiguration: { subnets: ["subnet-1"], securityGroups: [ids.taskGroup] },
        loadBalancers: [{ targetGroupArn: arn.tasks, containerName: "nginx", containerPort: 8080 }],
      },
      { arn: arn.service },
    ),
    resource(
      "aws:route53/record:Record",
      "origin",
      {
        ...{ name: "origin.example.com", type: "A" },
        aliases: [{ name: albAlias.dnsName, zoneId: albAlias.zoneId, evaluateTargetHealth: false }],
      },
      { fqdn: "origin.example.com" },
    ),
    resource(
      "aws:cloudfront/distribution:Distribution",
      "cdn",
      {
        ...{ enabled: true, aliases: ["www.example.com"], httpVersion: "http2" },
        origins: [origin()],
        defaultCacheBehavior: behaviour(),
        viewerCertificate: { acmCertificateArn: arn.edge, sslSupportMethod: "sni-only" },
      },
      { arn: arn.distribution, id: "EDFDVBD6EXAMPLE", domainName: "d111111abcdef8.cloudfront.net" },
    ),
  ];
  return all.flatMap((resource_): DeclaredResource[] => {
    const awaited = waitsFor[resource_.name];
    const made = { ...resource_, ...(awaited && { dependsOn: awaited }) };
    if (!(made.name in changes)) return [made];
    const change = changes[made.name];
    if (change === undefined) return [];
    const set = (bag: Props): Props =>
      Object.fromEntries(Object.entries({ ...bag, ...change }).filter(([, v]) => v !== undefined));
    return [{ ...made, inputs: set(made.inputs), outputs: set(made.outputs) }];
  });
}

/** The origin of `cdn`, with some settings changed. */
export function origin(custom: Props = {}, others: Props = {}): Props {
  return {
    ...{ originId: "alb", domainName: "origin.example.com" },
    customOriginConfig: {
      ...{ httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" },
      ...{ originSslProtocols: ["TLSv1.2"], originKeepaliveTimeout: 5, originReadTimeout: 30 },
      ...custom,
    },
    customHeaders: [{ name: "x-origin-verify", value: "b7Jq2mZx9KpLw4Tn" }],
    ...others,
  };
}

/** The default behaviour of `cdn`, with some settings changed. */
export function behaviour(changes: Props = {}): Props {
  return {
    ...{ targetOriginId: "alb", viewerProtocolPolicy: "redirect-to-https" },
    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    ...changes,
  };
}

/** The same with a VPC origin: the load balancer is internal. */
export function vpcOriginProgram(changes: Changes = {}): DeclaredResource[] {
  const viaVpc = origin(undefined, {
    customOriginConfig: undefined,
    vpcOriginConfig: {
      vpcOriginId: "vo_AbCdEf12345",
      originKeepaliveTimeout: 5,
      originReadTimeout: 30,
    },
  });
  const vpcOrigin = resource(
    "aws:cloudfront/vpcOrigin:VpcOrigin",
    "inside",
    {
      vpcOriginEndpointConfig: {
        ...{ name: "inside", arn: arn.alb, httpPort: 80, httpsPort: 443 },
        originProtocolPolicy: "https-only",
      },
    },
    { id: "vo_AbCdEf12345" },
  );
  const program = soundProgram({
    ...changes,
    alb: { internal: true, ...changes.alb },
    cdn: { origins: [viaVpc], ...changes.cdn },
  });
  return [...program, vpcOrigin];
}

/** The same without CloudFront: viewers call the load balancer, whose default action forwards. */
export function directProgram(changes: Changes = {}): DeclaredResource[] {
  return soundProgram({
    ...{ cdn: undefined, guarded: undefined, secret: undefined, origin: undefined },
    ...changes,
    "from-cloudfront": {
      ...{ prefixListId: undefined, cidrIpv4: "0.0.0.0/0" },
      ...changes["from-cloudfront"],
    },
    https: {
      defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }],
      ...changes.https,
    },
  });
}

/**
 * The sound program with an Auto Scaling group of instances in place of the service: `fleet`, launched
 * from `template` with `task-group`.
 */
export function onInstances(changes: Changes): () => DeclaredResource[] {
  return () => [
    ...soundProgram({
      ...{ web: undefined, definition: undefined, execution: undefined },
      ...changes,
      tasks: { ...{ port: 8080, targetType: "instance" }, ...changes.tasks },
    }),
    resource(
      "aws:ec2/launchTemplate:LaunchTemplate",
      "template",
      { vpcSecurityGroupIds: [ids.taskGroup], ...changes.template },
      { id: "lt-0a1b2c3d4e5f67890", name: "template-20261128" },
    ),
    resource(
      "aws:autoscaling/group:Group",
      "fleet",
      {
        ...{
          minSize: 1,
          maxSize: 2,
          vpcZoneIdentifiers: ["subnet-1"],
          targetGroupArns: [arn.tasks],
        },
        launchTemplate: { id: "lt-0a1b2c3d4e5f67890", version: "$Latest" },
        ...changes.fleet,
      },
      { id: "fleet-0a1b2c3", arn: arn.fleet },
    ),
  ];
}

/** `containerDefinitions` of one container with the given environment. */
export function containers(environment: Readonly<Record<string, string>>, port = 8080): string {
  return JSON.stringify([
    {
      ...{ name: "nginx", image: "web:1", portMappings: [{ containerPort: port }] },
      environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
    },
  ]);
}
