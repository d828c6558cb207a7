import { sound, type Case, unknown } from "../caseParts";
import { everything, ids } from "../program";

const onPort = (port: unknown) => ({ tasks: { healthCheck: { path: "/healthz", port } } });
const tcp = (fromPort: unknown, toPort: unknown = fromPort) => ({
  ...{ protocol: "tcp", fromPort, toPort },
});
const admitting = (...rules: object[]) => ({
  "task-group": {
    ingress: rules.map((rule) => ({ ...rule, securityGroups: [ids.albGroup] })),
    egress: [everything],
  },
});
const leading = (...rules: object[]) => ({
  "alb-group": {
    egress: rules.map((rule) => ({ ...rule, securityGroups: [ids.taskGroup] })),
  },
});

export const cases: Case = {
  broken: {
    "a port that the tasks' group does not open": [
      sound(onPort("5005")),
      "task-group",
      /admits nobody on their port 5005: no target of the target group tasks becomes healthy/,
    ],
    "a port to which the load balancer's group has no rule": [
      sound({ ...onPort("5005"), ...admitting(tcp(5000, 9000)), ...leading(tcp(8080)) }),
      "task-group",
      /lets health checks out to their port 5005/,
    ],
  },
  fine: {
    "the port of requests": sound(onPort("traffic-port")),
    "its number": sound(onPort("8080")),
    "a port that both groups open": sound({
      ...onPort("5005"),
      ...admitting(tcp(8080), tcp(5005)),
      ...leading(tcp(5000, 9000)),
    }),
    "a group of another program": sound({
      ...onPort("5005"),
      web: { networkConfiguration: { securityGroups: ["sg-given"] } },
    }),
  },
  unknown: {
    "the port": sound(onPort(unknown)),
    "what the tasks' group opens": sound({
      ...onPort("5005"),
      ...admitting(tcp(8080), tcp(unknown)),
    }),
  },
};
