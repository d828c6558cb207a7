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
    const bill = new Map<string, { quantity: number; monthly: number }>();
    for (const { what, quantity, monthly } of cost.items) {
      const sum = bill.get(what) ?? { quantity: 0, monthly: 0 };
      bill.set(what, { quantity: sum.quantity + quantity, monthly: sum.monthly + monthly });
    }
    const rows = [...bill].map(([what, { quantity, monthly }]): Cell[] => [
      { text: monthly.toFixed(2), right: true },
      { text: String(Math.round(quantity * 100) / 100), right: true, style: "dim" },
      { text: what },
    ]);
    const sum: Cell[] = [
      { text: cost.monthly.toFixed(2), right: true },
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
