/** What the tasks may call. */
import { egressProblems, type EgressRule, type RegistryRoute } from "../../path/egress";
import { ipVersionOf } from "../../path/networks";
import type { View } from "../view";
import { forEveryService } from "./perService";
import type { SettingsIssue, SettingsChange, SettingsRule } from "./rule";

const key = "service.egress";

/** In a created VPC it is known how the tasks reach the registry. */
function routeOf(view: View): RegistryRoute {
  if (view.given("network.vpcId")) return "unknown";
  return view.get("network.egress") === "endpoints" ? "endpoints" : "public";
}

const listWorks: SettingsRule = (view) => {
  const list = view.get(key);
  return egressProblems(list, routeOf(view)).map(({ entry, expected, missing }): SettingsIssue => ({
    key,
    entry,
    expected,
    change: missing ? added(missing, list?.length ?? 0) : { remove: key, entry },
  }));
};

const added = ({ cidr, port }: EgressRule, entry: number): SettingsChange => ({
  all: [
    { set: key, entry, of: "cidr", to: cidr },
    { set: key, entry, of: "port", to: String(port) },
  ],
});

/** In a created VPC: the tasks' subnets have an IPv6 range and a way out over it. */
const tasksHaveIpv6 = (view: View): boolean =>
  view.get("network.ipAddressType") === "dualstack" && view.get("network.egress") !== "endpoints";

const versionIsSpoken: SettingsRule = (view) => {
  if (view.given("network.vpcId") || tasksHaveIpv6(view)) return [];
  return (view.get(key) ?? []).flatMap(({ cidr }, entry): SettingsIssue[] =>
    ipVersionOf(cidr) === 4
      ? []
      : [
          {
            key,
            entry,
            expected: "an IPv4 range: the tasks have no IPv6 address",
            change: { remove: key, entry },
          },
        ],
  );
};

/** In the order they are listed. */
export const egressRules: readonly SettingsRule[] = [listWorks, versionIsSpoken].map(
  forEveryService,
);
