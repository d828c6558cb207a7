/** The provider functions (invokes) in use. */
import { LocalResource, Props, UNKNOWN } from "./types";
import { arn, dnsSuffix, partitionOf, zoneId } from "./ids";
import { filtered, inVpc, lookups, notFound, subnetIds, type ProviderFunction } from "./lookups";
import { managedPrefixLists } from "./prefixLists";
import { bags, text, texts } from "./props";
import { World } from "./row";
import { canonicalType, token } from "../../topology/tokens";
import { zonesOf } from "./zones";

const api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";

function prefixList(_world: World, args: Props, region: string): Props | typeof UNKNOWN {
  const wanted = [text(args, "id"), text(args, "name"), text(args, "prefixListId")];
  const filters = bags(args, "filters").filter((f) =>
    /prefix-list-(name|id)/.test(text(f, "name") ?? ""),
  );
  wanted.push(...filters.flatMap((f) => texts(f, "values[]")));
  const found = managedPrefixLists(region).find((list) =>
    [list.id, list.name].some((v) => wanted.includes(v)),
  );
  // Others than AWS's own have any name, and AWS's are not all listed.
  if (!found) return UNKNOWN;
  return { ...args, ...found.outputs, tags: {} };
}

/** Zones by name and by id. Hosted zones of another region do not exist, so the region is not asked. */
function zone(world: World, args: Props): Props {
  const [id, name] = [text(args, "zoneId"), text(args, "name")?.replace(/\.$/, "")];
  const made = world
    .all(token.zone)
    .find((z) => (id === undefined ? text(z.outputs, "name") === name : z.id === id));
  const found =
    made ?? (id === undefined ? outsideZone(world, name) : world.lookup(token.zone, id));
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
    name: text(found.outputs, "name") ?? name,
  };
}

/** A zone of this name is taken to exist, because only the account's owner knows. */
function outsideZone(world: World, name: string | undefined): LocalResource | undefined {
  if (name === undefined) return undefined;
  const id = zoneId(name);
  return world.adopt(token.zone, id, { name, zoneId: id });
}

function subnet(world: World, args: Props): Props | typeof UNKNOWN {
  const id = text(args, "id") ?? subnetIds(world, args)[0];
  const found = world.lookup(token.subnet, id);
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
  "aws:index/getCallerIdentity:getCallerIdentity": (world) => ({
    id: world.accountId,
    accountId: world.accountId,
    userId: "AIDAEXAMPLEEXAMPLE000",
    arn: arn("iam", "", world.accountId, "user/local", partitionOf(world.region)),
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
  "aws:lb/getTargetGroup:getTargetGroup": (world, args) => {
    const found = world.all(token.targetGroup).find(({ id }) => id === text(args, "arn"));
    return found ? { ...found.outputs, id: found.id } : UNKNOWN;
  },
  "aws:ec2/getRouteTables:getRouteTables": (world, args, region) => {
    const id = text(args, "vpcId");
    return {
      ...args,
      id: region,
      ids: inVpc(world, token.routeTable, id === undefined ? filtered(args, "vpc-id") : [id]),
    };
  },
};

/** What AWS answers to a function; {@link UNKNOWN} where no model knows. @throws AwsRefusal */
export function answerOf(world: World, name: string, args: Props): Props | typeof UNKNOWN {
  const region = text(args, "region") ?? world.region;
  const answer = functions[name]?.(world, args, region) ?? UNKNOWN;
  if (answer === UNKNOWN) return UNKNOWN;
  return { ...answer, region: name.startsWith("aws:route53") ? undefined : region };
}

/** Calls a function. @throws AwsRefusal when nothing is found or the answer is not known. */
export function invoke(world: World, name: string, args: Props): Props {
  const answer = answerOf(world, canonicalType(name), args);
  if (answer !== UNKNOWN) return answer;
  throw notFound(
    "FunctionNotModelled",
    `The local AWS does not know what ${name} answers. It knows: ${Object.keys(functions).join(", ")}.`,
  );
}
