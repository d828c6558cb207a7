/** The provider functions (invokes) in use. */
import { LocalResource, Props, UNKNOWN } from "./types";
import { arn, dnsSuffix, zoneId } from "./ids";
import { partitionOf } from "../../path/regions";
import { filtered, inVpc, lookups, notFound, subnetIds, type ProviderFunction } from "./lookups";
import { managedPrefixLists } from "./prefixLists";
import { bagsAt, textAt, textsAt } from "./props";
import { AccountView } from "./row";
import { canonicalType, token } from "../../topology/tokens";
import { zonesOf } from "./zones";

const api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";

function prefixList(_world: AccountView, args: Props, region: string): Props | typeof UNKNOWN {
  const wanted = [textAt(args, "id"), textAt(args, "name"), textAt(args, "prefixListId")];
  const filters = bagsAt(args, "filters").filter((f) =>
    /prefix-list-(name|id)/.test(textAt(f, "name") ?? ""),
  );
  wanted.push(...filters.flatMap((f) => textsAt(f, "values[]")));
  const found = managedPrefixLists(region).find((list) =>
    [list.id, list.name].some((v) => wanted.includes(v)),
  );
  // Others than AWS's own have any name, and AWS's are not all listed.
  if (!found) return UNKNOWN;
  return { ...args, ...found.outputs, tags: {} };
}

/** Zones by name and by id. Hosted zones of another region do not exist, so the region is not asked. */
function zone(account: AccountView, args: Props): Props {
  const [id, name] = [textAt(args, "zoneId"), textAt(args, "name")?.replace(/\.$/, "")];
  const made = account
    .all(token.zone)
    .find((z) => (id === undefined ? textAt(z.outputs, "name") === name : z.id === id));
  const found =
    made ?? (id === undefined ? outsideZone(account, name) : account.lookup(token.zone, id));
  if (!found)
    throw notFound(
      "NoSuchHostedZone",
      `no matching Route 53 Hosted Zone found: ${id ?? name ?? ""}`,
    );
  return {
    ...args,
    ...found.outputs,
    id: found.id,
    zoneId: found.id,
    name: textAt(found.outputs, "name") ?? name,
  };
}

/** A zone of this name is taken to exist, because only the account's owner knows. */
function outsideZone(account: AccountView, name: string | undefined): LocalResource | undefined {
  if (name === undefined) return undefined;
  const id = zoneId(name);
  return account.adopt(token.zone, id, { name, zoneId: id }, name);
}

function subnet(account: AccountView, args: Props, region: string): Props | typeof UNKNOWN {
  const id = textAt(args, "id") ?? subnetIds(account, args, region)[0];
  const found = account.lookup(token.subnet, id);
  if (!found)
    throw notFound(
      "InvalidSubnetID.NotFound",
      `no matching EC2 Subnet found: ${id ?? ""}`,
      `${api}/API_DescribeSubnets.html`,
    );
  return { ...found.outputs, id: found.id };
}

const functions: Readonly<Record<string, ProviderFunction>> = {
  ...lookups,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": prefixList,
  "aws:ec2/getPrefixList:getPrefixList": prefixList,
  "aws:index/getRegion:getRegion": (_world, args, region) => ({
    ...args,
    id: region,
    name: region,
    region,
    endpoint: `ec2.${region}.${dnsSuffix(region)}`,
    description: region,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (account) => ({
    id: account.accountId,
    accountId: account.accountId,
    userId: "AIDAEXAMPLEEXAMPLE000",
    arn: arn("iam", "", account.accountId, "user/local", partitionOf(account.region)),
  }),
  "aws:index/getPartition:getPartition": (_world, _args, region) => ({
    id: partitionOf(region),
    partition: partitionOf(region),
    dnsSuffix: dnsSuffix(region),
    reverseDnsPrefix: dnsSuffix(region).split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_world, args, region) => {
    const zones = zonesOf(region);
    return {
      ...args,
      id: region,
      names: zones.map((z) => z.name),
      zoneIds: zones.map((z) => z.id),
      groupNames: [`${region}-zg-1`],
    };
  },
  "aws:route53/getZone:getZone": zone,
  "aws:ec2/getSubnet:getSubnet": subnet,
  "aws:lb/getTargetGroup:getTargetGroup": (account, args) => {
    const found = account.all(token.targetGroup).find(({ id }) => id === textAt(args, "arn"));
    return found ? { ...found.outputs, id: found.id } : UNKNOWN;
  },
  "aws:ec2/getRouteTables:getRouteTables": (account, args, region) => {
    const id = textAt(args, "vpcId");
    return {
      ...args,
      id: region,
      ids: inVpc(account, token.routeTable, id === undefined ? filtered(args, "vpc-id") : [id]),
    };
  },
};

/** What AWS answers to a function; {@link UNKNOWN} where no model knows. @throws AwsRefusal */
export function callFunction(
  account: AccountView,
  name: string,
  args: Props,
): Props | typeof UNKNOWN {
  const region = textAt(args, "region") ?? account.region;
  const answer = functions[name]?.(account, args, region) ?? UNKNOWN;
  if (answer === UNKNOWN) return UNKNOWN;
  return { ...answer, region: name.startsWith("aws:route53") ? undefined : region };
}

/** Calls a function. @throws AwsRefusal when nothing is found or the answer is not known. */
export function invoke(account: AccountView, name: string, args: Props): Props {
  const answer = callFunction(account, canonicalType(name), args);
  if (answer !== UNKNOWN) return answer;
  throw notFound(
    "FunctionNotModelled",
    `The local AWS does not know what ${name} answers. It knows: ${Object.keys(functions).join(", ")}.`,
  );
}
