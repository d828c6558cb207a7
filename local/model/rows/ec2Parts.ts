/** What the rows of EC2's network have in common. */
import { arn } from "../ids";
import { textsAt } from "../props";
import { AccountView, Candidate, InputReference } from "../row";
import { LocalResource, Refusal } from "../types";
import { token } from "../../../topology/tokens";

export const ec2Api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
export const ec2ErrorsPage = `${ec2Api}/errors-overview.html`;

export const ec2Arn = (candidate: Candidate, account: AccountView, resource: string): string =>
  arn("ec2", candidate.region, account.accountId, resource);

/** A property that names something of EC2 by id. */
export const names = (
  property: string,
  type: string,
  code: string,
  what: string,
): InputReference => ({
  property,
  type,
  code,
  source: ec2ErrorsPage,
  message: (id) => `The ${what} '${id}' does not exist`,
});

export const vpcReference = names("vpcId", token.vpc, "InvalidVpcID.NotFound", "vpc ID");

/** Resources that refer to one of these properties, by type. */
export function dependants(
  account: AccountView,
  id: string,
  where: Readonly<Record<string, readonly string[]>>,
): LocalResource[] {
  return Object.entries(where).flatMap(([type, paths]) =>
    account
      .all(type)
      .filter((r) => r.urn !== "" && paths.some((path) => textsAt(r.outputs, path).includes(id))),
  );
}

export const violation = (
  what: string,
  found: readonly LocalResource[],
  page: string,
): Refusal[] => {
  if (found.length === 0) return [];
  const by = found.map((r) => `${r.type} '${r.name}'`).join(", ");
  return [
    {
      code: "DependencyViolation",
      message: `The ${what} has dependencies and cannot be deleted: ${by}.`,
      source: `${ec2Api}/${page}`,
    },
  ];
};
