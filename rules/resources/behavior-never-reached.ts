import { coveredPatterns } from "../../path/pathPatterns";
import { sources } from "../../path/sources";
import { blocks, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { type Fault, resourceRule } from "../rule";

export const behaviorNeverReached = resourceRule({
  code: "behavior-never-reached",
  severity: "warning",
  holds: "No behavior of a distribution comes after one that takes all of its paths.",
  fix: "Put the narrower path pattern first in orderedCacheBehaviors of the aws.cloudfront.Distribution, or leave it out.",
  source: sources.edgeBehaviour,
  types: [token.distribution],
  check: ({ name, props }) => {
    const patterns = blocks(props, "orderedCacheBehaviors").flatMap(
      (behavior) => text(behavior, "pathPattern") ?? [],
    );
    return coveredPatterns(patterns).map(({ pattern, by }): Fault => {
      const why =
        pattern === by
          ? "an earlier one has the same pattern"
          : `${by}, which comes first, takes all of its paths`;
      const instead =
        pattern === by
          ? "Leave one of the two out"
          : `Put ${pattern} before ${by}, or leave it out`;
      return {
        message: `The behavior ${pattern} of the distribution ${name} answers nothing: ${why}.`,
        fix: `${instead}, in orderedCacheBehaviors of the aws.cloudfront.Distribution ${name}.`,
        settings: `${instead}, in site.paths.`,
      };
    });
  },
});
