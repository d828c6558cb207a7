/** A plan on the terminal. */
import { shortType } from "../local/evaluateProgram";
import type { Screen } from "../screen";
import { findingLines } from "../show/findings";
import { heading } from "../show/heading";
import { hopLines } from "../show/hops";
import { tableLines, type Cell } from "../show/table";
import { count, wrap } from "../text";
import type { Opening, Plan, PlanComponent, PlanCost, PlanPath, PlanRequest } from "./types";

/** What of a plan is shown in full. */
export interface TextOptions {
  /** True: every resource, not only how many there are. */
  readonly resources?: boolean;
}

/** Prints a plan. */
export function printPlan(plan: Plan, screen: Screen, options: TextOptions = {}): void {
  const about = [plan.variant, plan.region].filter(Boolean).join(", ");
  screen.print(
    screen.style("bold", `${plan.project} / ${plan.stack}`) + (about === "" ? "" : `  ${about}`),
  );
  printRefusals(plan, screen);
  const paths = sameOnce(plan.paths);
  paths.forEach((path, i) => {
    printPath(path, i, paths.length, screen);
  });
  if (plan.paths.length === 0) printNoPath(plan, screen);
  printOtherOrigins(plan, screen);
  if (plan.findings.length > 0) {
    heading("Findings", screen);
    for (const line of findingLines(plan.findings, screen)) screen.print(line);
  }
  printList("Taken for granted", plan.assumed, screen);
  if (plan.openings.length > 0) printOpenings(plan.openings, screen);
  if (plan.resources.length > 0) printResources(plan, options, screen);
  printCost(plan.cost, plan.region, screen);
  printVerdict(plan, screen);
}

function printRefusals({ refusals }: Plan, screen: Screen): void {
  if (refusals.length === 0) return;
  heading("Refused", screen);
  for (const { code, message, source } of refusals) {
    const sign = screen.style("red", screen.signs.bad);
    const [first = "", ...rest] = message.trimEnd().split("\n");
    const head = code === undefined ? first : `${code}: ${first}`;
    wrap(head, screen.width - 4).forEach((line, i) => {
      screen.print(`  ${i === 0 ? sign : " "} ${line}`);
    });
    // Several lines are laid out by whoever wrote them.
    for (const line of rest) screen.print(line === "" ? "" : `    ${line}`);
    if (source !== undefined) screen.print(`    ${screen.style("dim", source)}`);
  }
}

/** Paths that differ in nothing but what viewers call are shown once, with all their names. */
function sameOnce(paths: readonly PlanPath[]): PlanPath[] {
  const shown = new Map<string, PlanPath>();
  for (const path of paths) {
    const { nodes, hops, requests } = path;
    const key = JSON.stringify([nodes, hops, requests]);
    const known = shown.get(key);
    shown.set(key, known ? { ...known, title: `${known.title} and ${path.title}` } : path);
  }
  return [...shown.values()];
}

function printPath(path: PlanPath, index: number, of: number, screen: Screen): void {
  heading(
    of === 1 ? `The path of ${path.title}` : `Path ${index + 1} of ${of}: ${path.title}`,
    screen,
  );
  const shown = (node: string): string => {
    const found = path.nodes.find((n) => n.node === node);
    return found ? [found.label, found.resource].filter(Boolean).join(" ") : node;
  };
  const hops = path.hops.map((hop) => ({
    ...hop,
    names: { from: shown(hop.from), to: shown(hop.to) },
  }));
  for (const line of hopLines(hops, screen)) screen.print(line);
  screen.print();
  for (const line of tableLines(
    path.requests.map((r) => requestRow(r, screen)),
    screen,
  ))
    screen.print(line);
}

/** `200`, `not admitted`, `refused`. */
export function gotText({ outcome, status }: Pick<PlanRequest, "outcome" | "status">): string {
  if (outcome === "answered") return String(status);
  return outcome === "dropped" ? "not admitted" : "refused";
}

function requestRow(request: PlanRequest, screen: Screen): Cell[] {
  const meant = request.entry === "front";
  const style = request.reaches
    ? "green"
    : meant && (request.status ?? 999) >= 400
      ? "yellow"
      : "dim";
  const way = request.travelled.join(` ${screen.signs.arrow} `);
  return [
    { text: request.title },
    { text: gotText(request), style },
    { text: request.reaches ? way : request.why, style: "dim" },
  ];
}

function printNoPath(plan: Plan, screen: Screen): void {
  if (!plan.complete) return;
  heading("No path", screen);
  const text =
    "No listener of a load balancer forwards to a target group of the program, so that no request " +
    "reaches a container.";
  for (const line of wrap(text, screen.width - 2)) screen.print(`  ${line}`);
}

function printOtherOrigins({ otherOrigins }: Plan, screen: Screen): void {
  if (otherOrigins.length === 0) return;
  heading("Answered without a container", screen);
  const rows = otherOrigins.map(({ viewerNames, pathPattern, origin, kind }): Cell[] => [
    { text: `${viewerNames[0] ?? ""}${pathPattern.startsWith("/") ? "" : "/"}${pathPattern}` },
    { text: kind === "bucket" ? `bucket ${origin}` : `${origin}, not one of the program's` },
  ]);
  for (const line of tableLines(rows, screen)) screen.print(line);
}

function printOpenings(openings: readonly Opening[], screen: Screen): void {
  for (const direction of ["in", "out"] as const) {
    const rows = openings.filter((opening) => opening.direction === direction);
    if (rows.length === 0) continue;
    heading(direction === "in" ? "Who may connect" : "What may be connected to", screen);
    const cells = rows.map((opening): Cell[] => [
      {
        text: opening.who,
        style: opening.internet && direction === "in" ? "yellow" : undefined,
      },
      { text: opening.protocol === "all" ? "all" : opening.ports, right: true },
      { text: `${direction === "in" ? "to" : "from"} ${opening.of}` },
      { text: opening.why, style: "dim" },
    ]);
    for (const line of tableLines(cells, screen)) screen.print(line);
  }
}

function printResources(plan: Plan, { resources }: TextOptions, screen: Screen): void {
  const { components } = plan;
  heading(`Resources: ${components.count}`, screen);
  const print = (node: PlanComponent, depth: number): void => {
    const indent = "  ".repeat(depth + 1);
    const name = `${node.type.split(":").at(-1) ?? ""} ${node.name}`;
    if (depth > 0) screen.print(`${indent}${name}  ${screen.style("dim", String(node.count))}`);
    if (resources === true || depth === 0) {
      const types = Object.entries(node.types).map(([type, n]) =>
        n === 1 ? shortType(type) : `${n} ${shortType(type)}`,
      );
      for (const line of wrap(types.join(", "), screen.width - indent.length - 2))
        screen.print(`${indent}  ${screen.style("dim", line)}`);
    }
    for (const child of node.children) print(child, depth + 1);
  };
  print(components, 0);
  if (resources !== true)
    screen.print(`  ${screen.style("dim", "--resources shows the types in each.")}`);
}

/** `USD 12.30` */
export function dollars(amount: number): string {
  return `USD ${amount.toFixed(2)}`;
}

function printCost(cost: PlanCost, region: string | undefined, screen: Screen): void {
  heading("Fixed cost a month, without any use", screen);
  if (cost.monthly === undefined) {
    const where =
      region === undefined ? "The stack names no region" : `No prices of ${region} here`;
    screen.print(`  ${where}, so nothing is summed.`);
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
    `Prices of ${cost.region ?? "no region"} as of ${cost.asOf}: ${cost.source}.`,
    ...(cost.usageBased.length > 0 ? [`By use, beside it: ${cost.usageBased.join(", ")}.`] : []),
    ...(cost.unknown.length > 0
      ? [
          `Not in the table: ${cost.unknown.map(({ type, count: n }) => `${n} ${shortType(type)}`).join(", ")}.`,
        ]
      : []),
  ];
  for (const note of notes)
    for (const line of wrap(note, screen.width - 2)) screen.print(`  ${screen.style("dim", line)}`);
}

function printList(title: string, items: readonly string[], screen: Screen): void {
  if (items.length === 0) return;
  heading(title, screen);
  for (const item of items)
    wrap(item, screen.width - 4).forEach((line, i) => {
      screen.print(`  ${i === 0 ? screen.signs.dot : " "} ${line}`);
    });
}

function printVerdict(plan: Plan, screen: Screen): void {
  screen.print();
  const errors = plan.findings.filter(({ severity }) => severity === "error").length;
  if (plan.verdict === "ok") {
    screen.print(screen.style("green", `${screen.signs.good} No finding is an error.`));
    return;
  }
  const what =
    errors > 0
      ? count(errors, "finding is an error", "findings are errors")
      : "The program is refused";
  screen.print(screen.style("red", `${screen.signs.bad} ${what}.`));
}
