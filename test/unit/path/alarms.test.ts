/** The alarms as a table: the metric, the meaning of missing data, and the notification's text. */
import { expect } from "chai";
import { alarmNames, alarmThresholds, type AlarmRow, type Watched } from "../../../path/alarmRow";
import { alarmTable } from "../../../path/alarms";
import { defaults } from "../../../path/defaults";
import { metricProblem } from "../../../path/metrics";

const all: Watched = {
  ...{ loadBalancer: true, edge: true, distribution: true, webAcl: "edge", service: true },
};
const table = alarmTable(alarmThresholds(), all);
const row = (name: string): AlarmRow => {
  const found = table.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no alarm ${name}`);
  return found;
};

/** `[name, metric, dimensions, statistic, comparison, silence]` */
// prettier-ignore
const expected: readonly (readonly [string, string, string, string, string, string])[] = [
  ["load-balancer-4xx", "AWS/ApplicationELB HTTPCode_ELB_4XX_Count", "LoadBalancer", "Sum", ">= 10", "notBreaching"],
  ["load-balancer-5xx", "AWS/ApplicationELB HTTPCode_ELB_5XX_Count", "LoadBalancer", "Sum", ">= 5", "notBreaching"],
  ["target-5xx", "AWS/ApplicationELB HTTPCode_Target_5XX_Count", "LoadBalancer,TargetGroup", "Sum", ">= 10", "notBreaching"],
  ["unhealthy-targets", "AWS/ApplicationELB UnHealthyHostCount", "LoadBalancer,TargetGroup", "Maximum", ">= 1", "breaching"],
  ["target-p99", "AWS/ApplicationELB TargetResponseTime", "LoadBalancer,TargetGroup", "p99", ">= 2", "notBreaching"],
  ["cpu", "AWS/ECS CPUUtilization", "ClusterName,ServiceName", "Average", ">= 85", "notBreaching"],
  ["memory", "AWS/ECS MemoryUtilization", "ClusterName,ServiceName", "Average", ">= 85", "notBreaching"],
  ["edge-5xx", "AWS/CloudFront 5xxErrorRate", "DistributionId,Region", "Average", ">= 5", "notBreaching"],
  ["waf-blocked", "AWS/WAFV2 BlockedRequests", "WebACL,Rule", "Sum", ">= 500", "notBreaching"],
  ["load-balancer-certificate-expiry", "AWS/CertificateManager DaysToExpiry", "CertificateArn", "Minimum", "<= 30", "ignore"],
  ["edge-certificate-expiry", "AWS/CertificateManager DaysToExpiry", "CertificateArn", "Minimum", "<= 30", "ignore"],
];

describe("the table of alarms", () => {
  it("has these rows, in this order", () => {
    expect(table.map(({ name }) => name)).to.deep.equal(expected.map(([name]) => name));
  });

  for (const [name, metric, dimensions, statistic, comparison, silence] of expected) {
    it(`${name}: ${statistic} of ${metric} ${comparison}; silence is ${silence}`, () => {
      const found = row(name);
      expect(`${found.namespace} ${found.metricName}`).to.equal(metric);
      expect(found.dimensions.join()).to.equal(dimensions);
      expect(found.statistic ?? found.extendedStatistic).to.equal(statistic);
      const sign = found.comparisonOperator === "LessThanOrEqualToThreshold" ? "<=" : ">=";
      expect(`${sign} ${found.threshold}`).to.equal(comparison);
      expect(found.treatMissingData).to.equal(silence);
    });
  }

  it("asks for three bad minutes of five, and of certificates for one day", () => {
    for (const found of table) {
      const { period, evaluationPeriods, datapointsToAlarm } = found;
      expect([period, evaluationPeriods, datapointsToAlarm], found.name).to.deep.equal(
        found.metricName === "DaysToExpiry" ? [86_400, 1, 1] : [60, 5, 3],
      );
    }
  });

  it("watches at the edge what AWS publishes there, and nothing else", () => {
    const edge = (watched: Watched) =>
      alarmTable(alarmThresholds(), watched)
        .filter(({ place }) => place === "edge")
        .map(({ name }) => name);
    expect(edge(all)).to.deep.equal(["edge-5xx", "waf-blocked", "edge-certificate-expiry"]);
    expect(edge({ ...all, webAcl: "stack" })).to.deep.equal([
      "edge-5xx",
      "edge-certificate-expiry",
    ]);
  });

  it("asks only for metrics, dimensions and statistics that AWS's tables have", () => {
    for (const webAcl of ["edge", "stack"] as const)
      for (const one of alarmTable(alarmThresholds(), { ...all, webAcl })) {
        const statistic = one.statistic ?? one.extendedStatistic ?? "";
        expect(metricProblem(one.namespace, one.metricName, one.dimensions, statistic)).to.equal(
          undefined,
        );
      }
  });

  it("has a name for each alarm, to leave it out", () => {
    expect(alarmNames).to.have.members([...table.map(({ name }) => name), "failed-deployments"]);
  });

  it("has no row for what is not there", () => {
    const none = { loadBalancer: false, edge: false };
    const names = (watched: Partial<Watched>) =>
      alarmTable(alarmThresholds(), { ...none, ...watched }).map(({ name }) => name);
    const five = expected.slice(0, 5).map(([name]) => name);
    expect(names({})).to.deep.equal(five);
    expect(names({ loadBalancer: true })).to.deep.equal([
      ...five,
      "load-balancer-certificate-expiry",
    ]);
    expect(names({ edge: true })).to.deep.equal([...five, "edge-certificate-expiry"]);
    expect(names({ distribution: true })).to.deep.equal([...five, "edge-5xx"]);
    expect(names({ webAcl: "stack" })).to.deep.equal([...five, "waf-blocked"]);
    expect(names({ service: true })).to.deep.equal([...five, "cpu", "memory"]);
  });

  it("says in the first one that 464 is counted there, and not in RequestCount", () => {
    expect(row("load-balancer-4xx").description).to.match(/464 is counted here.*RequestCount/);
  });

  it("says each threshold, within the 1,024 characters that CloudWatch takes", () => {
    for (const { description, threshold, name } of table) {
      const shown = name === "target-p99" ? threshold * 1000 : threshold;
      expect(description, name).to.include(` ${shown} `.trim());
      expect(description.length, name).to.be.lessThan(1025);
    }
    expect(new Set(table.map(({ description }) => description)).size).to.equal(table.length);
  });
});

describe("thresholds", () => {
  it("are the defaults where nothing else is said, undefined included", () => {
    expect(alarmThresholds()).to.deep.equal(defaults.alarms.thresholds);
    expect(alarmThresholds({ target5xx: undefined })).to.deep.equal(defaults.alarms.thresholds);
  });

  const keys = ["loadBalancer4xx", "loadBalancer5xx", "target5xx", "unhealthyTargets"] as const;
  const more = [
    "targetP99",
    "cpuPercent",
    "memoryPercent",
    "edge5xxPercent",
    "wafBlocked",
  ] as const;
  for (const [i, key] of [...keys, ...more].entries()) {
    it(`${key} moves its own alarm only`, () => {
      const moved = alarmTable(alarmThresholds({ [key]: 77 }), all);
      const changed = moved.filter((one, j) => one.threshold !== table[j]?.threshold);
      expect(changed.map(({ name, threshold }) => [name, threshold])).to.deep.equal([
        [expected[i]?.[0], key === "targetP99" ? 0.077 : 77],
      ]);
    });
  }

  it("certificateDays moves both certificates' alarms", () => {
    const moved = alarmTable(alarmThresholds({ certificateDays: 14 }), all);
    expect(moved.filter(({ threshold }) => threshold === 14)).to.have.length(2);
  });
});
