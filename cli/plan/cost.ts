/** A stack's fixed monthly cost, without any use. */
import { fixedMonthlyCost, total, unknownTypes, usageBasedCosts } from "../../cost/monthly";
import { prices, pricesAsOf, pricesSource } from "../../cost/prices";
import type { LocalResource } from "../../local/model/types";
import type { PlanCost } from "./types";

/** @param region of the stack's provider; without known prices there is no sum */
export function planCost(
  resources: readonly LocalResource[],
  region: string | undefined,
): PlanCost {
  const known = region === undefined ? undefined : prices[region];
  const bill = known ? fixedMonthlyCost(resources, known) : [];
  const [least, most] = [cents(total(bill)), cents(total(bill.map((item) => item.most ?? item)))];
  return {
    currency: "USD",
    ...(known && { region, monthly: least, ...(most !== least && { most }) }),
    asOf: pricesAsOf,
    source: pricesSource,
    items: bill.map(({ resource, what, quantity, dollars, most: at }) => ({
      ...{ resource, what, quantity, monthly: cents(dollars) },
      ...(at && { most: { quantity: at.quantity, monthly: cents(at.dollars) } }),
    })),
    usageBased: usageBasedCosts(resources),
    unknown: unknownTypes(resources),
  };
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
