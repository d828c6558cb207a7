/** Programs that are made of awsx's components. */
import { expect } from "chai";
import { writtenProject } from "../projectFolder";
import type { Evaluation } from "../../../local/program";
import { UNKNOWN_TEXT, type Props } from "../../../local/model/types";
import { token } from "../../../topology/tokens";

const head = `
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
const cluster = new aws.ecs.Cluster("c");
const subnetIds = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
`;

describe("programs of awsx", function () {
  this.timeout(30_000);
  const project = writtenProject();
  const run = (program: string): Promise<Evaluation> => {
    project.write("index.ts", head + program);
    return project.run();
  };
  const of = ({ resources }: Evaluation, type: string): Props[] =>
    resources.filter((r) => r.type === type).map(({ outputs }) => outputs);
  const only = (evaluation: Evaluation, type: string): Props => {
    const [found, ...more] = of(evaluation, type);
    if (!found || more.length > 0) throw new Error(`${1 + more.length} of ${type}`);
    return found;
  };
  const containers = (task: Props): Props[] =>
    JSON.parse(String(task.containerDefinitions)) as Props[];

  it("a service behind a load balancer, by default in the default VPC and open to all", async () => {
    const made = await run(`
const lb = new awsx.lb.ApplicationLoadBalancer("lb", {});
new awsx.ecs.FargateService("web", { cluster: cluster.arn, assignPublicIp: true, taskDefinitionArgs: { container: { name: "app", image: "nginx", cpu: 256, memory: 512, portMappings: [{ containerPort: 80, targetGroup: lb.defaultTargetGroup }] } } });
export const url = pulumi.interpolate\`http://\${lb.loadBalancer.dnsName}\`;
export const port = lb.defaultTargetGroup.apply((group) => group.port);
export const vpcId = lb.vpcId;
`);
    const group = only(made, token.targetGroup);
    expect(group).to.include({ port: 80, protocol: "HTTP", targetType: "ip" });
    const listener = only(made, token.listener);
    expect(listener).to.include({ port: 80, protocol: "HTTP" });
    expect(of(made, token.securityGroup).map(({ ingress }) => ingress)).to.deep.equal(
      Array.from({ length: 2 }, () => [
        {
          fromPort: 0,
          toPort: 0,
          protocol: "-1",
          cidrBlocks: ["0.0.0.0/0"],
          ipv6CidrBlocks: ["::/0"],
        },
      ]),
    );
    const service = only(made, token.service);
    expect(service.launchType).to.equal("FARGATE");
    expect(service.loadBalancers).to.deep.equal([
      { containerName: "app", containerPort: 80, targetGroupArn: group.arn },
    ]);
    const task = only(made, token.taskDefinition);
    expect(task).to.include({ cpu: "256", memory: "512", networkMode: "awsvpc" });
    expect(containers(task)[0]?.logConfiguration).to.deep.include({ logDriver: "awslogs" });
    expect(of(made, token.role)).to.have.lengthOf(2);
    expect(of(made, token.rolePolicyAttachment)).to.have.lengthOf(1);
    expect(made.outputs.url).to.equal(`http://${String(only(made, token.loadBalancer).dnsName)}`);
    expect(made.outputs).to.include({ port: 80, vpcId: group.vpcId });
    expect([...made.account.unmodelled]).to.deep.equal([]);
  });

  const listeners: Record<string, [args: string, listeners: Props[], group: Props]> = {
    "nothing said": ["", [{ port: 80, protocol: "HTTP" }], { port: 80, protocol: "HTTP" }],
    "the port of the targets": [
      "defaultTargetGroupPort: 3000",
      [{ port: 3000, protocol: "HTTP" }],
      { port: 3000, protocol: "HTTP" },
    ],
    "one on port 443": [
      'listener: { port: 443, certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }, defaultTargetGroup: { port: 80, protocol: "HTTP" }',
      [{ port: 443, protocol: "HTTPS" }],
      { port: 80, protocol: "HTTP" },
    ],
    "two, one of them a redirect": [
      'listeners: [{ port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }] }, { port: 8080 }]',
      [
        { port: 80, protocol: "HTTP" },
        { port: 8080, protocol: "HTTP" },
      ],
      { port: 80, protocol: "HTTP" },
    ],
  };
  for (const [what, [args, wanted, group]] of Object.entries(listeners))
    it(`listeners: ${what}`, async () => {
      const made = await run(`new awsx.lb.ApplicationLoadBalancer("lb", { subnetIds, ${args} });`);
      expect(
        of(made, token.listener).map(({ port, protocol }) => ({ port, protocol })),
      ).to.deep.equal(wanted);
      expect(only(made, token.targetGroup)).to.include(group);
    });

  it("networks, groups and roles that the program gives", async () => {
    const made = await run(`
const vpc = new awsx.ec2.Vpc("net", { natGateways: { strategy: "Single" } });
const group = new aws.ec2.SecurityGroup("mine", { vpcId: vpc.vpcId });
const lb = new awsx.lb.ApplicationLoadBalancer("lb", { subnetIds: vpc.publicSubnetIds, securityGroups: [group.id], defaultTargetGroup: { port: 3000, protocolVersion: "HTTP1" } });
const task = new awsx.ecs.FargateTaskDefinition("task", {
  logGroup: { skip: true },
  taskRole: { skip: true },
  executionRole: { roleArn: "arn:aws:iam::123456789012:role/execution" },
  containers: { b: { name: "b", image: "b", essential: true, cpu: 512, memory: 1024 }, a: { name: "a", image: "a", essential: true, memory: 512, portMappings: [{ targetGroup: lb.defaultTargetGroup }] } },
});
new awsx.ecs.FargateService("web", { cluster: cluster.arn, taskDefinition: task.taskDefinition.arn, loadBalancers: task.loadBalancers, networkConfiguration: { subnets: vpc.privateSubnetIds, securityGroups: [group.id] } }, { dependsOn: lb });
`);
    const task = only(made, token.taskDefinition);
    expect(task).to.include({ cpu: "512", memory: "2048" });
    expect(task.executionRoleArn).to.equal("arn:aws:iam::123456789012:role/execution");
    expect(containers(task).map(({ name, portMappings }) => [name, portMappings])).to.deep.equal([
      ["a", [{ containerPort: 3000, hostPort: 3000 }]],
      ["b", undefined],
    ]);
    expect(only(made, token.service).loadBalancers).to.deep.include({
      containerName: "a",
      containerPort: 3000,
      targetGroupArn: only(made, token.targetGroup).arn,
    });
    expect(of(made, token.role)).to.deep.equal([]);
    expect(of(made, token.logGroup)).to.deep.equal([]);
    expect(of(made, token.securityGroup)).to.have.lengthOf(1);
  });

  it("what is not known of a container: the rest is there", async () => {
    const made = await run(`
const cache = new aws.elasticache.Cluster("cache", { engine: "redis", nodeType: "cache.t4g.micro", numCacheNodes: 1 });
const lb = new awsx.lb.ApplicationLoadBalancer("lb", { subnetIds });
new awsx.ecs.FargateService("web", { cluster: cluster.arn, networkConfiguration: { subnets: subnetIds }, taskDefinitionArgs: { container: { name: "app", image: "nginx", cpu: 256, memory: 512, portMappings: [{ targetGroup: lb.defaultTargetGroup }], environment: [{ name: "CACHE", value: cache.cacheNodes[0].address }] } } });
`);
    const definitions = String(only(made, token.taskDefinition).containerDefinitions);
    const [app] = JSON.parse(definitions) as Props[];
    expect(app).to.include({ image: "nginx" });
    expect(app?.environment).to.deep.equal([{ name: "CACHE", value: UNKNOWN_TEXT }]);
    expect(only(made, token.service).loadBalancers).to.deep.equal([
      {
        containerName: "app",
        containerPort: 80,
        targetGroupArn: only(made, token.targetGroup).arn,
      },
    ]);
  });

  it("tasks on instances, a network load balancer, attachments, and what carries no requests", async () => {
    const made = await run(`
const nlb = new awsx.lb.NetworkLoadBalancer("nlb", { subnetIds, defaultTargetGroupPort: 9000 });
new awsx.ecs.EC2Service("web", { cluster: cluster.arn, taskDefinitionArgs: { container: { name: "app", image: "nginx", memory: 512 } }, networkConfiguration: { subnets: subnetIds } });
new awsx.lb.TargetGroupAttachment("a", { targetGroup: nlb.defaultTargetGroup, instanceId: "i-0123456789abcdef0" });
new awsx.cloudtrail.Trail("trail", {});
const repository = new awsx.ecr.Repository("r", {});
const pushed = new awsx.ecr.RegistryImage("nginx", { sourceImage: "nginx:1.27", repositoryUrl: repository.url });
export const name = pushed.image.name;
const usual = new awsx.ec2.DefaultVpc("usual");
export const publicSubnets = usual.publicSubnetIds.length;
`);
    expect(only(made, token.loadBalancer).loadBalancerType).to.equal("network");
    expect(only(made, token.targetGroup)).to.include({ protocol: "TCP", port: 9000 });
    expect(only(made, token.service).launchType).to.equal("EC2");
    expect(of(made, token.targetGroupAttachment)).to.have.lengthOf(1);
    expect(of(made, "aws:cloudtrail/trail:Trail")).to.have.lengthOf(1);
    expect(made.outputs.name).to.match(/\.amazonaws\.com\/r-[0-9a-f]{7}:1\.27$/);
    expect(made.outputs.publicSubnets).to.equal(3);
  });

  it("arguments that contradict each other are refused as by awsx, with the component", async () => {
    const failed = await run(
      `new awsx.lb.ApplicationLoadBalancer("lb", { subnetIds, listener: { port: 80 }, listeners: [{ port: 81 }] });`,
    ).catch((error: unknown) => error);
    expect(String(failed)).to.contain("Only one of [listener] and [listeners]");
    expect(String(failed)).to.match(/index\.ts:7/);
  });
});
