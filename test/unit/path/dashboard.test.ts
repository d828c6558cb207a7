/** The dashboard as data: its layout on CloudWatch's grid, and what it asks AWS for. */
import { expect } from "chai";
import { dashboardRows, type Graphed } from "../../../path/dashboard";
import { dashboardBody, line } from "../../../path/dashboardGrid";
import { metricFact, metricFacts, metricProblem, metricsReadOn } from "../../../path/metrics";

const task = { clusterName: "web", serviceName: "web" };
const full: Graphed<string> = {
  ...{ region: "eu-west-1", distributionId: "E1", additionalMetrics: true },
  webAcl: { metricName: "web", place: "edge" },
  loadBalancerArnSuffix: "app/web/1",
  targets: [
    { name: "web", arnSuffix: "targetgroup/web/1", service: task },
    { name: "gRPC", arnSuffix: "targetgroup/grpc/1" },
  ],
  alarmArns: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a"],
};

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
  };
}
const widgetsOf = (of: Graphed<string>): Widget[] =>
  (dashboardBody(dashboardRows(of)) as { widgets: Widget[] }).widgets;
const titles = (of: Graphed<string>): string[] =>
  widgetsOf(of).map(({ properties }) => properties.title ?? properties.markdown ?? "");
const textsOf = (of: Graphed<string>): string =>
  widgetsOf(of)
    .map(({ properties }) => properties.markdown ?? "")
    .join("\n");

/** Different numbers of services, with and without each part. */
const stacks: Readonly<Record<string, Graphed<string>>> = {
  full,
  "a web ACL at the load balancer": { ...full, webAcl: { metricName: "web", place: "stack" } },
  "nothing but a load balancer": {
    region: "eu-west-1",
    loadBalancerArnSuffix: "app/web/1",
    targets: full.targets.slice(0, 1),
    alarmArns: [],
  },
  "many services": {
    ...full,
    additionalMetrics: false,
    targets: Array.from({ length: 40 }, (_, i) => ({
      ...{ name: `s${i}`, arnSuffix: `targetgroup/s${i}/1`, service: task },
    })),
    alarmArns: Array.from({ length: 150 }, (_, i) => `arn:${i}`),
  },
};

describe("the dashboard's layout", () => {
  for (const [name, stack] of Object.entries(stacks)) {
    it(`fills 24 columns without overlap: ${name}`, () => {
      const widgets = widgetsOf(stack);
      const taken = new Set<string>();
      for (const { x, y, width, height } of widgets)
        for (let column = x; column < x + width; column++)
          for (let row = y; row < y + height; row++) {
            expect(column).to.be.lessThan(24);
            const cell = `${column},${row}`;
            expect(taken.has(cell), cell).to.equal(false);
            taken.add(cell);
          }
      const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
      expect(taken.size, "no gap").to.equal(24 * bottom);
      expect(widgets.length).to.be.lessThan(501);
    });
  }

  it("follows the path: alarms, web ACL, CloudFront, load balancer, tasks", () => {
    const headings = (of: Graphed<string>) =>
      titles(of).flatMap((title) => /^## (.+)/.exec(title)?.[1] ?? []);
    expect(titles(full)[0]).to.equal("Alarms");
    expect(headings(full)).to.deep.equal([
      ...["Web ACL", "Viewer → CloudFront", "Load balancer", "Tasks: web", "Tasks: gRPC"],
    ]);
    expect(headings(stacks["a web ACL at the load balancer"] ?? full)).to.deep.equal([
      ...["Viewer → CloudFront", "Web ACL", "Load balancer", "Tasks: web", "Tasks: gRPC"],
    ]);
    expect(headings(stacks["nothing but a load balancer"] ?? full)).to.deep.equal([
      ...["Load balancer", "Tasks: web"],
    ]);
  });

  it("shows at most the 100 alarms that AWS takes", () => {
    const [first] = widgetsOf(stacks["many services"] ?? full);
    expect(first?.type).to.equal("alarm");
    expect(first?.properties.alarms).to.have.length(100);
  });
});

describe("the dashboard's words", () => {
  it("say that 464 has no metric, and what to run", () => {
    expect(textsOf(full)).to.match(/464 has no metric.*npx hopwise explain/s);
  });

  it("say how to get cache hits, where they are not shown", () => {
    expect(titles(full)).to.include("Answered from the cache");
    const without = { ...full, additionalMetrics: false };
    expect(titles(without)).to.not.include("Answered from the cache");
    expect(textsOf(without)).to.include("dashboard.additionalMetrics");
    expect(textsOf(full)).to.not.include("dashboard.additionalMetrics");
  });

  it("say whose requests a shared load balancer counts", () => {
    expect(textsOf({ ...full, shared: true })).to.include("every stack that shares it");
    expect(textsOf(full)).to.not.include("every stack");
  });
});

describe("AWS's metrics", () => {
  it("each have a page of AWS's, and the list its date", () => {
    expect(metricsReadOn).to.match(/^20\d\d-\d\d-\d\d$/);
    for (const [namespace, metrics] of Object.entries(metricFacts))
      for (const name of Object.keys(metrics)) {
        const fact = metricFact(namespace, name);
        expect(fact?.source, name).to.match(/^https:\/\/docs\.aws\.amazon\.com\/.*\.html$/);
        expect(fact?.dimensions.length, name).to.be.greaterThan(0);
      }
  });

  it("have none for 464", () => {
    expect(metricFact("AWS/ApplicationELB", "HTTPCode_ELB_464_Count")).to.equal(undefined);
    expect(metricFact("toString", "length")).to.equal(undefined);
    expect(metricFact("AWS/ECS", "constructor")).to.equal(undefined);
  });

  const wrong: readonly (readonly [string, Parameters<typeof metricProblem>, RegExp])[] = [
    [
      "an invented one",
      ["AWS/ApplicationELB", "HTTPCode_ELB_464_Count", ["LoadBalancer"], "Sum"],
      /no metric/,
    ],
    [
      "a dimension too few",
      ["AWS/ApplicationELB", "HealthyHostCount", ["LoadBalancer"], "Minimum"],
      /not published by LoadBalancer/,
    ],
    [
      "a dimension too many",
      ["AWS/ApplicationELB", "NewConnectionCount", ["LoadBalancer", "TargetGroup"], "Sum"],
      /not published/,
    ],
    [
      "CloudFront without Region",
      ["AWS/CloudFront", "Requests", ["DistributionId"], "Sum"],
      /not published/,
    ],
    ["no dimension", ["AWS/ECS", "CPUUtilization", [], "Average"], /by no dimension/],
    [
      "an average of a count",
      ["AWS/ApplicationELB", "HTTPCode_ELB_4XX_Count", ["LoadBalancer"], "Average"],
      /means nothing/,
    ],
    [
      "a sum of a rate",
      ["AWS/CloudFront", "5xxErrorRate", ["DistributionId", "Region"], "Sum"],
      /means nothing/,
    ],
    [
      "a percentile of a load",
      ["AWS/ECS", "CPUUtilization", ["ClusterName", "ServiceName"], "p99"],
      /means nothing/,
    ],
  ];
  for (const [what, query, says] of wrong) {
    it(`cannot be asked for ${what}`, () => {
      expect(metricProblem(...query)).to.match(says);
    });
  }

  it("that do not exist are not graphed", () => {
    expect(() => line("AWS/ECS", "Cpu", { ClusterName: "a" }, "Average", "CPU")).to.throw(
      /no metric AWS\/ECS Cpu/,
    );
  });
});
