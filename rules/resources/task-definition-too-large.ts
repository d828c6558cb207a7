import {
  ecsQuotas,
  kibibytesOf,
  kibibytesText,
  largestTaskDefinition,
} from "../../path/taskDefinitions";
import { containersOf } from "../../topology/stack/containers";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

export const taskDefinitionTooLarge = resourceRule({
  code: "task-definition-too-large",
  severity: "error",
  holds: `A task definition has at most ${largestTaskDefinition} KiB.`,
  fix: "Move large values of environment into the image, or into a file that the container fetches (Amazon S3, Systems Manager).",
  source: ecsQuotas,
  types: [token.taskDefinition],
  check: ({ name, props }) => {
    // The rest of it only adds to what the containers take.
    const size = kibibytesOf(containersOf(props) ?? []);
    if (size <= largestTaskDefinition) return undefined;
    return {
      message: `The containers of the task definition ${name} take ${kibibytesText(size)} KiB, and AWS takes no task definition of more than ${largestTaskDefinition} KiB.`,
      fix: `Move large values of environment in containerDefinitions of the aws.ecs.TaskDefinition ${name} into the image, or into a file that the container fetches (Amazon S3, Systems Manager).`,
      settings:
        "Move large values of service.app.environment into the image, or into a file that the app fetches (Amazon S3, Systems Manager).",
    };
  },
});
