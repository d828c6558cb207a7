import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const target = (inputs = {}) =>
  resource("aws:appautoscaling/target:Target", "scaling", {
    ...{ serviceNamespace: "ecs", resourceId: "service/main/web-1a2b3c4" },
    scalableDimension: "ecs:service:DesiredCount",
    ...{ minCapacity: 2, maxCapacity: 6, ...inputs },
  });

/** What of the service the program ignores. */
const ignoring = (ignoreChanges: string[], web = {}, scaling = target()) => {
  const program = plus(sound({ web: { name: "web-1a2b3c4", desiredCount: 3, ...web } }), scaling);
  return () => program().map((one) => (one.name === "web" ? { ...one, ignoreChanges } : one));
};

export const cases: Case = {
  broken: {
    "nothing is ignored": [ignoring([]), "web", /scaling scales .* whatever the load is/],
    "something else is ignored": [ignoring(["taskDefinition"]), "web", /does not ignore/],
  },
  fine: {
    "it is ignored": ignoring(["desiredCount"]),
    "everything is ignored": ignoring(["*"]),
    "the program sets none": ignoring([], { desiredCount: undefined }),
    "another service is scaled": ignoring([], {}, target({ resourceId: "service/main/other" })),
  },
  fix: "the program sets none",
  unknown: {
    "how many": ignoring([], { desiredCount: unknown }),
    "what is scaled": ignoring([], {}, target({ resourceId: unknown })),
  },
};
