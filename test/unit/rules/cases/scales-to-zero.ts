import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const action = (range: unknown = { minCapacity: 0, maxCapacity: 0 }, inputs: object = {}) =>
  resource("aws:appautoscaling/scheduledAction:ScheduledAction", "night", {
    ...{ serviceNamespace: "ecs", resourceId: "service/main/web-2b3c4d5" },
    scalableDimension: "ecs:service:DesiredCount",
    ...{ schedule: "cron(0 20 ? * * *)", timezone: "Europe/Berlin" },
    scalableTargetAction: range,
    ...inputs,
  });
const web = (scheduled = action(), inputs: object = {}) =>
  plus(sound({ web: { name: "web-2b3c4d5", ...inputs } }), scheduled);

export const cases: Case = {
  broken: {
    "at night": [web(), "night", /cron\(0 20 \? \* \* \*\) \(Europe\/Berlin\).*503/],
  },
  fine: {
    "one task": web(action({ minCapacity: 1, maxCapacity: 1 })),
    "the minimum only": web(action({ minCapacity: 0 })),
    "no load balancer": web(action(), { loadBalancers: [] }),
    "a service of another program": web(action(undefined, { resourceId: "service/main/other" })),
  },
  fix: "one task",
  unknown: {
    "how many": web(action({ minCapacity: 0, maxCapacity: unknown })),
    "what is scaled": web(action(undefined, { resourceId: unknown })),
    "the load balancers": web(action(), { loadBalancers: unknown }),
  },
};
