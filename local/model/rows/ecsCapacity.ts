/** aws.ecs.ClusterCapacityProviders, and the capacity provider strategies of services */
import { bagsAt, numberAt, textAt, textsAt } from "../props";
import { AccountView, Candidate, ResourceModel } from "../row";
import { InputRule, matchesPattern, range, when } from "../rules";
import { LocalResource, Props, Refusal } from "../types";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
const itemPage = `${api}/API_CapacityProviderStrategyItem.html`;
const putPage = `${api}/API_PutClusterCapacityProviders.html`;
const code = "InvalidParameterException";
const strategies = "capacityProviderStrategies";
const notAssociated =
  "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.";

/** What a strategy may be. */
function strategyRules(list: string): InputRule[] {
  const says = { code, source: itemPage };
  return [
    range(`${list}[].weight`, 0, 1000, says),
    range(`${list}[].base`, 0, 100_000, says),
    when(
      (inputs) => bagsAt(inputs, list).filter((one) => (numberAt(one, "base") ?? 0) > 0).length > 1,
      list,
      {
        ...says,
        say: "Only one capacity provider in a strategy can have a base.",
      },
    ),
    when(
      (inputs) => {
        const all = bagsAt(inputs, list);
        return all.length > 1 && all.every((one) => (numberAt(one, "weight") ?? 0) === 0);
      },
      list,
      {
        ...says,
        say: "At least one capacity provider in a strategy needs a weight greater than zero.",
      },
    ),
    when((inputs) => bagsAt(inputs, list).length > 20, list, {
      ...says,
      say: "A capacity provider strategy can contain a maximum of 20 capacity providers.",
    }),
  ];
}

export const serviceCapacityRules: readonly InputRule[] = [
  ...strategyRules(strategies),
  when((inputs) => textAt(inputs, "launchType") !== undefined && strategies in inputs, strategies, {
    code,
    source: `${api}/API_CreateService.html`,
    say: "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
  }),
];

/** Providers that the cluster of the program has not. */
export function refuseStrategy({ inputs }: Candidate, account: AccountView): Refusal[] {
  const cluster = account.lookup(token.cluster, textAt(inputs, "cluster"));
  if (cluster === undefined || cluster.urn === "") return [];
  const has = providersOf(cluster, account);
  const missing = textsAt(inputs, `${strategies}[].capacityProvider`).some((one) => !has.has(one));
  return missing
    ? [{ code, message: notAssociated, property: strategies, source: itemPage, waits: true }]
    : [];
}

function providersOf({ outputs }: LocalResource, account: AccountView): ReadonlySet<string> {
  const own = account
    .all(token.clusterCapacityProviders)
    .filter((one) => one.outputs.clusterName === outputs.name);
  // Until @pulumi/aws 6 a cluster could name its own.
  const named = [outputs, ...own.map((one) => one.outputs)];
  return new Set(named.flatMap((one) => textsAt(one, "capacityProviders[]")));
}

/**
 * The provider's own: AWS changes a strategy only with a new deployment.
 * https://github.com/hashicorp/terraform-provider-aws/pull/43533
 */
export function refuseStrategyChange(changed: readonly string[], news: Props): Refusal[] {
  const differs = changed.some((path) => path.startsWith(strategies));
  if (!differs || String(news.forceNewDeployment) === "true") return [];
  return [
    {
      code: "ValidationError",
      message:
        "force_new_deployment should be true when capacity_provider_strategy is being updated",
      property: strategies,
      source: "https://github.com/hashicorp/terraform-provider-aws/pull/43533",
    },
  ];
}

const byDefault = "defaultCapacityProviderStrategies";

export const clusterCapacityProviders: ResourceModel = {
  type: token.clusterCapacityProviders,
  required: ["clusterName"],
  rules: [
    matchesPattern("clusterName", /^[A-Za-z0-9_-]{1,255}$/, "the name of a cluster", {
      source: putPage,
    }),
    ...strategyRules(byDefault),
    when(
      (inputs) => {
        const has = textsAt(inputs, "capacityProviders[]");
        return textsAt(inputs, `${byDefault}[].capacityProvider`).some((one) => !has.includes(one));
      },
      byDefault,
      { code, source: putPage, say: notAssociated },
    ),
  ],
  replaceOn: ["clusterName", "region"],
  outputs: ({ inputs }) => ({ id: String(inputs.clusterName) }),
  inUse: ({ outputs }, account) => {
    const cluster = account
      .all(token.cluster)
      .find((one) => one.outputs.name === outputs.clusterName);
    const named = [cluster?.id, outputs.clusterName];
    const used = account
      .all(token.service)
      .some(
        (one) => named.includes(one.outputs.cluster) && bagsAt(one.outputs, strategies).length > 0,
      );
    if (!used) return [];
    return [
      {
        code: "ResourceInUseException",
        message: "The capacity providers are used by tasks of the cluster.",
        source: putPage,
      },
    ];
  },
};
