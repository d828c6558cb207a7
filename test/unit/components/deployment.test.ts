import { expect } from "chai";
import {
  H1ViaCloudfront,
  type H1ViaCloudfrontArgs,
  H2Direct,
  type H2DirectArgs,
} from "../../../components";
import type { DeploymentArgs } from "../../../components";
import type { Props } from "../../../local/model/types";
import { placement, recorded, rulesOf, service } from "./record";

const domain = { name: "shop.example.com", zoneName: "example.com" };
const direct = (deployment?: DeploymentArgs, args: Partial<H2DirectArgs> = {}) =>
  recorded(H2Direct, { placement, domain, service: { ...service, deployment }, ...args });
const behindEdge = (deployment?: DeploymentArgs, args: Partial<H1ViaCloudfrontArgs> = {}) =>
  recorded(H1ViaCloudfront, { placement, domain, service: { ...service, deployment }, ...args });

/** ECS and its SDK ask for a list in any case. */
const off = { alarmNames: ["none"], enable: false, rollback: false };
const namesOf = (alarms: readonly { outputs: Props }[]) =>
  alarms.map(({ outputs }) => outputs.name);

const testing = { testPort: 8443, testCidrs: ["203.0.113.0/24", "2001:db8::/32"] };

describe("how a service is deployed", () => {
  it("by default one task after the other, with nothing more than before", async () => {
    for (const made of [await direct(), await direct({ strategy: "rolling" })]) {
      const { inputs } = made.one("Service");
      expect(inputs.deploymentConfiguration).to.deep.equal({ strategy: "ROLLING" });
      expect(inputs.deploymentCircuitBreaker).to.deep.equal({ enable: true, rollback: true });
      expect(inputs.alarms).to.deep.equal(off);
      expect(made.all("MetricAlarm")).to.deep.equal([]);
      const [target] = inputs.loadBalancers as object[];
      expect(target).to.not.have.property("advancedConfiguration");
      expect(made.all("TargetGroup").map(({ name }) => name)).to.deep.equal(["web-tasks"]);
      expect(made.all("ListenerRule")).to.deep.equal([]);
      expect(made.all("Role").map(({ name }) => name)).to.not.include("web-deployment");
      expect(made.all("RolePolicyAttachment")).to.deep.equal([]);
    }
  });

  it("blue/green without CloudFront: a rule for every request, in front of the same default action", async () => {
    const made = await direct({ strategy: "blue-green", bakeMinutes: 20 });
    const [blue, green] = ["web-tasks", "web-green"].map((name) => made.named("TargetGroup", name));
    const same = ["port", "protocol", "protocolVersion", "targetType", "healthCheck", "vpcId"];
    for (const key of same) expect(green?.inputs[key], key).to.deep.equal(blue?.inputs[key]);
    const rule = made.named("ListenerRule", "web-production");
    expect(rule.inputs).to.deep.include({
      priority: 50_000,
      conditions: [{ pathPattern: { values: ["/*"] } }],
      actions: [
        {
          type: "forward",
          forward: {
            targetGroups: [
              { arn: blue?.outputs.arn, weight: 100 },
              { arn: green?.outputs.arn, weight: 0 },
            ],
          },
        },
      ],
    });
    // While the rule is made or removed, the default action serves.
    expect(made.one("Listener").inputs.defaultActions).to.deep.equal([
      { type: "forward", targetGroupArn: blue?.outputs.arn },
    ]);
    const { inputs } = made.one("Service");
    expect(inputs.deploymentConfiguration).to.deep.equal({
      strategy: "BLUE_GREEN",
      bakeTimeInMinutes: "20",
    });
    expect(inputs.deploymentCircuitBreaker).to.deep.equal({ enable: false, rollback: false });
    expect(inputs.loadBalancers).to.deep.equal([
      {
        targetGroupArn: blue?.outputs.arn,
        containerName: "nginx",
        containerPort: 8080,
        advancedConfiguration: {
          alternateTargetGroupArn: green?.outputs.arn,
          productionListenerRule: rule.outputs.arn,
          roleArn: made.named("Role", "web-deployment").outputs.arn,
        },
      },
    ]);
  });

  it("behind CloudFront by the rule that asks for the secret header", async () => {
    const made = await behindEdge({ strategy: "canary", canaryPercent: 10, stepMinutes: 15 });
    expect(made.all("ListenerRule").map(({ name }) => name)).to.deep.equal(["web-secret-header"]);
    const { actions, conditions } = made.one("ListenerRule").inputs;
    expect(conditions).to.have.nested.property("[0].httpHeader");
    expect(actions).to.have.nested.property("[0].forward.targetGroups[1].weight", 0);
    expect(made.one("Service").inputs.deploymentConfiguration).to.deep.equal({
      strategy: "CANARY",
      bakeTimeInMinutes: "10",
      canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "15" },
    });
  });

  it("in equal steps", async () => {
    const made = await behindEdge({ strategy: "linear", stepPercent: 25, stepMinutes: 5 });
    expect(made.one("Service").inputs.deploymentConfiguration).to.deep.equal({
      strategy: "LINEAR",
      bakeTimeInMinutes: "10",
      linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: "5" },
    });
  });

  it("gives ECS the managed policy for load balancers, and nobody else the role", async () => {
    const made = await direct({ strategy: "blue-green" });
    const role = made.named("Role", "web-deployment");
    expect(JSON.parse(role.inputs.assumeRolePolicy as string)).to.have.deep.property("Statement", [
      { Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(made.one("RolePolicyAttachment").inputs).to.include({
      role: role.outputs.name,
      policyArn: "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
    });
  });

  it("asks functions, which the role may invoke, and watches alarms by name", async () => {
    const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:check";
    const made = await direct({
      strategy: "blue-green",
      hooks: [{ functionArn, stages: ["post-scale-up", "post-test-traffic-shift"] }],
      rollbackAlarms: ["errors", "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:slow: p99"],
    });
    const { inputs } = made.one("Service");
    const roleArn = made.named("Role", "web-deployment").outputs.arn;
    expect(inputs.deploymentConfiguration).to.deep.include({
      lifecycleHooks: [
        {
          hookTargetArn: functionArn,
          roleArn,
          lifecycleStages: ["POST_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT"],
        },
      ],
    });
    const policy = made.named("RolePolicy", "web-deployment-hooks").inputs.policy as string;
    expect(JSON.parse(policy)).to.have.deep.property("Statement", [
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [functionArn] },
    ]);
    const { alarmNames, ...going } = inputs.alarms as { alarmNames: string[] };
    expect(going).to.deep.equal({ enable: true, rollback: true });
    const own = namesOf(made.all("MetricAlarm"));
    expect(alarmNames).to.have.members([...own, "errors", "slow: p99"]);
    expect(namesOf(made.all("MetricAlarm"))).to.have.lengthOf(3);
  });

  it("switches alarms off in a way that the provider can send", async () => {
    for (const deployment of [
      { rollbackAlarms: [] },
      { strategy: "canary", rollback: { enabled: false } },
    ] satisfies DeploymentArgs[]) {
      const made = await direct(deployment);
      expect(made.one("Service").inputs.alarms).to.deep.equal(off);
      expect(made.all("MetricAlarm")).to.deep.equal([]);
    }
  });

  it("keeps both groups with rolling deployments where it is asked to", async () => {
    const made = await direct({ secondGroup: true });
    expect(made.all("TargetGroup")).to.have.lengthOf(2);
    const { inputs } = made.one("Service");
    expect(inputs.deploymentConfiguration).to.deep.equal({ strategy: "ROLLING" });
    expect(inputs.deploymentCircuitBreaker).to.deep.equal({ enable: true, rollback: true });
    expect(inputs.loadBalancers).to.have.nested.property("[0].advancedConfiguration.roleArn");
  });

  it("tests new tasks on a listener that only the named ranges reach", async () => {
    for (const made of [
      await direct({ strategy: "blue-green", ...testing }),
      await behindEdge({ strategy: "blue-green", ...testing }),
    ]) {
      const listener = made.named("Listener", "web-test");
      const production = made.named("Listener", "web-listener");
      expect(listener.inputs).to.include({ port: 8443, protocol: "HTTPS" });
      expect(listener.inputs.certificateArn).to.equal(production.inputs.certificateArn);
      const rule = made.named("ListenerRule", "web-test");
      expect(rule.inputs.conditions).to.deep.equal([{ pathPattern: { values: ["/*"] } }]);
      expect(made.one("Service").inputs.loadBalancers).to.have.nested.property(
        "[0].advancedConfiguration.testListenerRule",
        rule.outputs.arn,
      );
      const open = rulesOf(made).filter((one) => one.startsWith("web-alb ingress tcp 8443"));
      expect(open).to.deep.equal([
        "web-alb ingress tcp 8443 from 2001:db8::/32",
        "web-alb ingress tcp 8443 from 203.0.113.0/24",
      ]);
    }
  });

  it("shifts the requests of a further service by its own rule", async () => {
    const made = await direct(undefined, {
      services: { api: { ...service, paths: ["/api/*"], deployment: { strategy: "blue-green" } } },
    });
    const groups = made.all("TargetGroup").map(({ name }) => name);
    expect(groups.sort()).to.deep.equal(["web-api-green", "web-api-tasks", "web-tasks"]);
    const rule = made.named("ListenerRule", "web-api-api-any");
    expect(rule.inputs.actions).to.have.nested.property("[0].forward.targetGroups[0].weight", 100);
    const api = made.named("Service", "web-api").inputs;
    expect(api.loadBalancers).to.have.nested.property(
      "[0].advancedConfiguration.productionListenerRule",
      rule.outputs.arn,
    );
    expect(made.named("Service", "web").inputs.deploymentConfiguration).to.deep.equal({
      strategy: "ROLLING",
    });
  });

  it("watches both groups, and takes an idle one for no fault", async () => {
    const made = await direct({ strategy: "blue-green" }, { alarms: {} });
    const missing = (name: string) => made.named("MetricAlarm", name).inputs.treatMissingData;
    expect(missing("web-unhealthy-targets")).to.equal("notBreaching");
    expect(missing("web-green-unhealthy-targets")).to.equal("notBreaching");
    const rolling = await direct(undefined, { alarms: {} });
    const name = "web-unhealthy-targets";
    expect(rolling.named("MetricAlarm", name).inputs.treatMissingData).to.equal("breaching");
  });

  const refused: [what: string, deployment: DeploymentArgs, says: RegExp][] = [
    ["a test port for nobody", { strategy: "canary", testPort: 8443 }, /closed to everybody/],
    [
      "ranges without a port",
      { strategy: "canary", testCidrs: ["10.0.0.0/8"] },
      /without .*testPort/,
    ],
    [
      "the viewers' own port",
      { strategy: "canary", testPort: 443, testCidrs: ["10.0.0.0/8"] },
      /already listens/,
    ],
    ["a test port with rolling", testing, /testPort has no effect with strategy rolling/],
    [
      "hooks with rolling",
      { hooks: [{ functionArn: "arn:aws:lambda:x", stages: ["pre-scale-up"] }] },
      /hooks has no effect/,
    ],
    [
      "a hook that is no function",
      { strategy: "canary", hooks: [{ functionArn: "check", stages: ["pre-scale-up"] }] },
      /ARN of a Lambda function/,
    ],
    [
      "a hook without stages",
      { strategy: "canary", hooks: [{ functionArn: "arn:aws:lambda:x", stages: [] }] },
      /one or more of/,
    ],
    [
      "a bake time of two days",
      { strategy: "canary", bakeMinutes: 2880 },
      /bakeMinutes is 2880.*0 to 1440/,
    ],
    ["steps of one percent", { strategy: "linear", stepPercent: 1 }, /stepPercent is 1.*3 to 100/],
  ];
  for (const [what, deployment, says] of refused)
    it(`refuses ${what}, before anything exists`, async () => {
      await refusal(direct(deployment), says);
    });

  it("refuses everybody as testers behind CloudFront, whom nothing would keep out", async () => {
    for (const everybody of ["0.0.0.0/0", "::/0"]) {
      const open: DeploymentArgs = { strategy: "canary", testPort: 8443, testCidrs: [everybody] };
      await refusal(behindEdge(open), /admits everybody past CloudFront/);
    }
  });

  it("refuses to scale by the requests of one group while tasks change theirs", async () => {
    const scaling = { max: 4, requestsPerTarget: 100 };
    const deployment: DeploymentArgs = { strategy: "blue-green" };
    const refused = direct(undefined, { service: { ...service, scaling, deployment } });
    await refusal(refused, /requestsPerTarget cannot be used with two target groups/);
  });

  it("refuses a service with two rules, and gRPC with a group of its own", async () => {
    const deployment: DeploymentArgs = { strategy: "blue-green" };
    const api = { ...service, paths: ["/api", "/api/*"], deployment };
    await refusal(direct(undefined, { services: { api } }), /2 listener rules/);
    const app = { image: "r.example.com/a:1", port: 3000 };
    await refusal(
      behindEdge(deployment, {
        grpc: { services: ["shop.v1.Cart"] },
        service: { ...service, app, deployment },
      }),
      /target group for gRPC of its own/,
    );
  });
});

async function refusal(made: Promise<unknown>, says: RegExp): Promise<void> {
  const error = await made.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect(error?.message).to.match(says);
}
