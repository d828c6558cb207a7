/** The alarms by which ECS goes back: what they watch, and that they are there before the service. */
import { expect } from "chai";
import {
  type DeploymentArgs,
  H1ViaCloudfront,
  H2Direct,
  ServicesAtListener,
  WebService,
} from "../../../components";
import { planPath } from "../../../components/variants/pathPlan";
import { judge } from "../../../rules/judge";
import { Stack } from "../../../topology/stack/stack";
import { metricProblem } from "../../../path/metrics";
import type { Props } from "../../../local/model/types";
import { placement, recorded, type Recording, service } from "./record";

const domain = { name: "shop.example.com", zoneName: "example.com" };
const direct = (deployment?: DeploymentArgs, more: object = {}) =>
  recorded(H2Direct, { placement, domain, service: { ...service, deployment }, ...more });

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Record<string, string>;
    readonly stat: string;
    readonly period: number;
  };
}

const queriesOf = (inputs: Props): readonly Query[] => inputs.metricQueries as Query[];
const namesOf = (made: Recording) => made.all("MetricAlarm").map(({ name }) => name);
const alarmsOf = (made: Recording, name = "web") =>
  made.named("Service", name).inputs.alarms as { alarmNames: string[] };

describe("alarms by which a deployment goes back", () => {
  it("are there where ECS has no circuit breaker, and with rolling where they are asked for", async () => {
    const both = ["web-deployment-5xx", "web-green-deployment-5xx"];
    const ofAlb = "web-deployment-load-balancer-5xx";
    for (const strategy of ["blue-green", "linear", "canary"] as const)
      expect(namesOf(await direct({ strategy })), strategy).to.have.members([...both, ofAlb]);
    expect(namesOf(await direct())).to.deep.equal([]);
    const enabled = { rollback: { enabled: true } };
    const rolling = await direct(enabled);
    expect(namesOf(rolling)).to.have.members(["web-deployment-5xx", ofAlb]);
    expect(rolling.one("Service").inputs.deploymentCircuitBreaker).to.include({ enable: true });
    const kept = await direct({ secondGroup: true, ...enabled });
    expect(namesOf(kept)).to.have.members([...both, ofAlb]);
  });

  it("are named in the service, so that they exist before it", async () => {
    const made = await direct({ strategy: "canary" });
    const names = made.all("MetricAlarm").map(({ outputs }) => outputs.name);
    expect(alarmsOf(made)).to.include({ enable: true, rollback: true });
    expect(alarmsOf(made).alarmNames).to.have.members(names);
  });

  it("watch the share of failed requests to each target group, and to the load balancer", async () => {
    const made = await direct({
      strategy: "blue-green",
      rollback: { errorPercent: 20, errors: 50 },
    });
    const LoadBalancer = made.one("LoadBalancer").outputs.arnSuffix;
    const group = (name: string) => made.named("TargetGroup", name).outputs.arnSuffix;
    const of = { name: "HTTPCode_Target_5XX_Count", LoadBalancer };
    const expected = {
      "web-deployment-5xx": { ...of, TargetGroup: group("web-tasks") },
      "web-green-deployment-5xx": { ...of, TargetGroup: group("web-green") },
      "web-deployment-load-balancer-5xx": { name: "HTTPCode_ELB_5XX_Count", LoadBalancer },
    };
    for (const [alarm, { name, ...dimensions }] of Object.entries(expected)) {
      const { inputs } = made.named("MetricAlarm", alarm);
      expect(inputs, alarm).to.include({
        ...{ threshold: 20, comparisonOperator: "GreaterThanOrEqualToThreshold" },
        ...{ evaluationPeriods: 3, datapointsToAlarm: 2, treatMissingData: "notBreaching" },
      });
      expect(inputs).to.not.have.any.keys("alarmActions", "okActions");
      const [share, failed, requests] = queriesOf(inputs);
      expect(share?.expression).to.equal("IF(failed >= 50, 100 * failed / requests, 0)");
      for (const [query, id, metricName] of [
        [failed, "failed", name],
        [requests, "requests", "RequestCount"],
      ] as const) {
        expect(query?.id).to.equal(id);
        expect(query?.metric).to.deep.equal({
          ...{ namespace: "AWS/ApplicationELB", metricName, dimensions, period: 60, stat: "Sum" },
        });
      }
    }
  });

  it("ask only for metrics that AWS's tables have", async () => {
    const made = await direct({ strategy: "blue-green" });
    const metrics = made
      .all("MetricAlarm")
      .flatMap(({ inputs }) => queriesOf(inputs).flatMap(({ metric }) => metric ?? []));
    expect(metrics).to.have.lengthOf(6);
    for (const { namespace, metricName, dimensions, stat } of metrics)
      expect(metricProblem(namespace, metricName, Object.keys(dimensions), stat)).to.equal(
        undefined,
      );
  });

  it("are a service's own where there are several", async () => {
    const api = { ...service, paths: ["/api/*"], deployment: { rollback: { enabled: true } } };
    const made = await direct(
      { strategy: "canary", rollback: { enabled: false } },
      { services: { api } },
    );
    const names = ["web-api-deployment-5xx", "web-api-deployment-load-balancer-5xx"];
    expect(namesOf(made)).to.have.members(names);
    expect(alarmsOf(made)).to.include({ enable: false });
    expect(alarmsOf(made, "web-api")).to.include({ enable: true });
    const [, failed] = queriesOf(made.named("MetricAlarm", names[0] ?? "").inputs);
    expect(failed?.metric?.dimensions).to.deep.equal({
      LoadBalancer: made.one("LoadBalancer").outputs.arnSuffix,
      TargetGroup: made.named("TargetGroup", "web-api-tasks").outputs.arnSuffix,
    });
  });

  it("watch a load balancer that another stack made", async () => {
    const shared = "app/shared/50dc6c495c0c9188";
    const listenerArn = `arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/${shared}/f2f7dc8efc522ab2`;
    const made = await recorded(ServicesAtListener, {
      ...{ variant: "h2-direct", placement },
      listener: { listenerArn, securityGroupId: "sg-0123456789abcdef0" },
      services: { api: { ...service, paths: ["/api/*"], deployment: { strategy: "canary" } } },
    });
    expect(namesOf(made)).to.have.lengthOf(3);
    for (const { inputs } of made.all("MetricAlarm"))
      expect(queriesOf(inputs)[1]?.metric?.dimensions.LoadBalancer).to.equal(shared);
  });

  it("watch the group of gRPC calls too", async () => {
    const app = { image: "r.example.com/a:1", port: 3000 };
    const made = await recorded(H1ViaCloudfront, {
      ...{ placement, domain, grpc: { services: ["shop.v1.Cart"] } },
      service: { ...service, app, deployment: { rollback: { enabled: true } } },
    });
    expect(namesOf(made)).to.include.members(["web-deployment-5xx", "web-grpc-deployment-5xx"]);
  });

  it("are none of those that notify, which count", async () => {
    const made = await direct({ strategy: "blue-green" }, { alarms: {} });
    const own = namesOf(made).filter((name) => name.includes("deployment-"));
    expect(own).to.have.lengthOf(3);
    const names = made
      .all("MetricAlarm")
      .filter(({ name }) => own.includes(name))
      .map(({ outputs }) => outputs.name);
    expect(alarmsOf(made).alarmNames).to.have.members(names);
  });

  it("need the listener of a service that is built by itself", async () => {
    const args = {
      ...{ image: "r.example.com/nginx:1", subnetIds: ["subnet-1"], securityGroupId: "sg-1" },
      targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/1",
      vpcCidr: "10.0.0.0/16",
    };
    const error = await recorded(WebService, {
      ...args,
      deployment: { rollback: { enabled: true } },
    }).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).to.match(/deployment\.rollback watches .* Give listenerArn/);
    const made = await recorded(WebService, { ...args, deployment: { strategy: "blue-green" } });
    expect(made.all("MetricAlarm")).to.deep.equal([]);
  });

  describe("and steps that are over before", () => {
    const rule = "deployment-faster-than-alarms";
    const quick: [what: string, deployment: DeploymentArgs, change: RegExp | undefined][] = [
      ["the usual ones", { strategy: "canary" }, undefined],
      ["a short canary", { strategy: "canary", stepMinutes: 1 }, /DEPLOYMENT\.stepMinutes to 3/],
      ["a short wait", { strategy: "blue-green", bakeMinutes: 2 }, /DEPLOYMENT\.bakeMinutes to 3/],
      ["nine short steps", { strategy: "linear", stepMinutes: 1 }, undefined],
      ["none", { strategy: "linear", stepMinutes: 0 }, /DEPLOYMENT\.stepMinutes to 1 or more\./],
      [
        "another alarm, which may be faster",
        { strategy: "canary", stepMinutes: 1, rollbackAlarms: ["others"] },
        undefined,
      ],
      [
        "no alarms",
        { strategy: "canary", stepMinutes: 1, rollback: { enabled: false } },
        undefined,
      ],
    ];
    for (const [what, deployment, change] of quick)
      it(`are a note, here and of what is made: ${what}`, async () => {
        const api = { ...service, paths: ["/api/*"], deployment };
        const args = { domain, service: { ...service, deployment }, services: { api } };
        const planned = planPath("h2-direct", "web", args).findings.filter((f) => f.code === rule);
        const made = await recorded(H2Direct, { placement, ...args });
        const found = judge(Stack.of(made.resources)).findings.filter(({ code }) => code === rule);
        const messages = found.map(({ message }) => message);
        expect(planned.map(({ message }) => message)).to.have.members(messages);
        expect(planned).to.have.lengthOf(change === undefined ? 0 : 2);
        for (const [at, finding] of planned.entries()) {
          const key = at === 0 ? "service.deployment" : "services.api.deployment";
          expect(finding.severity).to.equal("note");
          expect(finding.change.replace(key, "DEPLOYMENT")).to.match(change ?? /^$/);
        }
      });
  });

  it("are refused with thresholds out of bounds, before anything exists", async () => {
    for (const [rollback, says] of [
      [{ errorPercent: 0 }, /rollback\.errorPercent is 0: expected a number from 1 to 100/],
      [{ errors: 0 }, /rollback\.errors is 0: expected a number from 1/],
    ] as const) {
      const error = await direct({ strategy: "canary", rollback }).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      expect(error?.message).to.match(says);
    }
  });
});
