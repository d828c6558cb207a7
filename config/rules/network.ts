/** An existing VPC or a created one, not a mixture. */
import { vpcRangeProblems } from "../../path/vpcs";
import { sentenceList } from "../names";
import type { View } from "../view";
import { hasLoadBalancer } from "./loadBalancer";
import type { SettingsIssue, SettingsRule } from "./rule";

const subnetLists = ["network.loadBalancerSubnetIds", "network.taskSubnetIds"] as const;

/** What an existing VPC needs: subnets of the load balancer only where one is made. */
const neededOf = (view: View) =>
  hasLoadBalancer(view)
    ? (["network.vpcId", "network.taskSubnetIds"] as const)
    : (["network.vpcId", ...subnetLists] as const);

/** True when any key says that there is a VPC already. */
export function adopts(view: View): boolean {
  return view.given("network.vpcId") || subnetLists.some((name) => view.given(name));
}

const example = {
  "network.vpcId": "vpc-0123456789abcdef0",
  "network.loadBalancerSubnetIds": "subnet-0123456789abcdef0",
  "network.taskSubnetIds": "subnet-0123456789abcdef0",
} as const;

const adoptedIsComplete: SettingsRule = (view) => {
  if (!adopts(view)) return [];
  const needed = neededOf(view);
  const missing = needed.filter((name) => !view.given(name));
  return missing.map((name): SettingsIssue => ({
    key: name,
    expected: `a value: an existing VPC needs ${sentenceList(needed)}`,
    change: {
      set: name,
      to: example[name],
      entry: name === "network.vpcId" ? undefined : 0,
    },
  }));
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones-considerations */
const twoSubnets: SettingsRule = (view) => {
  const subnets = view.get("network.loadBalancerSubnetIds");
  if (subnets === undefined || new Set(subnets).size >= 2) return [];
  return [
    {
      key: "network.loadBalancerSubnetIds",
      expected: "two subnets or more, each in a different availability zone",
      change: {
        set: "network.loadBalancerSubnetIds",
        to: example["network.loadBalancerSubnetIds"],
        entry: subnets.length,
      },
    },
  ];
};

/** An internal load balancer of a created VPC may be in subnets without an IPv6 range. */
const dualstackIsCalled: SettingsRule = (view) =>
  !adopts(view) &&
  view.row.edge !== undefined &&
  view.get("origin.access") === "vpc-origin" &&
  view.get("network.ipAddressType") === "dualstack"
    ? [
        {
          key: "network.ipAddressType",
          expected:
            "ipv4: through a VPC origin CloudFront calls the load balancer over IPv4; viewers call CloudFront over IPv6 in any case",
          change: { remove: "network.ipAddressType" },
        },
      ]
    : [];

/** The number of availability zones of a created VPC. */
export const zoneCount = (view: View): number =>
  view.get("network.availabilityZoneNames")?.length ?? view.get("network.availabilityZones");

const zonesOfRegion: SettingsRule = (view, { region }) => {
  const key = "network.availabilityZoneNames";
  const names = view.get(key) ?? [];
  const different = new Set(names).size;
  if (names.length > 0 && (different < 2 || different > 6))
    return [
      {
        key,
        expected: "two to six zones: a load balancer has two or more",
        change:
          different < 2
            ? { set: key, entry: names.length, to: "<value>" }
            : { remove: key, entry: names.length - 1 },
      },
    ];
  return names.flatMap((name, entry): SettingsIssue[] => {
    if (names.indexOf(name) !== entry)
      return [{ key, entry, expected: "each zone once", change: { remove: key, entry } }];
    if (region === undefined || name.slice(0, -1) === region) return [];
    return [
      {
        key,
        entry,
        expected: `a zone of ${region} (aws:region)`,
        change: { set: key, entry, to: `${region}${name.slice(-1)}` },
      },
    ];
  });
};

const rangeWorks: SettingsRule = (view) => {
  if (adopts(view)) return [];
  return vpcRangeProblems(view.get("network.cidr"), zoneCount(view)).map(
    ({ expected, detail, write = "<value>" }): SettingsIssue => ({
      key: "network.cidr",
      expected,
      detail,
      change: { set: "network.cidr", to: write },
    }),
  );
};

/** In the order they are listed. */
export const networkRules: readonly SettingsRule[] = [
  adoptedIsComplete,
  twoSubnets,
  dualstackIsCalled,
  zonesOfRegion,
  rangeWorks,
];
