import { definitions, sound, type Case, unknown, unknownDefinitions } from "../caseParts";
import { arn } from "../program";

export const cases: Case = {
  broken: {
    "a container": [
      sound({
        web: {
          loadBalancers: [{ targetGroupArn: arn.tasks, containerName: "app", containerPort: 8080 }],
        },
      }),
      "web",
      /container app.*Its containers: nginx/s,
    ],
    "a port": [sound({ definition: definitions({}, 80) }), "web", /port 8080.*Its ports: 80/s],
  },
  fine: {
    "a range of ports": sound({
      definition: {
        containerDefinitions: JSON.stringify([
          { name: "nginx", portMappings: [{ containerPortRange: "8000-9000" }] },
        ]),
      },
    }),
    "a task definition of another program": sound({ web: { taskDefinition: "other:3" } }),
  },
  unknown: {
    "the containers": sound(unknownDefinitions),
    "the task definition": sound({ web: { taskDefinition: unknown } }),
  },
};
