/** What AWS refuses of how a service is deployed. */
import { token } from "../../../../topology/tokens";
import type { Case } from "./case";

const code = "InvalidParameterException";
const strategy = (deploymentConfiguration: object) => () => ({ deploymentConfiguration });
const shifted = (advancedConfiguration: object) => () => ({
  "loadBalancers[0].advancedConfiguration": advancedConfiguration,
});

export const deployments: Case[] = [
  {
    what: "an unknown strategy",
    type: token.service,
    wrong: strategy({ strategy: "BLUEGREEN" }),
    code,
    says: /BLUE_GREEN/,
  },
  {
    what: "an unknown stage of a hook",
    type: token.service,
    wrong: strategy({
      strategy: "BLUE_GREEN",
      lifecycleHooks: [{ lifecycleStages: ["BEFORE"] }],
    }),
    code,
    says: /POST_SCALE_UP/,
  },
  {
    what: "a bake time of more than a day",
    type: token.service,
    wrong: strategy({ strategy: "BLUE_GREEN", bakeTimeInMinutes: "1441" }),
    code,
    says: /between 0 and 1440/,
  },
  {
    what: "a canary of 0 percent",
    type: token.service,
    wrong: strategy({ strategy: "CANARY", canaryConfiguration: { canaryPercent: 0 } }),
    code,
    says: /from 0\.1 to 100/,
  },
  {
    what: "a step of 2 percent",
    type: token.service,
    wrong: strategy({ strategy: "LINEAR", linearConfiguration: { stepPercent: 2 } }),
    code,
    says: /from 3 to 100/,
  },
  {
    what: "a canary's share with another strategy",
    type: token.service,
    wrong: strategy({ strategy: "BLUE_GREEN", canaryConfiguration: { canaryPercent: 10 } }),
    code,
    says: /only valid with the deployment strategy CANARY/,
  },
  {
    what: "steps with another strategy",
    type: token.service,
    wrong: strategy({ strategy: "CANARY", linearConfiguration: { stepPercent: 10 } }),
    code,
    says: /only valid with the deployment strategy LINEAR/,
  },
  {
    what: "blue/green with CodeDeploy's controller",
    type: token.service,
    wrong: () => ({
      deploymentConfiguration: { strategy: "BLUE_GREEN" },
      deploymentController: { type: "CODE_DEPLOY" },
    }),
    code,
    says: /need the ECS deployment controller/,
  },
  {
    what: "alarms switched off with an empty list",
    type: token.service,
    wrong: () => ({ alarms: { alarmNames: [], enable: false, rollback: false } }),
    code: "ParamRequiredError",
    says: /missing required field.*leave a name in the list/,
  },
  {
    what: "a second target group that does not exist",
    type: token.service,
    wrong: shifted({
      alternateTargetGroupArn:
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/gone/0000000000000000",
    }),
    code,
    says: /target group .* does not exist/,
  },
];
