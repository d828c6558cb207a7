/** Security groups. */
import { LocalResource } from "../types";
import { arn, idsOf } from "../ids";
import { textsAt } from "../props";
import { others, ResourceModel, AccountView } from "../row";
import { matchesPattern, maxLength } from "../rules";
import { token } from "../../../topology/tokens";
import { ec2Api, vpcReference } from "./ec2Parts";
import { refuseInline } from "./ec2SecurityGroupRules";

/** What prevents a group's deletion: resources and rules of other groups that refer to it. */
function users(group: LocalResource, account: AccountView): LocalResource[] {
  const named = (type: string, path: string): LocalResource[] =>
    account
      .all(type)
      .filter((r) => r.id !== group.id && textsAt(r.outputs, path).includes(group.id));
  const rules = [token.securityGroupIngress, token.securityGroupEgress].flatMap((type) =>
    named(type, "referencedSecurityGroupId"),
  );
  return [
    ...named(token.loadBalancer, "securityGroups[]"),
    ...named(token.service, "networkConfiguration.securityGroups[]"),
    ...named(token.vpcEndpoint, "securityGroupIds[]"),
    ...rules.filter((rule) => rule.outputs.securityGroupId !== group.id),
  ];
}

/** aws.ec2.SecurityGroup */
export const securityGroup: ResourceModel = {
  type: token.securityGroup,
  autoName: { property: "name", maxLength: 255 },
  defaults: () => ({ description: "Managed by Pulumi" }),
  rules: [
    maxLength("name", 255, { source: `${ec2Api}/API_CreateSecurityGroup.html` }),
    matchesPattern("name", /^(?!sg-)/, "a name", {
      code: "InvalidParameterValue",
      message: (n) => `Security group names can't begin with "sg-": ${n}`,
      source: `${ec2Api}/API_CreateSecurityGroup.html`,
    }),
    matchesPattern(
      "description",
      /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
      "a description of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
      { code: "InvalidParameterValue", source: `${ec2Api}/API_CreateSecurityGroup.html` },
    ),
  ],
  references: [vpcReference],
  refuse: (candidate, account) => [
    ...refuseInline(candidate, account),
    ...others(candidate, account)
      .filter(
        (g) =>
          g.outputs.name === candidate.inputs.name && g.outputs.vpcId === candidate.inputs.vpcId,
      )
      .map((g) => ({
        code: "InvalidGroup.Duplicate",
        message: `The security group '${String(g.outputs.name)}' already exists for VPC '${String(g.outputs.vpcId)}'`,
        property: "name",
        source: `${ec2Api}/API_CreateSecurityGroup.html`,
      })),
  ],
  replaceOn: ["name", "namePrefix", "description", "vpcId", "region"],
  outputs: (candidate, account) => {
    const id = `sg-0${candidate.hex(16)}`;
    return {
      id,
      arn: arn("ec2", candidate.region, account.accountId, `security-group/${id}`),
      ownerId: account.accountId,
    };
  },
  inUse: (group, account) => {
    const found = users(group, account);
    if (found.length === 0) return [];
    const message = `resource ${group.id} has a dependent object: ${found.map((r) => `${r.type} '${r.name}'`).join(", ")}`;
    return [
      { code: "DependencyViolation", message, source: `${ec2Api}/API_DeleteSecurityGroup.html` },
    ];
  },
  outside: { id: idsOf("sg"), outputs: () => ({}) },
};
