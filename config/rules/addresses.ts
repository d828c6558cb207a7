/** Who may call. */
import { ipVersionOf } from "../../path/networks";
import { adopts } from "./network";
import type { SettingsChange, SettingsRule } from "./rule";

/** A security group takes a range once. */
const noDuplicates: SettingsRule = (view) =>
  view.get("viewers.allowedCidrs").flatMap((cidr, entry, all) =>
    all.indexOf(cidr) === entry
      ? []
      : [
          {
            key: "viewers.allowedCidrs" as const,
            entry,
            expected: "each range once",
            change: { remove: "viewers.allowedCidrs" as const, entry },
          },
        ],
  );

const dualstack: SettingsChange = { set: "network.ipAddressType", to: "dualstack" };

const versionIsServed: SettingsRule = (view) => {
  if (view.row.edge) return [];
  if (view.get("network.ipAddressType") === "dualstack") return [];
  return view.get("viewers.allowedCidrs").flatMap((cidr, entry) =>
    ipVersionOf(cidr) === 4
      ? []
      : [
          {
            key: "viewers.allowedCidrs" as const,
            entry,
            expected:
              "an IPv4 range: the load balancer has IPv6 addresses only where network.ipAddressType is dualstack",
            change: adopts(view)
              ? { either: [dualstack, { remove: "viewers.allowedCidrs" as const, entry }] }
              : { remove: "viewers.allowedCidrs" as const, entry },
          },
        ],
  );
};

/** In the order they are listed. */
export const addressRules: readonly SettingsRule[] = [noDuplicates, versionIsServed];
