import { sources } from "../../path/sources";
import { pathRule } from "../rule";

/** Of paths without resources only: resources do not say who else is in their VPC. */
export const plainTextSharedVpc = pathRule({
  code: "plain-text-shared-vpc",
  severity: "warning",
  ofVariants: true,
  holds: "In a VPC that other systems may share, the load balancer calls the tasks over TLS.",
  fix: 'Set protocol: "HTTPS" on the aws.lb.TargetGroup and let the container speak TLS, unless nothing else runs in the VPC.',
  source: sources.encryptInTransit,
  on: ["targetGroup"],
  check: ({ target, sharedVpc }, { the }) => {
    if (!sharedVpc || target.protocol !== "HTTP") return undefined;
    return {
      message: `The VPC was given, so other systems may share it, and ${the.loadBalancer} calls the tasks in plain text.`,
      settings: "Set origin.protocol: https, unless nothing else runs in this VPC.",
    };
  },
});
