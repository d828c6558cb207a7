/** Who may call. */
import { ipVersionOf } from "../../path/networks";
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
            change: { either: [dualstack, { remove: "viewers.allowedCidrs" as const, entry }] },
          },
        ],
  );
};

/** A name with IPv6 addresses leads viewers to a load balancer that has to admit them there. */
const ipv6IsAdmitted: SettingsRule = (view) => {
  const key = "viewers.allowedCidrs";
  const cidrs = view.get(key);
  if (view.row.edge || view.get("network.ipAddressType") !== "dualstack") return [];
  if (cidrs.some((cidr) => ipVersionOf(cidr) === 6)) return [];
  return [
    {
      key,
      expected:
        "an IPv6 range as well: with network.ipAddressType dualstack, viewers with IPv6 call the load balancer over it",
      change: {
        all: [...cidrs, "::/0"].map((cidr, entry) => ({ set: key, entry, to: cidr })),
      },
    },
  ];
};

/** In the order they are listed. */
export const addressRules: readonly SettingsRule[] = [
  noDuplicates,
  versionIsServed,
  ipv6IsAdmitted,
];
