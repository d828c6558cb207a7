/** A plan on the terminal: the headline, the paths, the findings, then a summary. */
import { APPLY } from "../../../local/model/types";
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { shortType } from "../../show/findings";
import { tableLines, type Cell } from "../../show/table";
import { say } from "../../show/words";
import { wrap } from "../../text";
import type { Plan } from "../types";
import { callersText } from "../direct";
import { moneyText, printCost } from "./cost";
import { printDeployments } from "./deployments";
import { openingsInLine, printOpenings } from "./openings";
import { printPaths } from "./paths";
import { printFindings, printHeadline } from "./problems";
import { printResources } from "./resources";
import { printTasks } from "./tasks";
import { printVerdict } from "./verdict";

/** How much of a plan is shown. */
export interface TextOptions {
  /** True: also access rules, every resource with its cost, and AWS's pages. */
  readonly all?: boolean;
}

/** Prints a plan. */
export function printPlan(plan: Plan, screen: Screen, { all = false }: TextOptions = {}): void {
  const headline = printHeadline(plan, screen);
  if (headline !== undefined) screen.print();
  const about = [plan.variant, plan.region].filter(Boolean).join(", ");
  screen.print(
    screen.style("bold", `${plan.project} / ${plan.stack}`) + (about === "" ? "" : `  ${about}`),
  );
  printPaths(plan, screen, all);
  if (plan.paths.length === 0) printNoPath(plan, screen);
  printPartialPaths(plan, screen);
  printOtherOrigins(plan, screen);
  printDirect(plan, screen);
  printDeployments(plan, screen);
  printTasks(plan, screen);
  printFindings(plan, headline, screen, all);
  printAccepted(plan, screen, all);
  printNotChecked(plan, screen);
  printNotModelled(plan, screen, all);
  if (all) printAll(plan, screen);
  else printSummary(plan, screen);
  printVerdict(plan, screen);
}

function printAll(plan: Plan, screen: Screen): void {
  printList("Assumptions", plan.assumed, screen);
  if (plan.openings.length > 0) printOpenings(plan.openings, screen);
  if (plan.resources.length > 0) printResources(plan.components, screen);
  printCost(plan.cost, plan.region, screen);
}

/** Assumptions, exposure, resources and cost, a line each. */
function printSummary(plan: Plan, screen: Screen): void {
  const { cost, components } = plan;
  const money =
    cost.monthly === undefined
      ? plan.region === undefined
        ? say(screen, "unknown without a region: set aws:region or AWS_REGION")
        : say(screen, "unknown for this region")
      : say(
          screen,
          cost.most === undefined
            ? "USD {money} a month without any use (prices of {date})"
            : "USD {money} a month by the number of tasks, without other use (prices of {date})",
          { money: moneyText(cost.monthly, cost.most), date: cost.asOf },
        );
  const [assumed, ...others] = plan.assumed;
  const more =
    others.length === 0 ? "" : say(screen, " And {count} more: --all.", { count: others.length });
  const kept = protectedText(plan);
  const row = (label: string, text: string): Cell[] => [{ text: say(screen, label) }, { text }];
  const rows: Cell[][] = [
    ...(assumed === undefined ? [] : [row("assumed", `${assumed}${more}`)]),
    ...(kept === "" ? [] : [row("protected", kept)]),
    row("open to all", say(screen, openingsInLine(plan.openings, plan.complete))),
    row("resources", String(components.count)),
    row("fixed cost", money),
  ];
  screen.print();
  for (const line of tableLines(rows, screen)) screen.print(screen.style("dim", line));
}

/** What Pulumi refuses to delete. */
function protectedText({ resources }: Plan): string {
  return resources
    .filter((resource) => resource.protected === true)
    .map(({ type, name }) => `${shortType(type)} ${name}`)
    .join(", ");
}

function printNoPath(plan: Plan, screen: Screen): void {
  if (plan.verdict === "error" && !plan.complete) return;
  if (plan.complete && plan.direct.length > 0) return;
  heading(plan.complete ? "No path" : "No path is known", screen);
  const text = plan.complete
    ? "No listener of an application load balancer forwards to a target group of the program, so " +
      "that no request reaches a container."
    : "Which requests reach a container depends on what is not known here: see below.";
  for (const line of wrap(text, screen.width - 2)) screen.print(`  ${line}`);
}

function printOtherOrigins({ otherOrigins }: Plan, screen: Screen): void {
  if (otherOrigins.length === 0) return;
  heading("Answered without a container", screen);
  const rows = otherOrigins.map(
    ({ distribution, viewerNames, pathPattern, origin, kind }): Cell[] => [
      {
        text: `${viewerNames[0] ?? `CloudFront ${distribution}`}${pathPattern.startsWith("/") ? "" : "/"}${pathPattern}`,
      },
      { text: originText({ origin, kind }) },
    ],
  );
  for (const line of tableLines(rows, screen)) screen.print(line);
}

/** What is spoken there is the container's own affair: nothing of AWS ends TLS. */
function printDirect({ direct }: Plan, screen: Screen): void {
  if (direct.length === 0) return;
  heading("Called without a load balancer", screen);
  const rows = direct.map((one): Cell[] => [
    { text: `container ${one.container} of ${one.service}` },
    { text: String(one.port), right: true },
    { text: callersText(one), ...(one.internet === true && { style: "yellow" as const }) },
    { text: addressText(one), style: "dim" },
  ]);
  for (const line of tableLines(rows, screen)) screen.print(line);
  const text = "Plain text, unless the containers themselves speak TLS.";
  if (direct.some(({ who }) => who === undefined || who.length > 0))
    screen.print(`  ${screen.style("dim", text)}`);
}

function addressText({ publicAddress }: Plan["direct"][number]): string {
  if (publicAddress === undefined) return "address of its instance";
  return publicAddress ? "public address" : "private address";
}

function printPartialPaths({ partialPaths }: Plan, screen: Screen): void {
  const items = partialPaths.map((partial) => {
    const { targetGroup, protocolVersion, service, container, port, forwardedBy } = partial;
    const version = protocolVersion === undefined ? "" : ` (${protocolVersion})`;
    const from =
      targetGroup === undefined
        ? "a target group that is not known"
        : `target group ${targetGroup}${version}`;
    const to = `container ${container} of ${service}`;
    const by =
      forwardedBy === undefined
        ? "what forwards to it is not known"
        : `forwarded to by ${forwardedBy.join(" and ")}; what arrives there is not known`;
    return `${from} ${screen.signs.arrow} ${to}${port === undefined ? "" : `, port ${port}`}; ${by}.`;
  });
  printList("Known in part", items, screen);
}

function originText({
  origin,
  kind,
}: Pick<Plan["otherOrigins"][number], "origin" | "kind">): string {
  if (kind === "unknown") return "an origin whose name is not known before the deployment";
  if (kind === "not-followed") return `load balancer ${origin}, which is not followed`;
  if (kind === "function") return `function ${origin}`;
  return kind === "bucket" ? `bucket ${origin}` : `${origin}, not one of the program's`;
}

const stackReference = "pulumi:pulumi:StackReference";

/** What may decide a path has a line each; the rest of what is not modelled shares one. */
function printNotModelled(plan: Plan, screen: Screen, all: boolean): void {
  const { notModelled } = plan;
  const named = ({ type, names }: Plan["notModelled"][number]): string =>
    `${type}${names.length === 0 ? "" : ` (${names.join(", ")})`}`;
  const stacks = notModelled.find(({ type }) => type === stackReference)?.names ?? [];
  const rest = notModelled
    .filter(({ decides, type }) => !decides && type !== stackReference)
    .map(named);
  printList(
    "Not known here",
    [
      ...notModelled
        .filter(({ decides }) => decides)
        .map((one) =>
          one.type === APPLY
            ? `What is created in ${named(one)}: its value is not known, so that requests may take paths that are not shown.`
            : `${named(one)}: requests may take paths there that are not shown.`,
        ),
      ...stacks.map(
        (name) =>
          `The outputs of the stack ${name}. To give them: pulumi stack output --json --stack ${name} > outputs.json, and --stack-outputs ${name}=outputs.json`,
      ),
      ...(rest.length === 0 || (plan.complete && !all && plan.paths.length > 0)
        ? []
        : [`No computed values are known of ${rest.join(", ")}.`]),
    ],
    screen,
  );
}

/** By code; with `all` each with its resource and the reason. */
function printAccepted({ accepted }: Plan, screen: Screen, all: boolean): void {
  const codes = [...new Set(accepted.map(({ code }) => code))];
  const items = all
    ? accepted.map(({ code, resource, reason }) => {
        const of = resource?.name === undefined ? "" : ` of ${resource.name}`;
        return `${code}${of}: ${reason}`;
      })
    : codes.map((code) => {
        const count = accepted.filter((one) => one.code === code).length;
        return count === 1 ? code : `${code} (${count})`;
      });
  printList(
    "Accepted in the policy pack's configuration",
    all || items.length === 0 ? items : [items.join(", ")],
    screen,
  );
}

function printNotChecked({ notChecked }: Plan, screen: Screen): void {
  const items = notChecked.map(({ what, why, codes }) => {
    const rules = codes.length > 3 ? `${codes.length} rules` : codes.join(", ");
    return `${what}: ${why}${codes.length === 0 ? "" : ` (${rules})`}.`;
  });
  printList("Not checked", items, screen);
}

function printList(title: string, items: readonly string[], screen: Screen): void {
  if (items.length === 0) return;
  heading(title, screen);
  for (const item of items)
    wrap(item, screen.width - 4).forEach((line, i) => {
      screen.print(`  ${i === 0 ? screen.signs.dot : " "} ${line}`);
    });
}
