/** What is worth knowing of settings that are right, and of nothing but settings. */
import { acmCertificateDays } from "../path/certificates";
import { zonesWithoutVpcOrigins } from "../path/cloudfront";
import { printable } from "../path/printable";
import { regions, regionsPage } from "../path/regions";
import { sources } from "../path/sources";
import { keys, valueAt } from "./keys";
import { sentenceList } from "./names";
import { setCommand, type SettingsContext } from "./problems";
import { nearestRegion } from "./rules/region";

/** A finding, as the rules about paths and resources have it. */
export interface SettingsFinding {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: "warning" | "note";
  readonly message: string;
  /** What to write instead. */
  readonly change: string;
  /** The page that says so. */
  readonly source: string;
}

type Check = (values: unknown, context: SettingsContext) => readonly SettingsFinding[];

const unknownRegion: Check = (_, { region, stack }) => {
  if (region === undefined || regions.includes(region)) return [];
  const meant = nearestRegion(region);
  return [
    {
      code: "region-unknown",
      severity: "warning",
      message: `aws:region is ${printable(region)}, a region that this version does not know: if it is misspelled, nothing can be created.`,
      change:
        meant === undefined
          ? "Check it against AWS's list of regions."
          : `Where ${meant} is meant: ${setCommand(["aws:region"], meant, { stack })}`,
      source: regionsPage,
    },
  ];
};

/**
 * What documents and messages, AWS's and ours, write in the place of somebody's own: names of RFC
 * 2606, account numbers, ids, ranges of RFC 5737.
 */
const placeholders =
  /(?<![\w-])example\.(?:com|net|org|edu)(?![\w-]|\.\w)|\.(?:example|invalid|test)$|(?<!\d)(?:111122223333|123456789012)(?!\d)|^(?:vpc|subnet)-0123456789abcdef|^Z0123456789ABCDEFGHIJ$|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;

const placeholderLeft: Check = (values) => {
  const left = keys.filter(({ path }) =>
    texts(valueAt(path, values)).some((text) => placeholders.test(text)),
  );
  if (left.length === 0) return [];
  const names = sentenceList(left.map(({ name }) => name));
  return [
    {
      code: "placeholder-left",
      severity: "note",
      message: `${names} ${left.length === 1 ? "holds" : "hold"} a value that documents use as an example (example.com, 111122223333 and the like).`,
      change: "Put your own value there before you deploy.",
      source: "https://www.rfc-editor.org/rfc/rfc2606",
    },
  ];
};

/** Every text in a value. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

const droppedTag: Check = (values) =>
  valueAt(["tags", "__proto__"], values) === undefined
    ? []
    : [
        {
          code: "tag-dropped",
          severity: "warning",
          message:
            "The tag __proto__ reaches no resource: Pulumi's SDK for Node.js drops a property of this name.",
          change: "Call the tag something else.",
          source: "https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts",
        },
      ];

const writableRoot: Check = (values) =>
  String(valueAt(["service", "app", "readOnlyRoot"], values)) !== "false"
    ? []
    : [
        {
          code: "app-root-writable",
          severity: "note",
          message:
            "The app may write to its root file system: an attacker who takes it over can change its programs until the task ends.",
          change: "Let the app write to /tmp only, and remove service.app.readOnlyRoot.",
          source:
            "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-5",
        },
      ];

const alarmBeforeRenewal: Check = (values) => {
  const { renewedBefore } = acmCertificateDays;
  const days = Number(valueAt(["alarms", "thresholds", "certificateDays"], values));
  if (!(days >= renewedBefore)) return [];
  return [
    {
      code: "certificate-alarm-before-renewal",
      severity: "note",
      message: `ACM renews its certificates ${renewedBefore} days before they expire: with ${days} days, the alarm fires before each renewal.`,
      change: `Set alarms.thresholds.certificateDays to less than ${renewedBefore}, unless every certificate is an imported one.`,
      source: "https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html",
    },
  ];
};

/** The id of a zone is certain, and only AWS knows which name the account has for it. */
const zoneWithoutVpcOrigins: Check = (values, { region = "" }) => {
  const zone = zonesWithoutVpcOrigins[region];
  const isSet = (...key: string[]) => valueAt(key, values) !== undefined;
  if (zone === undefined || valueAt(["origin", "access"], values) !== "vpc-origin") return [];
  if (isSet("network", "availabilityZoneNames")) return [];
  const change = isSet("network", "vpcId")
    ? `name no subnet of that zone in network.loadBalancerSubnetIds`
    : "set network.availabilityZoneNames to other zones";
  return [
    {
      code: "vpc-origin-zone-not-known",
      severity: "note",
      message: `CloudFront supports no VPC origins in the zone ${zone} of ${region}. Whether a subnet of the load balancer is there is not known: the names of zones differ between accounts.`,
      change: `Find its name with aws ec2 describe-availability-zones --region ${region}. Where it is one of the stack's zones, ${change}.`,
      source: sources.vpcOrigins,
    },
  ];
};

const withoutNginx: Check = (values) =>
  String(valueAt(["service", "app", "behindNginx"], values)) !== "false"
    ? []
    : [
        {
          code: "app-without-nginx",
          severity: "note",
          message:
            "The load balancer calls the app itself. Not checked: that it listens on all addresses, speaks what service.app.protocols says without TLS, finds the client's address in X-Forwarded-For, and finishes its requests after SIGTERM.",
          change:
            "Say in service.app.keepAliveSeconds how long the app keeps an idle connection: a time too short is then refused.",
          source:
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
        },
      ];

const deployedElsewhere: Check = (values) =>
  String(valueAt(["service", "ignoreTaskDefinitionChanges"], values)) !== "true"
    ? []
    : [
        {
          code: "task-definition-ignored",
          severity: "note",
          message:
            "The service keeps the task definition that it has: a change of its containers (images, environment, secrets, sidecars, volumes, ports) or of their cpu and memory is registered as a new revision, and not deployed.",
          change:
            "Deploy the newest revision with the tool that deploys, or remove service.ignoreTaskDefinitionChanges.",
          source:
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html",
        },
      ];

const checks: readonly Check[] = [
  unknownRegion,
  placeholderLeft,
  droppedTag,
  writableRoot,
  alarmBeforeRenewal,
  zoneWithoutVpcOrigins,
  withoutNginx,
  deployedElsewhere,
];

/** What is worth knowing of settings without a problem; shows no value of theirs but the region. */
export function findingsOf(values: unknown, context: SettingsContext): SettingsFinding[] {
  return checks.flatMap((check) => check(values, context));
}
