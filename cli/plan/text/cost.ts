/** The fixed cost of a stack, part by part. */
import { shortType } from "../../show/findings";
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { tableLines, type Cell } from "../../show/table";
import { wrap } from "../../text";
import type { PlanCost } from "../types";

/** Prints the monthly cost of each part. */
export function printCost(cost: PlanCost, region: string | undefined, screen: Screen): void {
  heading("Fixed cost per month, without any use", screen);
  if (cost.monthly === undefined) {
    const where =
      region === undefined ? "The stack names no region" : `There are no prices for ${region}`;
    screen.print(`  ${where}, so there is no sum.`);
  } else {
    const rows = [...sumByPart(cost.items)].map(([what, [least, most]]): Cell[] => [
      { text: moneyText(least.monthly, most.monthly), right: true },
      { text: quantityText(least.quantity, most.quantity), right: true, style: "dim" },
      { text: what },
    ]);
    const sum: Cell[] = [
      { text: moneyText(cost.monthly, cost.most), right: true },
      { text: "" },
      { text: "USD" },
    ];
    for (const line of tableLines([...rows, sum], screen)) screen.print(line);
  }
  const notes = [
    `Prices for ${cost.region ?? "no region"} as of ${cost.asOf}: ${cost.source}.`,
    ...(cost.usageBased.length > 0
      ? [`Paid by use, in addition: ${cost.usageBased.join(", ")}.`]
      : []),
    ...(cost.unknown.length > 0
      ? [
          `Not in the table: ${cost.unknown.map(({ type, count: n }) => `${n} ${shortType(type)}`).join(", ")}.`,
        ]
      : []),
  ];
  for (const note of notes)
    for (const line of wrap(note, screen.width - 2)) screen.print(`  ${screen.style("dim", line)}`);
}

interface Part {
  readonly quantity: number;
  readonly monthly: number;
}

/** What each part costs, with the fewest and with the most tasks. */
export function sumByPart(
  items: PlanCost["items"],
): Map<string, readonly [least: Part, most: Part]> {
  const sums = new Map<string, readonly [Part, Part]>();
  const plus = (one: Part, other: Part): Part => ({
    quantity: one.quantity + other.quantity,
    monthly: one.monthly + other.monthly,
  });
  const none: Part = { quantity: 0, monthly: 0 };
  for (const item of items) {
    const [least, most] = sums.get(item.what) ?? [none, none];
    sums.set(item.what, [plus(least, item), plus(most, item.most ?? item)]);
  }
  return sums;
}

/** `9.01`, or `9.01 to 27.03` */
export function moneyText(least: number, most = least): string {
  const [from, to] = [least.toFixed(2), most.toFixed(2)];
  return from === to ? from : `${from} to ${to}`;
}

function quantityText(least: number, most: number): string {
  const [from, to] = [least, most].map((one) => String(Math.round(one * 100) / 100));
  return from === to ? String(from) : `${from ?? ""} to ${to ?? ""}`;
}
