import { plus, sound, type Case, unknown, unknownDefinitions } from "../caseParts";
import { resource } from "../program";

const logging = (options: object, logDriver = "awslogs") =>
  sound({
    definition: {
      containerDefinitions: JSON.stringify([
        {
          ...{ name: "nginx", image: "nginx:1.31", portMappings: [{ containerPort: 8080 }] },
          logConfiguration: { logDriver, options },
        },
      ]),
    },
  });
const toWeb = { "awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1" };
const group = (name: unknown) => resource("aws:cloudwatch/logGroup:LogGroup", "logs", { name });

export const cases: Case = {
  broken: {
    "no log group": [logging(toWeb), "definition", /logs to \/ecs\/web.*unless the log group/],
    "another log group": [plus(logging(toWeb), group("/ecs/other")), "definition", /\/ecs\/web/],
  },
  fine: {
    "the program's": plus(logging(toWeb), group("/ecs/web")),
    "one that ECS makes": logging({ ...toWeb, "awslogs-create-group": "true" }),
    "another driver": logging({}, "awsfirelens"),
    "no logs at all": sound({}),
    "no JSON at all": sound({ definition: { containerDefinitions: "[" } }),
  },
  fix: "the program's",
  unknown: {
    "the containers": sound(unknownDefinitions),
    "the log group's name": plus(logging(toWeb), group(unknown)),
  },
};
