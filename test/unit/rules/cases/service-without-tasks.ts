import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const none = (more = {}) => sound({ web: { desiredCount: 0, name: "web-5d6e7f8", ...more } });
const scaling = (inputs = {}) =>
  resource("aws:appautoscaling/target:Target", "scaling", {
    ...{ serviceNamespace: "ecs", resourceId: "service/main/web-5d6e7f8" },
    ...inputs,
  });

export const cases: Case = {
  broken: {
    none: [none(), "web", /desiredCount is 0/],
    "another service that is scaled": [
      plus(none(), scaling({ resourceId: "service/main/other" })),
      "web",
      /desiredCount is 0/,
    ],
  },
  fine: {
    "nothing said, which is one": sound({}),
    "what Application Auto Scaling sets": plus(none(), scaling()),
    "a task on each instance": none({ schedulingStrategy: "DAEMON" }),
  },
  unknown: {
    "how many": sound({ web: { desiredCount: unknown } }),
    "what is scaled": plus(none(), scaling({ resourceId: unknown })),
  },
};
