/** aws.ec2.DefaultSecurityGroup: takes over the group that every VPC comes with. */
import { arn } from "../ids";
import { textAt } from "../props";
import { others, ResourceModel } from "../row";
import { token } from "../../../topology/tokens";
import { vpcReference } from "./ec2Parts";

const page = "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html";

export const defaultSecurityGroup: ResourceModel = {
  type: token.defaultSecurityGroup,
  references: [vpcReference],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((group) => group.outputs.vpcId === candidate.inputs.vpcId)
      .map((group) => ({
        code: "DuplicateDefaultSecurityGroup",
        message: `'${group.name}' manages the default security group of ${String(group.outputs.vpcId)} already; a second resource would undo its rules.`,
        property: "vpcId",
        source: page,
      })),
  replaceOn: ["vpcId", "region"],
  outputs: (candidate, account) => {
    const owner = account.lookup(token.vpc, textAt(candidate.inputs, "vpcId"));
    // A VPC from outside the program has one too, but its id is not known.
    const id = textAt(owner?.outputs ?? {}, "defaultSecurityGroupId") ?? `sg-0${candidate.hex(16)}`;
    return {
      id,
      arn: arn("ec2", candidate.region, account.accountId, `security-group/${id}`),

      name: "default",
      description: "default VPC security group",
      ownerId: account.accountId,
    };
  },
};
