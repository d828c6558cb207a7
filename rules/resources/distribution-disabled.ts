import { sources } from "../../path/sources";
import { boolean } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

export const distributionDisabled = resourceRule({
  code: "distribution-disabled",
  severity: "error",
  holds: "A distribution is enabled.",
  fix: "Set enabled: true on the aws.cloudfront.Distribution.",
  source: sources.edgeEnabled,
  types: [token.distribution],
  check: ({ name, props }) =>
    boolean(props, "enabled") === false
      ? {
          message: `The distribution ${name} is disabled: CloudFront accepts no request for it.`,
          fix: `Set enabled: true on the aws.cloudfront.Distribution ${name}.`,
        }
      : undefined,
});
