/** The differences between two stacks on the terminal. */
import { shortType } from "../show/findings";
import type { Screen } from "../screen";
import { heading } from "../show/heading";
import { tableLines, type Cell } from "../show/table";
import { countText } from "../text";
import type { PlanChange, PlanDiff, ResourceDiff } from "./diffTypes";
import type { Opening } from "./types";

/** A change that this many resources share is printed once. */
const shared = 3;

/** Prints what would change if the first stack became the second one. */
export function printDiff(diff: PlanDiff, screen: Screen): void {
  const { arrow } = screen.signs;
  screen.print(screen.style("bold", `${diff.from} ${arrow} ${diff.to}`));
  if (diff.same) {
    screen.print("  No differences.");
    return;
  }
  printChanges(diff.settings, screen);
  printPaths(diff, screen);
  printList("Findings", diff.findings, ({ severity, code }) => `${severity} ${code}`, screen);
  if (diff.tasks.length > 0) {
    heading("Number of tasks", screen);
    printChanges(diff.tasks, screen);
  }
  printList("Access", diff.openings, openingText, screen);
  printResources(diff, screen);
  printCost(diff, screen);
}

function printPaths({ paths }: PlanDiff, screen: Screen): void {
  for (const { from, to, hops, requests } of paths.changed) {
    heading(from === to ? `Path ${from}` : `Path ${from} ${screen.signs.arrow} ${to}`, screen);
    for (const { hop, changes } of hops) {
      screen.print(`  ${screen.style("bold", hop)}`);
      printChanges(changes, screen, "  ");
    }
    if (requests.length > 0) {
      screen.print(`  ${screen.style("bold", "requests")}`);
      printChanges(requests, screen, "  ");
    }
  }
  const { added, removed } = paths;
  printList("Paths", { added, removed }, (title) => title, screen);
}

/** `what  before → after`, a line each. */
function printChanges(changes: readonly PlanChange[], screen: Screen, indent = ""): void {
  const rows = changes.map(({ what, from, to }): Cell[] => [
    { text: `${indent}${what}` },
    { text: `${from ?? "none"} ${screen.signs.arrow} ${to ?? "none"}` },
  ]);
  for (const line of tableLines(rows, screen)) screen.print(line);
}

function printList<T>(
  title: string,
  { added, removed }: { readonly added: readonly T[]; readonly removed: readonly T[] },
  text: (item: T) => string,
  screen: Screen,
): void {
  if (added.length + removed.length === 0) return;
  heading(title, screen);
  for (const item of removed) screen.print(`  ${screen.style("red", `- ${text(item)}`)}`);
  for (const item of added) screen.print(`  ${screen.style("green", `+ ${text(item)}`)}`);
}

function openingText({ direction, of, who, ports, protocol }: Opening): string {
  const what = protocol === "all" ? "everything" : ports;
  return direction === "in" ? `${who} to ${of}: ${what}` : `${of} to ${who}: ${what}`;
}

function printResources({ resources }: PlanDiff, screen: Screen): void {
  const { added, removed, changed } = resources;
  const lines = (list: typeof added): string[] => {
    const byType = new Map<string, string[]>();
    for (const { type, name } of list) byType.set(type, [...(byType.get(type) ?? []), name]);
    return [...byType].map(([type, names]) => `${shortType(type)} ${names.join(", ")}`);
  };
  const title = `Resources: ${added.length} added, ${removed.length} removed, ${changed.length} changed`;
  heading(title, screen);
  for (const line of lines(removed)) screen.print(`  ${screen.style("red", `- ${line}`)}`);
  for (const line of lines(added)) screen.print(`  ${screen.style("green", `+ ${line}`)}`);
  const common = commonChanges(changed);
  for (const { change, of } of common) {
    screen.print(`  ~ ${countText(of, "resource")}`);
    printChanges([change], screen, "  ");
  }
  const known = new Set(common.map(({ change }) => JSON.stringify(change)));
  for (const { type, name, properties } of changed) {
    const own = properties.filter((change) => !known.has(JSON.stringify(change)));
    if (own.length === 0) continue;
    screen.print(`  ~ ${shortType(type)} ${name}`);
    printChanges(own, screen, "  ");
  }
}

/** Changes that several resources have in common, such as a tag. */
function commonChanges(changed: readonly ResourceDiff[]): { change: PlanChange; of: number }[] {
  const found = new Map<string, { change: PlanChange; of: number }>();
  for (const change of changed.flatMap(({ properties }) => properties)) {
    const key = JSON.stringify(change);
    found.set(key, { change, of: (found.get(key)?.of ?? 0) + 1 });
  }
  return [...found.values()].filter(({ of }) => of >= shared);
}

function printCost({ cost }: PlanDiff, screen: Screen): void {
  if (cost.from === cost.to && cost.most === undefined && cost.items.length === 0) return;
  heading("Fixed cost per month, USD", screen);
  printChanges(cost.items, screen);
  for (const [what, { from, to }] of [
    ["all", cost],
    ...(cost.most ? [["all, with the most tasks", cost.most] as const] : []),
  ] as const) {
    if (from === null || to === null || (what !== "all" && from === to)) continue;
    const by = to - from;
    const sign = by < 0 ? "-" : "+";
    const sum = { from: from.toFixed(2), to: to.toFixed(2) };
    printChanges([{ what: `${what}, ${sign}${Math.abs(by).toFixed(2)}`, ...sum }], screen);
  }
}
