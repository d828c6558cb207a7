/** The alarms as a table: the metric, the meaning of missing data, and the notification's text. */
import { expect } from "chai";
import { alarmTable, alarmThresholds, type AlarmRow } from "../../../path/alarms";
import { defaults } from "../../../path/defaults";

const all = { loadBalancer: true, edge: true };
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
      expect(found.statistic).to.equal(statistic);
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

  it("watches CloudFront's certificate at the edge, and nothing else there", () => {
    expect(table.filter(({ place }) => place === "edge").map(({ name }) => name)).to.deep.equal([
      "edge-certificate-expiry",
    ]);
  });

  it("has no row for a certificate that is not there", () => {
    const names = (loadBalancer: boolean, edge: boolean) =>
      alarmTable(alarmThresholds(), { loadBalancer, edge }).map(({ name }) => name);
    const four = expected.slice(0, 4).map(([name]) => name);
    expect(names(false, false)).to.deep.equal(four);
    expect(names(true, false)).to.deep.equal([...four, "load-balancer-certificate-expiry"]);
    expect(names(false, true)).to.deep.equal([...four, "edge-certificate-expiry"]);
  });

  it("says in the first one that 464 is counted there, and not in RequestCount", () => {
    expect(row("load-balancer-4xx").description).to.match(/464 is counted here.*RequestCount/);
  });

  it("says each threshold, within the 1,024 characters that CloudWatch takes", () => {
    for (const { description, threshold, name } of table) {
      expect(description, name).to.include(` ${threshold} `.trim());
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

  for (const [i, key] of (
    ["loadBalancer4xx", "loadBalancer5xx", "target5xx", "unhealthyTargets"] as const
  ).entries()) {
    it(`${key} moves its own alarm only`, () => {
      const moved = alarmTable(alarmThresholds({ [key]: 77 }), all);
      const changed = moved.filter((one, j) => one.threshold !== table[j]?.threshold);
      expect(changed.map(({ name, threshold }) => [name, threshold])).to.deep.equal([
        [expected[i]?.[0], 77],
      ]);
    });
  }

  it("certificateDays moves both certificates' alarms", () => {
    const moved = alarmTable(alarmThresholds({ certificateDays: 14 }), all);
    expect(moved.filter(({ threshold }) => threshold === 14)).to.have.length(2);
  });
});
