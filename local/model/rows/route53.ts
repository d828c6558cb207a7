/** aws.route53.Zone and aws.route53.Record */
import { LocalResource, Refusal } from "../types";
import { arn, zoneId } from "../ids";
import { bags, number, text, texts } from "../props";
import { Candidate, others, Row, World } from "../row";
import { exactlyOneOf, oneOf, range, when } from "../rules";
import { token } from "../../../topology/tokens";

const changePage =
  "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html";
const aliasPage =
  "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html";

const bare = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/** Full name of a record: the provider appends the zone's name where it is not there. */
function fullName(name: string, zone: string | undefined): string {
  if (zone === undefined || bare(name) === bare(zone) || bare(name).endsWith(`.${bare(zone)}`))
    return bare(name);
  return name.endsWith(".")
    ? bare(name)
    : [bare(name), bare(zone)].filter((s) => s !== "").join(".");
}

export const zone: Row = {
  type: token.zone,
  required: ["name"],
  replaceOn: ["name", "delegationSetId"],
  outputs: (candidate, world) => {
    const id = zoneId(candidate.hex(16));
    const nameServers = [0, 1, 2, 3].map(
      (i) => `ns-${i * 512 + 1}.awsdns-0${i}.${["com", "net", "org", "co.uk"][i] ?? ""}`,
    );
    return {
      id,
      zoneId: id,
      nameServers,
      primaryNameServer: nameServers[0],
      arn: arn("route53", "", "", `hostedzone/${id}`),
      accountId: world.accountId,
      region: undefined,
    };
  },
  inUse: (resource, world) => {
    const held = world.all(token.record).some((record) => record.outputs.zoneId === resource.id);
    if (!held || resource.inputs.forceDestroy === true) return [];
    const message =
      "The specified hosted zone contains non-required resource record sets and so cannot be deleted.";
    return [
      {
        code: "HostedZoneNotEmpty",
        message,
        source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html",
      },
    ];
  },
  outside: {
    id: /^\w[\w-]{0,31}$/,
    outputs: (id) => ({ zoneId: id, arn: arn("route53", "", "", `hostedzone/${id}`, "aws") }),
  },
};

function refuse(candidate: Candidate, world: World): Refusal[] {
  const { inputs } = candidate;
  const owner = world.lookup(token.zone, text(inputs, "zoneId"));
  const zoneName = text(owner?.outputs ?? {}, "name");
  const name = fullName(text(inputs, "name") ?? "", zoneName);
  const type = text(inputs, "type");
  const refusals: Refusal[] = [];
  if (zoneName !== undefined && name !== bare(zoneName) && !name.endsWith(`.${bare(zoneName)}`)) {
    const message = `[RRSet with DNS name ${name}. is not permitted in zone ${bare(zoneName)}.]`;
    refusals.push({ code: "InvalidChangeBatch", message, property: "name", source: changePage });
  }
  const twins = others(candidate, world).filter(
    (r) => r.outputs.zoneId === owner?.id && r.outputs.fqdn === name,
  );
  const same = twins.some(
    (r) =>
      r.outputs.type === type && text(r.inputs, "setIdentifier") === text(inputs, "setIdentifier"),
  );
  if (same && inputs.allowOverwrite !== true) {
    const message = `[Tried to create resource record set [name='${name}.', type='${type ?? ""}'] but it already exists]`;
    refusals.push({ code: "InvalidChangeBatch", message, property: "name", source: changePage });
  }
  const cname =
    type === "CNAME"
      ? twins.some((r) => r.outputs.type !== "CNAME")
      : twins.some((r) => r.outputs.type === "CNAME");
  if (cname || (type === "CNAME" && name === bare(zoneName ?? ""))) {
    const message = `[RRSet of type ${type ?? ""} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${bare(zoneName ?? "")}.]`;
    refusals.push({ code: "InvalidChangeBatch", message, property: "name", source: changePage });
  }
  return [...refusals, ...bags(inputs, "aliases").flatMap((alias) => refuseAlias(alias, world))];
}

/** An alias has to name a target by its own name and hosted zone. */
function refuseAlias(alias: Record<string, unknown>, world: World): Refusal[] {
  const [name, zoneOfAlias] = [text(alias, "name"), text(alias, "zoneId")];
  if (name === undefined || zoneOfAlias === undefined) return [];
  const bareName = bare(name).replace(/^dualstack\./, "");
  const targets: readonly LocalResource[] = [
    ...world.all(token.loadBalancer),
    ...world.all(token.distribution),
  ];
  const target = targets.find(
    (t) => bare(text(t.outputs, "dnsName") ?? text(t.outputs, "domainName") ?? "") === bareName,
  );
  const expected =
    target && (text(target.outputs, "zoneId") ?? text(target.outputs, "hostedZoneId"));
  const isAws = /\.(elb\.[a-z.]+|cloudfront\.net)$/.test(bareName);
  if (target ? expected === zoneOfAlias : !isAws) return [];
  const message = `[Tried to create an alias that targets ${bareName}., type A in zone ${zoneOfAlias}, but the alias target name does not lie within the target zone]`;
  return [{ code: "InvalidChangeBatch", message, property: "aliases", source: aliasPage }];
}

export const record: Row = {
  type: token.record,
  required: ["zoneId", "name", "type"],
  rules: [
    oneOf(
      "type",
      [
        "A",
        "AAAA",
        "CAA",
        "CNAME",
        "DS",
        "HTTPS",
        "MX",
        "NAPTR",
        "NS",
        "PTR",
        "SOA",
        "SPF",
        "SRV",
        "SSHFP",
        "SVCB",
        "TLSA",
        "TXT",
      ],
      { source: changePage },
    ),
    exactlyOneOf(["records", "aliases"], { source: changePage }),
    when((inputs) => "records" in inputs && !("ttl" in inputs), "ttl", {
      say: "Records need a ttl.",
      source: changePage,
    }),
    when((inputs) => "aliases" in inputs && "ttl" in inputs, "ttl", {
      say: "An alias has its target's ttl, not one of its own.",
      source: aliasPage,
    }),
    range("ttl", 0, 2147483647, { source: changePage }),
    when(
      (inputs) => {
        const type = text(inputs, "type");
        const form =
          type === "A" ? /^\d{1,3}(\.\d{1,3}){3}$/ : type === "AAAA" ? /^[0-9a-f:.]+$/i : undefined;
        return form !== undefined && texts(inputs, "records[]").some((value) => !form.test(value));
      },
      "records",
      { code: "InvalidChangeBatch", say: "A and AAAA records hold addresses.", source: changePage },
    ),
  ],
  references: [
    {
      property: "zoneId",
      type: token.zone,
      code: "NoSuchHostedZone",
      sameRegion: false,
      message: (id) => `No hosted zone found with ID: ${id}`,
    },
  ],
  refuse,
  replaceOn: ["zoneId", "name", "type", "setIdentifier"],
  outputs: (candidate, world) => {
    const { inputs } = candidate;
    const zoneIdOfRecord = text(inputs, "zoneId") ?? "";
    const name = fullName(
      text(inputs, "name") ?? "",
      text(world.lookup(token.zone, zoneIdOfRecord)?.outputs ?? {}, "name"),
    );
    const set = text(inputs, "setIdentifier");
    const id = [zoneIdOfRecord, name, text(inputs, "type"), set]
      .filter((part) => part !== undefined)
      .join("_");
    return { id, fqdn: name, ttl: number(inputs, "ttl"), region: undefined };
  },
};
