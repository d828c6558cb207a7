import { blocks } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

/** Cache behaviours of a distribution. AWS raises it on request. */
const quota = 75;

export const behaviorQuota = resourceRule({
  code: "behavior-quota",
  severity: "warning",
  holds: `A distribution has at most ${quota} cache behaviours, as long as AWS has not raised the quota.`,
  fix: "Ask AWS for a higher quota, or match more paths with one pattern.",
  source:
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-web-distributions",
  types: [token.distribution],
  check: ({ name, props }) => {
    const count = blocks(props, "orderedCacheBehaviors").length;
    if (count <= quota) return undefined;
    return {
      message: `The distribution ${name} has ${count} cache behaviours besides its default one: unless AWS has raised the quota of ${quota} for this account, it refuses them with TooManyCacheBehaviors.`,
      fix: `Ask AWS for a higher quota of cache behaviours per distribution, or match more paths with one pathPattern of the aws.cloudfront.Distribution ${name}.`,
    };
  },
});
