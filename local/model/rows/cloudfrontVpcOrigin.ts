/** aws.cloudfront.VpcOrigin */
import { zonesWithoutVpcOrigins } from "../../../path/cloudfront";
import { LocalResource, Refusal } from "../types";
import { arn } from "../ids";
import { booleanAt, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { oneOf, range } from "../rules";
import { token } from "../../../topology/tokens";

const page =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html";

const excludedZones = Object.values(zonesWithoutVpcOrigins);

const config = "vpcOriginEndpointConfig";

function refuse(candidate: Candidate, account: AccountView): Refusal[] {
  const refusals: Refusal[] = [];
  const say = (code: string, message: string, property: string): void => {
    refusals.push({ code, message, property, source: page });
  };
  const name = textAt(candidate.inputs, `${config}.name`);
  if (others(candidate, account).some((o) => textAt(o.outputs, `${config}.name`) === name)) {
    say(
      "EntityAlreadyExists",
      `A VPC origin with the name ${name ?? ""} exists.`,
      `${config}.name`,
    );
  }
  const target = textAt(candidate.inputs, `${config}.arn`);
  const balancer = account.lookup(token.loadBalancer, target);
  if (!balancer) {
    if (target?.includes(":loadbalancer/") === true)
      say("EntityNotFound", `The load balancer ${target} does not exist.`, `${config}.arn`);
    return refusals;
  }
  if (booleanAt(balancer.outputs, "internal") === false) {
    say(
      "InvalidArgument",
      `The load balancer ${balancer.id} is internet-facing: a VPC origin reaches internal ones.`,
      `${config}.arn`,
    );
  }
  const vpc = account.lookup(token.vpc, textAt(balancer.outputs, "vpcId"));
  const gateway = [token.internetGateway, token.internetGatewayAttachment].some((type) =>
    account.all(type).some((g) => g.outputs.vpcId === vpc?.id),
  );
  if (vpc && vpc.urn !== "" && !gateway) {
    say(
      "InvalidArgument",
      `The VPC ${vpc.id} has no internet gateway, which a VPC origin needs (it carries no traffic).`,
      `${config}.arn`,
    );
  }
  for (const id of textsAt(balancer.outputs, "subnets[]")) {
    const subnet = account.lookup(token.subnet, id);
    // The zones of subnets from outside the program are not known, nor which zone AWS chooses, nor
    // which one a name means in the account.
    if (subnet === undefined || subnet.urn === "") continue;
    const zoneId = textAt(subnet.inputs, "availabilityZoneId");
    if (zoneId !== undefined && excludedZones.includes(zoneId)) {
      say(
        "InvalidArgument",
        `The subnet ${id} is in ${zoneId}, where VPC origins are not supported.`,
        `${config}.arn`,
      );
    }
  }
  return refusals;
}

/** Every change, even of tags, gets 409 while a distribution names the VPC origin. */
function busy(origin: LocalResource, account: AccountView, doing: "Update" | "Delete"): Refusal[] {
  const users = account
    .all(token.distribution)
    .filter((d) => textsAt(d.outputs, "origins[].vpcOriginConfig.vpcOriginId").includes(origin.id));
  if (users.length === 0) return [];
  const code = `Cannot${doing}EntityWhileInUse`;
  const message = `VPC origin ${origin.id} is used by ${users.map((d) => d.id).join(", ")}: make a new one, move the distribution to it, then delete this one.`;
  return [{ code, message, source: page }];
}

export const vpcOrigin: ResourceModel = {
  type: token.vpcOrigin,
  required: [
    config,
    ...["name", "arn", "httpPort", "httpsPort", "originProtocolPolicy", "originSslProtocols"].map(
      (p) => `${config}.${p}`,
    ),
  ],
  rules: [
    range(`${config}.httpPort`, 1, 65535, { source: page }),
    range(`${config}.httpsPort`, 1, 65535, { source: page }),
    oneOf(`${config}.originProtocolPolicy`, ["http-only", "https-only", "match-viewer"], {
      source: page,
    }),
    oneOf(`${config}.originSslProtocols.items[]`, ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"], {
      source: page,
    }),
  ],
  refuse,
  outputs: (candidate, account) => {
    const id = `vo_${candidate.hex(22)}`;
    return {
      id,
      arn: arn("cloudfront", "", account.accountId, `vpcorigin/${id}`),
      etag: `E${candidate.hex(12).toUpperCase()}`,
      region: undefined,
    };
  },
  refuseUpdate: (origin, account) => busy(origin, account, "Update"),
  inUse: (origin, account) => busy(origin, account, "Delete"),
};
