/** How many tasks there are, and what changes it; the share of them on Fargate Spot. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { scheduleProblem, timezoneProblem } from "../../path/schedules";
import { targetQuota } from "../../path/vpcs";
import { abouts } from "../about";
import { integerValue, patternValue, shapes, textValue } from "../values";

const usual = defaults.service.scaling;

const timezone = () =>
  textValue(
    {
      values: "time zone",
      allowed: "the name of an IANA time zone, such as Europe/Berlin",
      example: "Europe/Berlin",
    },
    (value) => {
      const problem = timezoneProblem(value);
      const why = "the name of an IANA time zone, such as Europe/Berlin";
      return problem && { why, ...problem };
    },
  );

const example = "cron(0 20 ? * MON-FRI *)";

const schedule = z.strictObject({
  schedule: textValue(
    {
      values: "cron(…), rate(…) or at(…)",
      allowed: `cron(...), rate(...) or at(...), such as ${example}`,
      example,
    },
    (value) => {
      const why = scheduleProblem(value);
      return why === undefined ? undefined : { why };
    },
  ),
  timezone: timezone().default(usual.timezone),
  min: integerValue(0, targetQuota),
  max: integerValue(0, targetQuota).optional(),
});

/** `service.scaling` */
export const scaling = z.strictObject({
  min: integerValue(1, targetQuota).default(defaults.service.count).register(abouts, {
    means:
      "Fewest tasks, and the number that a new service starts with. Only a schedule can set none",
  }),
  max: integerValue(1, targetQuota, 6).register(abouts, {
    means: "Most tasks, unless a schedule sets another number",
  }),
  cpuPercent: integerValue(1, 100, 60)
    .optional()
    .register(abouts, {
      means: `Average CPU use, in percent of \`service.cpu\`, that the number of tasks follows. Default: ${usual.cpuPercent}, if neither memory nor requests are followed`,
    }),
  memoryPercent: integerValue(1, 100, 70).optional().register(abouts, {
    means: "The same for `service.memory`. Default: not followed",
  }),
  requestsPerTarget: integerValue(1, 1_000_000, 1000).optional().register(abouts, {
    means: "Requests for each task in a minute. Default: not followed",
  }),
  scaleInCooldown: integerValue(0, 3600).default(usual.scaleInCooldown).register(abouts, {
    means: "Seconds from removing tasks to removing more",
  }),
  scaleOutCooldown: integerValue(0, 3600).default(usual.scaleOutCooldown).register(abouts, {
    means: "Seconds that tasks get to start and take requests before more are added",
  }),
  schedules: z
    .record(
      patternValue(/^[a-z][a-z0-9-]{0,39}$/, {
        values: "name",
        allowed: "up to 40 small letters, digits and hyphens, a letter first",
      }),
      schedule,
    )
    .register(shapes, {
      type: "object",
      values: "name: { schedule, min, … }",
      allowed: `names, each with keys of ${Object.keys(schedule.shape).join(", ")}`,
    })
    .default({})
    .register(abouts, {
      example: { nights: { schedule: "cron(0 20 ? * MON-FRI *)", min: 1, max: 2 } },
      means:
        "Other ranges from certain times on, by names of your own: `schedule` (`cron(…)`, `rate(…)` or `at(…)` as AWS writes them), `min`, and perhaps `timezone` (UTC) and `max` (that of `service.scaling`). `min: 0` stops every task; see docs/scaling.md",
    }),
});

/** `service.spot` */
export const spot = z.strictObject({
  percent: integerValue(0, 100, 50).register(abouts, {
    means:
      "Share of the tasks beyond `service.spot.base` that run on Fargate Spot; 0 for none. AWS takes such tasks back with two minutes' notice",
  }),
  base: integerValue(0, targetQuota).default(defaults.service.spot.base).register(abouts, {
    means: "Tasks that are always on demand",
  }),
});
