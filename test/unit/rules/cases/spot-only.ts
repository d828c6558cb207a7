import { sound, type Case, unknown } from "../caseParts";

const spot = { capacityProvider: "FARGATE_SPOT", weight: 1 };
const shared = (strategies: unknown, web: object = {}) =>
  sound({ web: { launchType: undefined, capacityProviderStrategies: strategies, ...web } });

export const cases: Case = {
  broken: {
    "nothing else": [shared([spot]), "web", /Fargate Spot.*503/],
    "on demand with a weight of 0": [
      shared([spot, { capacityProvider: "FARGATE", weight: 0 }]),
      "web",
      /two minutes/,
    ],
  },
  fine: {
    "a base on demand": shared([spot, { capacityProvider: "FARGATE", weight: 1, base: 1 }]),
    "all on demand": shared([{ capacityProvider: "FARGATE", weight: 1 }]),
    "a launch type": sound({}),
    "instances of the program's own": shared([{ capacityProvider: "spot-instances", weight: 1 }]),
    "no load balancer": shared([spot], { loadBalancers: [] }),
  },
  fix: "a base on demand",
  unknown: {
    "the strategy": shared(unknown),
    "a provider": shared([{ ...spot, capacityProvider: unknown }]),
    "the load balancers": shared([spot], { loadBalancers: unknown }),
  },
};
