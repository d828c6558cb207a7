import { plus, sound, trust, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const unused = { definition: { executionRoleArn: undefined } };

export const cases: Case = {
  broken: {
    "no task definition": [sound(unused), "execution", /which only ECS tasks can assume/],
  },
  fine: {
    "an execution role": sound({}),
    "a task role": sound({
      definition: {
        executionRoleArn: undefined,
        taskRoleArn: "arn:aws:iam::123456789012:role/execution",
      },
    }),
    "a role for others too": sound({
      ...unused,
      ...trust({ Principal: { Service: ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] } }),
    }),
    "jobs of Batch": plus(
      sound(unused),
      resource("aws:batch/jobDefinition:JobDefinition", "j", {}),
    ),
  },
  unknown: {
    "the task definition's roles": sound({
      definition: { executionRoleArn: undefined, taskRoleArn: unknown },
    }),
  },
};
