/** Sign-in at the load balancer. */
import { adopts } from "./network";
import type { SettingsRule } from "./rule";

/**
 * "When using an internal load balancer, a NAT gateway can enable the load balancer to communicate
 * with the endpoints":
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
const internalNeedsNat: SettingsRule = (view) => {
  if (!view.given("signIn") || adopts(view)) return [];
  const egress = view.get("network.egress");
  if (view.row.edge === undefined || view.get("origin.access") !== "vpc-origin") return [];
  if (egress === "nat-single" || egress === "nat-per-az") return [];
  return [
    {
      key: "network.egress",
      expected:
        "nat-single or nat-per-az: with signIn an internal load balancer calls the identity provider, which it reaches through a NAT gateway only",
      change: {
        either: [
          { set: "network.egress", to: "nat-single" },
          { set: "origin.access", to: "prefix-list" },
        ],
      },
    },
  ];
};

/** In the order they are listed. */
export const signInRules: readonly SettingsRule[] = [internalNeedsNat];
