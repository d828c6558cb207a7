/** aws.appautoscaling.ScheduledAction */
import { scheduleProblem, schedulePage, timezoneProblem } from "../../../path/schedules";
import { arn, uuid } from "../ids";
import { textAt, valuesAt } from "../props";
import { ResourceModel } from "../row";
import { matchesPattern, when } from "../rules";
import { token } from "../../../topology/tokens";
import { capacity, identified, madeWith, scaled, scalingApi, unregistered } from "./appAutoscaling";

const actionPage = `${scalingApi}/API_PutScheduledAction.html`;
const code = "ValidationException";
const action = "scalableTargetAction";

export const scheduledAction: ResourceModel = {
  type: token.scheduledAction,
  required: [...identified, "schedule", action],
  autoName: { property: "name", maxLength: 256 },
  defaults: () => ({ timezone: "UTC" }),
  rules: [
    ...scaled(actionPage),
    matchesPattern(
      "name",
      (name) => /^[^:/|\p{Cc}]{1,256}$/u.test(name) && name.trim() === name,
      "1 to 256 characters without : / and |",
      {
        code,
        source: actionPage,
      },
    ),
    when(
      (inputs) => {
        const schedule = textAt(inputs, "schedule");
        const expected = schedule === undefined ? undefined : scheduleProblem(schedule);
        return expected === undefined
          ? undefined
          : `'${schedule ?? ""}' is no valid schedule: expected ${expected}.`;
      },
      "schedule",
      { code, source: schedulePage },
    ),
    matchesPattern(
      "timezone",
      (name) => timezoneProblem(name) === undefined,
      "the name of an IANA time zone",
      { code, source: schedulePage },
    ),
    ...capacity(`${action}.minCapacity`, `${action}.maxCapacity`, actionPage),
    when(
      (inputs) =>
        action in inputs &&
        ["minCapacity", "maxCapacity"].every(
          (key) => valuesAt(inputs, `${action}.${key}`).length === 0,
        ),
      action,
      {
        code,
        source: actionPage,
        say: "A scheduled action needs minCapacity, maxCapacity or both.",
      },
    ),
  ],
  refuse: (candidate, account) => unregistered(candidate, account, actionPage),
  replaceOn: [...madeWith, "name"],
  outputs: ({ inputs, region, urn }, account) => {
    const [name, namespace, of] = [inputs.name, inputs.serviceNamespace, inputs.resourceId].map(
      String,
    );
    const path = `${namespace ?? ""}/${of ?? ""}:scheduledActionName/${name ?? ""}`;
    return {
      id: `${name ?? ""}-${namespace ?? ""}-${of ?? ""}`,
      arn: arn(
        "autoscaling",
        region,
        account.accountId,
        `scheduledAction:${uuid(urn)}:resource/${path}`,
      ),
    };
  },
};
