/** What a stack costs a month while nobody uses it. */
import { fixedMonthlyCost, total, unknownTypes, usageBasedCosts } from "../../cost/monthly";
import { prices, pricesAsOf, pricesSource } from "../../cost/prices";
import type { LocalResource } from "../../local/model/types";
import type { PlanCost } from "./types";

/** @param region of the stack's provider; of one without known prices nothing is summed */
export function planCost(
  resources: readonly LocalResource[],
  region: string | undefined,
): PlanCost {
  const known = region === undefined ? undefined : prices[region];
  const bill = known ? fixedMonthlyCost(resources, known) : [];
  return {
    currency: "USD",
    ...(known && { region, monthly: cents(total(bill)) }),
    asOf: pricesAsOf,
    source: pricesSource,
    items: bill.map(({ resource, what, quantity, dollars }) => ({
      resource,
      what,
      quantity,
      monthly: cents(dollars),
    })),
    usageBased: usageBasedCosts(resources),
    unknown: unknownTypes(resources),
  };
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
