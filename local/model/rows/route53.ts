/** aws.route53.Zone and aws.route53.Record */
import { LocalResource, Refusal } from "../types";
import { arn, zoneId } from "../ids";
import { bagsAt, numberAt, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
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

export const zone: ResourceModel = {
  type: token.zone,
  required: ["name"],
  replaceOn: ["name", "delegationSetId"],
  outputs: (candidate, account) => {
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
      accountId: account.accountId,
      region: undefined,
    };
  },
  inUse: (resource, account) => {
    const held = account.all(token.record).some((record) => record.outputs.zoneId === resource.id);
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

function refuse(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const owner = account.lookup(token.zone, textAt(inputs, "zoneId"));
  const zoneName = textAt(owner?.outputs ?? {}, "name");
  const name = fullName(textAt(inputs, "name") ?? "", zoneName);
  const type = textAt(inputs, "type");
  const refusals: Refusal[] = [];
  if (zoneName !== undefined && name !== bare(zoneName) && !name.endsWith(`.${bare(zoneName)}`)) {
    const message = `[RRSet with DNS name ${name}. is not permitted in zone ${bare(zoneName)}.]`;
    refusals.push({ code: "InvalidChangeBatch", message, property: "name", source: changePage });
  }
  const twins = others(candidate, account).filter(
    (r) => r.outputs.zoneId === owner?.id && r.outputs.fqdn === name,
  );
  const same = twins.some(
    (r) =>
      r.outputs.type === type &&
      textAt(r.inputs, "setIdentifier") === textAt(inputs, "setIdentifier"),
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
  return [
    ...refusals,
    ...bagsAt(inputs, "aliases").flatMap((alias) => refuseAlias(alias, account)),
  ];
}

/** An alias has to name a target by its own name and hosted zone. */
function refuseAlias(alias: Record<string, unknown>, account: AccountView): Refusal[] {
  const [name, zoneOfAlias] = [textAt(alias, "name"), textAt(alias, "zoneId")];
  if (name === undefined || zoneOfAlias === undefined) return [];
  const bareName = bare(name).replace(/^dualstack\./, "");
  const targets: readonly LocalResource[] = [
    ...account.all(token.loadBalancer),
    ...account.all(token.distribution),
  ];
  const target = targets.find(
    (t) => bare(textAt(t.outputs, "dnsName") ?? textAt(t.outputs, "domainName") ?? "") === bareName,
  );
  const expected =
    target && (textAt(target.outputs, "zoneId") ?? textAt(target.outputs, "hostedZoneId"));
  const isAws = /\.(elb\.[a-z.]+|cloudfront\.net)$/.test(bareName);
  if (target ? expected === zoneOfAlias : !isAws) return [];
  const message = `[Tried to create an alias that targets ${bareName}., type A in zone ${zoneOfAlias}, but the alias target name does not lie within the target zone]`;
  return [{ code: "InvalidChangeBatch", message, property: "aliases", source: aliasPage }];
}

export const record: ResourceModel = {
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
      say: "An alias has its target's ttl and takes no ttl.",
      source: aliasPage,
    }),
    range("ttl", 0, 2147483647, { source: changePage }),
    when(
      (inputs) => {
        const type = textAt(inputs, "type");
        const form =
          type === "A" ? /^\d{1,3}(\.\d{1,3}){3}$/ : type === "AAAA" ? /^[0-9a-f:.]+$/i : undefined;
        return (
          form !== undefined && textsAt(inputs, "records[]").some((value) => !form.test(value))
        );
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
  outputs: (candidate, account) => {
    const { inputs } = candidate;
    const zoneIdOfRecord = textAt(inputs, "zoneId") ?? "";
    const name = fullName(
      textAt(inputs, "name") ?? "",
      textAt(account.lookup(token.zone, zoneIdOfRecord)?.outputs ?? {}, "name"),
    );
    const set = textAt(inputs, "setIdentifier");
    const id = [zoneIdOfRecord, name, textAt(inputs, "type"), set]
      .filter((part) => part !== undefined)
      .join("_");
    return { id, fqdn: name, ttl: numberAt(inputs, "ttl"), region: undefined };
  },
};
