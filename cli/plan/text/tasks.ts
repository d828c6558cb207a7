/** How many tasks each service has. */
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { tableLines, type Cell } from "../../show/table";
import { rangeText, tasksTexts, varies } from "../tasks";
import type { Plan } from "../types";

/** Prints the services whose number of tasks changes, or that use Fargate Spot. */
export function printTasks({ tasks }: Plan, screen: Screen): void {
  const shown = tasks.filter(varies);
  if (shown.length === 0) return;
  heading("Number of tasks", screen);
  const rows = shown.flatMap((one) => {
    const [first = "", ...others] = tasksTexts(one);
    return [
      [{ text: one.service }, { text: rangeText(one) }, { text: first }],
      ...others.map((text): Cell[] => [{ text: "" }, { text: "" }, { text }]),
    ];
  });
  for (const line of tableLines(rows, screen)) screen.print(line);
}
