/** What the tasks may call. */
import { egressProblems, type RegistryRoute } from "../../path/egress";
import { ipVersionOf } from "../../path/networks";
import type { View } from "../view";
import type { Breach, Rule } from "./rule";

const key = "service.egress";

/** In a created VPC it is known how the tasks reach the registry. */
function routeOf(view: View): RegistryRoute {
  if (view.given("network.vpcId")) return "unknown";
  return view.get("network.egress") === "endpoints" ? "endpoints" : "public";
}

const listWorks: Rule = (view) => {
  // No command adds an entry of two keys to a list; without the list the default works.
  return egressProblems(view.get(key), routeOf(view)).map(({ entry, expected }): Breach => ({
    key,
    entry,
    expected,
    change: { remove: key, entry },
  }));
};

const versionIsSpoken: Rule = (view) => {
  if (view.given("network.vpcId")) return [];
  return (view.get(key) ?? []).flatMap(({ cidr }, entry): Breach[] =>
    ipVersionOf(cidr) === 4
      ? []
      : [
          {
            key,
            entry,
            expected: "an IPv4 range: the tasks have no IPv6 address in a created VPC",
            change: { remove: key, entry },
          },
        ],
  );
};

/** In the order they are listed. */
export const egressRules: readonly Rule[] = [listWorks, versionIsSpoken];
