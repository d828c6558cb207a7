/** The number of tasks, and where they run. */
import { expect } from "chai";
import {
  pathComponents,
  type ServiceArgs,
  ServicesAtListener,
  WebService,
} from "../../../components";
import { domain, placement, recorded, type Recording, service } from "./record";

const build = (own: Partial<ServiceArgs>, more: object = {}): Promise<Recording> =>
  recorded(pathComponents["h1-via-cloudfront"], {
    ...{ placement, domain, service: { ...service, ...own } },
    ...more,
  });
const refused = (own: Partial<ServiceArgs>, more: object = {}): Promise<string> =>
  build(own, more).then(
    () => "nothing",
    (error: unknown) => (error as Error).message,
  );
const listener =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2";
const tracked = (made: Recording, name: string) =>
  made.named("Policy", name).inputs.targetTrackingScalingPolicyConfiguration as {
    targetValue: number;
    scaleInCooldown: number;
    predefinedMetricSpecification: { predefinedMetricType: string; resourceLabel?: string };
  };

describe("scaling", () => {
  it("is nothing by default: the number is fixed, and all tasks run on demand", async () => {
    const made = await build({});
    const types = ["Target", "Policy", "ScheduledAction", "ClusterCapacityProviders"];
    for (const type of types) expect(made.all(type), type).to.deep.equal([]);
    const { inputs, ignoreChanges } = made.one("Service");
    expect(inputs).to.include({ desiredCount: 2, launchType: "FARGATE" });
    expect(inputs).not.to.have.any.keys("capacityProviderStrategies", "forceNewDeployment");
    expect(ignoreChanges).to.deep.equal([]);
  });

  it("follows CPU within a range, and the program leaves the number alone", async () => {
    const made = await build({ scaling: { max: 6 } });
    const cluster = String(made.one("Cluster").outputs.name);
    const { inputs, ignoreChanges, outputs } = made.one("Service");
    expect(inputs.desiredCount).to.equal(2);
    expect(ignoreChanges).to.deep.equal(["desiredCount"]);
    expect(made.one("Target").inputs).to.include({
      ...{ minCapacity: 2, maxCapacity: 6, serviceNamespace: "ecs" },
      resourceId: `service/${cluster}/${String(outputs.name)}`,
    });
    expect(made.all("Policy").map(({ name }) => name)).to.deep.equal(["web-cpu"]);
    expect(tracked(made, "web-cpu")).to.deep.include({ targetValue: 60, scaleInCooldown: 300 });
  });

  it("follows what is named, and then no longer CPU by default", async () => {
    const made = await build({
      scaling: { min: 3, max: 9, memoryPercent: 75, requestsPerTarget: 1200, scaleInCooldown: 60 },
    });
    expect(made.all("Policy").map(({ name }) => name)).to.have.members([
      "web-memory",
      "web-requests",
    ]);
    const { predefinedMetricSpecification, ...rest } = tracked(made, "web-requests");
    const balancer = String(made.one("LoadBalancer").outputs.arnSuffix);
    const group = String(made.one("TargetGroup").outputs.arnSuffix);
    expect(predefinedMetricSpecification).to.deep.equal({
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: `${balancer}/${group}`,
    });
    expect(rest).to.include({ targetValue: 1200, scaleInCooldown: 60 });
    expect(made.one("Service").inputs.desiredCount).to.equal(3);
  });

  it("counts gRPC calls next to other requests, where they have a group of their own", async () => {
    const made = await build(
      { scaling: { max: 6, requestsPerTarget: 1000 }, app: { image: "a:1", port: 3000 } },
      { grpc: { services: ["shop.v1.Stock"] } },
    );
    const groups = made.all("TargetGroup").map(({ name }) => name);
    const names = made.all("Policy").map(({ name }) => name);
    expect(names).to.have.members(
      groups.includes("web-grpc") ? ["web-requests", "web-grpc-requests"] : ["web-requests"],
    );
    expect(groups).to.include("web-grpc");
  });

  it("stops every task at night, and follows nothing where the number is fixed", async () => {
    const zone = { timezone: "Europe/Berlin" };
    const made = await build({
      scaling: {
        ...{ min: 1, max: 1 },
        schedules: {
          night: { schedule: "cron(0 20 ? * * *)", min: 0, ...zone },
          morning: { schedule: "cron(0 7 ? * MON-FRI *)", min: 1, ...zone },
        },
      },
    });
    // Between none and one there is nothing to follow.
    expect(made.all("Policy")).to.deep.equal([]);
    const night = made.named("ScheduledAction", "web-night").inputs;
    expect(night).to.deep.include({
      scalableTargetAction: { minCapacity: 0, maxCapacity: 0 },
      ...zone,
    });
    const morning = made.named("ScheduledAction", "web-morning").inputs;
    expect(morning.scalableTargetAction).to.deep.equal({ minCapacity: 1, maxCapacity: 1 });
  });

  it("runs a share of the tasks on Spot, in a cluster that has its providers", async () => {
    const made = await build({ spot: { percent: 70 } });
    expect(made.one("ClusterCapacityProviders").inputs).to.deep.include({
      clusterName: made.one("Cluster").outputs.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    });
    const { inputs } = made.one("Service");
    expect(inputs.launchType).to.equal(undefined);
    expect(inputs.forceNewDeployment).to.equal(true);
    expect(inputs.capacityProviderStrategies).to.deep.equal([
      { capacityProvider: "FARGATE", weight: 30, base: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 70 },
    ]);
  });

  for (const [percent, base, providers] of [
    [0, 1, ["FARGATE"]],
    [100, 0, ["FARGATE_SPOT"]],
  ] as const)
    it(`leaves out the provider that takes no task with ${percent} percent`, async () => {
      const made = await build({ spot: { percent, base } });
      const strategies = made.one("Service").inputs.capacityProviderStrategies as {
        capacityProvider: string;
      }[];
      expect(strategies.map((one) => one.capacityProvider)).to.deep.equal(providers);
    });

  it("leaves the providers of an existing cluster alone", async () => {
    const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared";
    const made = await build({ clusterArn, spot: { percent: 50 }, scaling: { max: 4 } });
    expect(made.all("ClusterCapacityProviders")).to.deep.equal([]);
    expect(made.one("Target").inputs.resourceId).to.match(/^service\/shared\/web-/);
  });

  it("of one of several services does not touch the others", async () => {
    const api = { ...service, paths: ["/api/*"], scaling: { max: 4 }, spot: { percent: 50 } };
    const made = await build({}, { services: { api } });
    expect(made.one("Target").name).to.equal("web-api");
    const [path, other] = ["web", "web-api"].map((name) => made.named("Service", name));
    expect(path?.inputs.launchType).to.equal("FARGATE");
    expect(path?.ignoreChanges).to.deep.equal([]);
    expect(other?.inputs.capacityProviderStrategies).to.have.length(2);
    // The providers belong to the cluster, which is the path's.
    expect(made.one("ClusterCapacityProviders").name).to.equal("web");
    expect(other?.dependsOn).to.include(made.one("ClusterCapacityProviders").urn);
  });

  it("counts the requests of a load balancer that exists", async () => {
    const orders = { ...service, paths: ["/orders/*"], spot: { percent: 50 } };
    const made = await recorded(ServicesAtListener, {
      variant: "h1-via-cloudfront",
      listener: { listenerArn: listener, securityGroupId: "sg-0123456789abcdef0" },
      placement,
      services: { orders: { ...orders, scaling: { max: 4, requestsPerTarget: 500 } } },
    });
    const { resourceLabel = "" } = tracked(
      made,
      "web-orders-requests",
    ).predefinedMetricSpecification;
    expect(resourceLabel).to.match(
      /^app\/shared\/50dc6c495c0c9188\/targetgroup\/web-orders-tasks-/,
    );
    expect(made.one("ClusterCapacityProviders").name).to.equal("web");
  });

  const wrong: [string, Partial<ServiceArgs>, RegExp][] = [
    [
      "a minimum above the maximum",
      { scaling: { min: 4, max: 3 } },
      /scaling\.max: expected at least/,
    ],
    [
      "no task as a rule",
      { scaling: { min: 0, max: 3 } },
      /scaling\.min: expected a whole number from 1/,
    ],
    [
      "a number of tasks as well",
      { count: 3, scaling: { max: 3 } },
      /service\.count has no effect/,
    ],
    [
      "tasks that nothing starts again",
      { scaling: { max: 3, schedules: { night: { schedule: "rate(1 day)", min: 0 } } } },
      /schedules\.night: expected another schedule/,
    ],
    [
      "a range from none, which nothing would leave again",
      {
        scaling: {
          max: 3,
          schedules: {
            night: { schedule: "rate(1 day)", min: 0, max: 2 },
            day: { schedule: "rate(1 hour)", min: 1 },
          },
        },
      },
      /schedules\.night: expected no max with min 0/,
    ],
    [
      "a schedule of another tool, and a zone that is none",
      {
        scaling: {
          max: 3,
          schedules: { day: { schedule: "0 7 * * *", min: 1, timezone: "europe/berlin" } },
        },
      },
      /day\.schedule: expected cron\(minutes[^]*day\.timezone: expected Europe\/Berlin/,
    ],
    ["all on Spot, with a base", { spot: { percent: 100 } }, /spot\.base: expected 0/],
    ["more than all", { spot: { percent: 101, base: 0 } }, /spot\.percent: expected/],
  ];
  for (const [what, own, says] of wrong)
    it(`refuses ${what}, before anything exists`, async () => {
      expect(await refused(own)).to.match(says);
    });

  it("refuses the same of each service, by its name", async () => {
    const api = { ...service, paths: ["/api/*"], scaling: { min: 4, max: 3 } };
    expect(await refused({}, { services: { api } })).to.match(/services\.api\.scaling\.max/);
  });

  it("refuses to follow requests that come from nobody knows where", async () => {
    const made = recorded(WebService, {
      ...{
        ...service,
        subnetIds: ["subnet-0123456789abcdef0"],
        securityGroupId: "sg-0123456789abcdef0",
      },
      ...{ targetGroupArn: "arn:x", vpcCidr: "10.0.0.0/16" },
      scaling: { max: 3, requestsPerTarget: 100 },
    });
    const message = await made.then(
      () => "nothing",
      (error: unknown) => (error as Error).message,
    );
    expect(message).to.match(/Give listenerArn/);
  });
});
