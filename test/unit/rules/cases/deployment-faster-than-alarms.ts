import type { Props } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const alarm = (name: string, inputs: Props = {}) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", name, {
    ...{ name, comparisonOperator: "GreaterThanThreshold", threshold: 5 },
    ...{ namespace: "AWS/ApplicationELB", metricName: "HTTPCode_Target_5XX_Count" },
    ...{ statistic: "Sum", period: 60, evaluationPeriods: 3, ...inputs },
  });
const ofShares = alarm("shares", {
  ...{ namespace: undefined, metricName: undefined, statistic: undefined, period: undefined },
  metricQueries: [
    { id: "share", expression: "100 * failed / requests", returnData: true },
    { id: "failed", metric: { period: 60, stat: "Sum" } },
    { id: "requests", metric: { period: 60, stat: "Sum" } },
  ],
});
const deploying = (deploymentConfiguration: unknown, alarms: Props = {}) =>
  sound({
    web: {
      deploymentConfiguration,
      alarms: { alarmNames: ["errors"], enable: true, rollback: true, ...alarms },
    },
  });
const blueGreen = (minutes: number) => ({
  strategy: "BLUE_GREEN",
  bakeTimeInMinutes: String(minutes),
});
const canary = (minutes: unknown, after = 3) => ({
  ...{ strategy: "CANARY", bakeTimeInMinutes: String(after) },
  canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: minutes },
});
const linear = (minutes: number) => ({
  ...{ strategy: "LINEAR", bakeTimeInMinutes: "3" },
  linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: String(minutes) },
});

export const cases: Case = {
  broken: {
    "a canary that gets requests for a minute": [
      plus(deploying(canary("1")), alarm("errors")),
      "web",
      /evaluate 3 min\. The new tasks have all requests after 1 min\..*canaryBakeTimeInMinutes to 3 or more in/s,
    ],
    "old tasks that stop at once": [
      plus(deploying(blueGreen(0)), alarm("errors")),
      "web",
      /old tasks run on for 0 min once.*bakeTimeInMinutes to 3 or more/s,
    ],
    "steps and a wait that are too short": [
      plus(deploying(canary("2", 2)), alarm("errors")),
      "web",
      /after 2 min, and the old tasks run on for 2 min more.*BakeTimeInMinutes to 3 or more, and bake/s,
    ],
    "one step of two, and an alarm of several metrics": [
      plus(deploying(linear(2), { alarmNames: ["shares"] }), ofShares),
      "web",
      /after 2 min/,
    ],
  },
  fine: {
    "as long as the alarm evaluates": plus(deploying(canary("3")), alarm("errors")),
    "AWS's own default for a canary": plus(deploying(canary(undefined)), alarm("errors")),
    "old tasks that stop nobody says when": plus(
      deploying({ strategy: "CANARY" }),
      alarm("errors"),
    ),
    "a faster alarm": plus(
      deploying(canary("1"), { alarmNames: ["errors", "fast"] }),
      alarm("errors"),
      alarm("fast", { evaluationPeriods: 1 }),
    ),
    "an alarm that the program does not make": plus(
      deploying(blueGreen(1), { alarmNames: ["errors", "others"] }),
      alarm("errors"),
    ),
    "alarms that only end it": plus(deploying(blueGreen(1), { rollback: false }), alarm("errors")),
    "no alarms": deploying(blueGreen(1), { enable: false }),
    "tasks that are replaced one by one": plus(deploying({ strategy: "ROLLING" }), alarm("errors")),
  },
  fix: "as long as the alarm evaluates",
  unknown: {
    "the steps": plus(deploying(canary(unknown)), alarm("errors")),
    "how much the alarm evaluates": plus(
      deploying(canary("1")),
      alarm("errors", { evaluationPeriods: unknown }),
    ),
    "the alarm's name": plus(deploying(canary("1")), alarm("errors", { name: unknown })),
  },
};
