/** How new tasks replace old ones. */
import * as z from "zod";
import { deploymentBounds, deploymentStrategies, hookStages } from "../../path/deployments";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { cidrs } from "../addresses";
import { arnOf } from "../names";
import { booleanValue, enumValue, integerValue, patternValue, shapes } from "../values";

const usual = defaults.service.deployment;
const { minutes, errorPercent, errors } = deploymentBounds;

const hookExample =
  "{ functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:check', stages: [post-scale-up] }";

const hook = z.strictObject({
  functionArn: arnOf("lambda", "function"),
  stages: z.array(enumValue(hookStages)).min(1),
});

const alarm = () =>
  patternValue(/^\S.{0,254}$/, {
    values: "name or ARN",
    allowed: "the name or ARN of an alarm",
    example: "shop-errors",
  });

const rollback = z.strictObject({
  enabled: booleanValue().optional().register(abouts, {
    means:
      "True for alarms of the service's own: a deployment during which one fires fails, and ECS goes back. Default: true with `blue-green`, `linear` and `canary`, for which ECS has no circuit breaker",
  }),
  errorPercent: integerValue(errorPercent.least, errorPercent.most)
    .default(usual.rollback.errorPercent)
    .register(abouts, {
      means:
        "Percent of the requests to one target group that its tasks answer with 5xx, or of those to the load balancer that it answers with 5xx itself, at which these alarms fire",
    }),
  errors: integerValue(errors.least, errors.most)
    .default(usual.rollback.errors)
    .register(abouts, { means: "Fewest such requests a minute for an alarm to fire" }),
});

/** `service.deployment`, and that of a service in `services`. */
export const deployment = z.strictObject({
  strategy: enumValue(deploymentStrategies, {
    synonyms: {
      "blue-green": ["blue/green", "bluegreen", "BLUE_GREEN"],
      rolling: ["ROLLING"],
      linear: ["LINEAR"],
      canary: ["CANARY"],
    },
  })
    .default(usual.strategy)
    .register(abouts, {
      means:
        "How new tasks replace old ones: `rolling` in one target group; the others start all new tasks in a second one, and then move the requests: `blue-green` at once, `canary` a share first, `linear` in equal steps ([docs/deployments.md](deployments.md))",
    }),
  bakeMinutes: integerValue(minutes.least, minutes.most)
    .default(usual.bakeMinutes)
    .register(abouts, {
      means:
        "Minutes for which the old tasks run on after all requests have moved, so that going back takes seconds",
    }),
  canaryPercent: integerValue(1, 100)
    .default(usual.canaryPercent)
    .register(abouts, { means: "Percent of the requests that a canary gets" }),
  stepPercent: integerValue(deploymentBounds.stepPercent.least, 100)
    .default(usual.stepPercent)
    .register(abouts, { means: "Percent of the requests that each step of `linear` moves" }),
  stepMinutes: integerValue(minutes.least, minutes.most)
    .default(usual.stepMinutes)
    .register(abouts, { means: "Minutes between the steps of `canary` and `linear`" }),
  secondGroup: booleanValue().default(usual.secondGroup).register(abouts, {
    means:
      "With `rolling`: true for the second target group and its listener rule to exist all the same, as AWS asks before the first deployment with another strategy",
  }),
  testPort: integerValue(1, 65535, 8443).optional().register(abouts, {
    means:
      "Port of a listener that leads to the new tasks before viewers do. Default: no such listener",
  }),
  testCidrs: cidrs().min(1).optional().register(abouts, {
    means: "Ranges that may call `testPort`; nobody else can",
  }),
  rollback: rollback.prefault({}),
  rollbackAlarms: z.array(alarm()).optional().register(abouts, {
    means: "Further alarms of CloudWatch with the same effect, by name or ARN",
  }),
  hooks: z
    .array(hook)
    .register(shapes, {
      type: "array",
      values: "list of { functionArn, stages }",
      allowed: `a list of entries like ${hookExample}`,
      example: hookExample,
    })
    .default([...usual.hooks])
    .register(abouts, {
      means: `Lambda functions that decide whether a deployment goes on, each at stages: ${hookStages.map((stage) => `\`${stage}\``).join(", ")}`,
    }),
});
