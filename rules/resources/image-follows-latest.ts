import { followsLatest } from "../../path/taskDefinitions";
import { text } from "../../topology/props";
import { containersOf } from "../../topology/stack/containers";
import { token } from "../../topology/tokens";
import { type Fault, resourceRule } from "../rule";

export const imageFollowsLatest = resourceRule({
  code: "image-follows-latest",
  severity: "note",
  holds: "Images of containers are named with a digest, or with a tag other than latest.",
  fix: "Give image of the container a specific tag or, best, a digest.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
  types: [token.taskDefinition],
  check: ({ name, props }) =>
    (containersOf(props) ?? []).flatMap((container): Fault[] => {
      const image = text(container, "image");
      if (image === undefined || !followsLatest(image)) return [];
      return [
        {
          message: `The image ${image} of the task definition ${name} is what was pushed last as latest when a deployment begins: going back to an earlier revision does not bring the earlier code back.`,
          fix: `Give image in containerDefinitions of the aws.ecs.TaskDefinition ${name} a specific tag or, best, a digest.`,
          settings: "Give the image a specific tag or, best, a digest.",
        },
      ];
    }),
});
