import { sources } from "../../path/sources";
import { blocks, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const vpcOriginUnused = stackRule({
  code: "vpc-origin-unused",
  severity: "warning",
  holds: "A distribution uses every VPC origin.",
  fix: "Name the aws.cloudfront.VpcOrigin in origins[].vpcOriginConfig.vpcOriginId of an aws.cloudfront.Distribution, or leave it out.",
  source: sources.vpcOrigins,
  unused: true,
  subjects: (stack) => stack.of(token.vpcOrigin),
  check: ({ urn, name, id }, stack) => {
    const used = [...stack.of(token.distribution), ...stack.of(token.multitenantDistribution)]
      .flatMap(({ props }) => blocks(props, "origins"))
      .flatMap((origin) => [
        ...blocks(origin, "vpcOriginConfig"),
        ...blocks(origin, "vpcOriginConfigs"),
      ])
      .some((config) => text(config, "vpcOriginId") === id);
    if (used) return undefined;
    return {
      urn,
      message: `No distribution of the program uses the VPC origin ${name}: nothing is requested through it, unless another program's distribution uses it.`,
      fix: `Name the aws.cloudfront.VpcOrigin ${name} in origins[].vpcOriginConfig.vpcOriginId of an aws.cloudfront.Distribution, or leave it out.`,
    };
  },
});
