/** Whether an existing VPC has an internet gateway, which a VPC origin needs. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { findingOf } from "../../rules/found";
import { vpcOriginWithoutInternetGateway as rule } from "../../rules/resources/vpc-origin-without-internet-gateway";
import { formatFinding } from "../../rules/pathError";

/** What the provider answers where there is none; every other error says nothing about that. */
const none = /no matching .*internet gateway/i;

/**
 * Prints a finding at every preview if the VPC has none. A VPC that the program creates is not looked
 * up: the rule reads its resources. Where AWS does not answer, e.g. for want of a permission,
 * nothing is said.
 */
export function reportMissingGateway(
  vpcId: pulumi.Input<string>,
  component: pulumi.ComponentResource,
): void {
  if (typeof vpcId !== "string") return;
  const filters = [{ name: "attachment.vpc-id", values: [vpcId] }];
  // The program may end with the answer, before what follows from it is printed.
  const printed = pulumi.runtime.rpcKeepAlive();
  void aws.ec2
    .getInternetGateway({ filters }, { parent: component, async: true })
    .catch((error: unknown) => {
      if (!none.test(String(error))) return;
      const message = `CloudFront reaches nothing through a VPC origin in ${vpcId}: the VPC has no internet gateway, which VPC origins need although it carries none of their traffic.`;
      const fix = `Attach an internet gateway to ${vpcId}. It needs no route.`;
      void pulumi.log.warn(formatFinding(findingOf(rule, { message, fix }, false)), component);
    })
    .finally(printed);
}
