/** Every variant as resources by hand, from the row that our own components are made from. */
import { type Variant, variantNames, variants } from "../../../path/variants";
import type { StackOptions } from "./resources";

const stackOf = (variant: Variant): Omit<StackOptions, "port"> => {
  const { edge, target, mustWork } = variants[variant];
  return {
    variant,
    edge: edge === undefined ? "none" : "public",
    listener: "HTTPS",
    version: target,
    originHttpVersion: edge?.originHttpVersion,
    grpc: mustWork.includes("grpc"),
  };
};

/** Of each variant, with a public load balancer. */
export const variantStacks = Object.fromEntries(
  variantNames.map((variant) => [variant, stackOf(variant)]),
) as Readonly<Record<Variant, Omit<StackOptions, "port">>>;
