/** A load balancer that is there already, and what a stack then needs. */
import { arnRegion } from "../names";
import type { View } from "../view";
import type { SettingsRule } from "./rule";

/** True when the stack adds services to a load balancer that is there already. */
export const hasLoadBalancer = (view: View): boolean => view.given("loadBalancer");

const sameRegion: SettingsRule = (view, { region }) => {
  const arn = view.get("loadBalancer.listenerArn");
  if (!hasLoadBalancer(view) || region === undefined || arnRegion(arn ?? "") === region) return [];
  return [
    {
      key: "loadBalancer.listenerArn",
      expected: `a listener in ${region}, the stack's region (aws:region)`,
      change: { set: "loadBalancer.listenerArn", to: "<value>" },
    },
  ];
};

const someServices: SettingsRule = (view) =>
  hasLoadBalancer(view) && Object.keys(view.get("services")).length === 0
    ? [
        {
          key: "services",
          expected: "services, each with its paths or hosts: the load balancer is there already",
          change: { set: "services", entry: "api", of: "paths[0]", to: "/api/*" },
        },
      ]
    : [];

const inItsVpc: SettingsRule = (view) =>
  hasLoadBalancer(view) && !view.given("network.vpcId")
    ? [
        {
          key: "network.vpcId",
          expected: "the VPC of the load balancer (loadBalancer.listenerArn)",
          change: { set: "network.vpcId", to: "<value>" },
        },
      ]
    : [];

const rangeIsOne: SettingsRule = (view) => {
  const [from, to] = [
    view.get("loadBalancer.priorities.from"),
    view.get("loadBalancer.priorities.to"),
  ];
  if (from === undefined || to === undefined || from < to) return [];
  return [
    {
      key: "loadBalancer.priorities.to",
      expected: "a number above loadBalancer.priorities.from",
      change: { set: "loadBalancer.priorities.to", to: String(from + 999) },
    },
  ];
};

/** In the order they are listed. */
export const loadBalancerRules: readonly SettingsRule[] = [
  sameRegion,
  someServices,
  inItsVpc,
  rangeIsOne,
];
