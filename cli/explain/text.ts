/** The report as text: what happened, what to change, then the details. */
import { printable, shortened } from "../../logs/fields";
import type * as Titles from "../../logs/causes/japanese";
import { ruleOf } from "../../rules";
import { wasRead, type CauseReport, type HopReport, type Report } from "../../logs/report";
import type { Screen, Style } from "../screen";
import { translated } from "../show/findings";
import { tableLines, type Cell } from "../show/table";
import { wrap } from "../text";
import { detailLines } from "./details";
import {
  formatCount,
  headline,
  namedHops,
  formatNumber,
  formatPercent,
  formatPeriod,
  statusText,
  type NamedHop,
} from "./words";

const look: Readonly<
  Record<CauseReport["severity"], { sign: "bad" | "warn" | "note"; style: Style }>
> = {
  error: { sign: "bad", style: "red" },
  warning: { sign: "warn", style: "yellow" },
  note: { sign: "note", style: "cyan" },
};

/** Every line of the report. */
export function reportLines(report: Report, screen: Screen): string[] {
  const hops = namedHops(report);
  const causes = hops.flatMap(({ hop }) => hop.causes);
  return [
    ...hops.flatMap((one) => headLines(one, screen)),
    ...changeLines(causes, screen),
    ...(causes.length > 0 ? heading("Details", screen) : []),
    ...hops.flatMap(({ hop, unit }) =>
      hop.causes.flatMap((cause) => detailLines(cause, unit, screen)),
    ),
    ...readLines(report, screen),
  ];
}

const heading = (text: string, screen: Screen): string[] => ["", screen.style("bold", text)];

function headLines(named: NamedHop, screen: Screen): string[] {
  const { behind, hop } = named;
  const { errors, causes, passedOn } = hop;
  const sign =
    errors > 0 ? screen.style("red", screen.signs.bad) : screen.style("green", screen.signs.good);
  const theirs = passedOn.reduce((sum, one) => sum + one.count, 0);
  const statuses = passedOn.map((one) => `${one.status} (${formatNumber(one.count)})`).join(", ");
  return [
    ...indented(headline(named), `${sign} `, screen),
    ...times(hop).map((line) => `  ${screen.style("dim", line)}`),
    "",
    ...causeTable(causes, screen),
    ...(theirs > 0
      ? indented(`Errors of ${behind}, passed on: ${statuses}.`, `  ${screen.signs.dot} `, screen)
      : []),
    ...(theirs > 0 || causes.length > 0 ? [""] : []),
  ];
}

function times({ timeline }: HopReport): string[] {
  if (timeline === undefined) return [];
  const { start, stepSeconds, requests } = timeline;
  const end = new Date(Date.parse(start) + requests.length * stepSeconds * 1000).toISOString();
  return [formatPeriod(start, end.replace(".000Z", "Z"))];
}

/** A row per cause: status, how many, which share, what it is. */
function causeTable(causes: readonly CauseReport[], screen: Screen): string[] {
  const rows = causes.map((cause): Cell[] => {
    const { sign, style } = look[cause.severity];
    return [
      { text: screen.signs[sign], style },
      { text: statusText(cause), style: "bold" },
      { text: formatNumber(cause.count), right: true },
      { text: formatPercent(cause.share), right: true },
      { text: titleOf(cause, screen) },
    ];
  });
  return tableLines(rows, screen);
}

/** A cause's title in the screen's language. */
function titleOf({ code, title }: CauseReport, { language }: Screen): string {
  if (language !== "ja") return title;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: most do not read Japanese
  const { japaneseTitles } = require("../../logs/causes/japanese") as typeof Titles;
  return japaneseTitles[code] ?? title;
}

/** A change in the screen's language, where it is a rule's fix; others are in English only. */
function changeOf(
  { rule, change }: { readonly rule?: string; readonly change: string },
  screen: Screen,
): string {
  if (rule === undefined || ruleOf(rule).fix !== change) return change;
  return translated(rule, screen)?.fix ?? change;
}

/** What to do about each cause, without the notes: nothing has to change there. */
function changeLines(causes: readonly CauseReport[], screen: Screen): string[] {
  const lines = causes
    .filter(({ severity }) => severity !== "note")
    .flatMap((cause) => [
      "",
      `  ${screen.style("bold", statusText(cause))} ${titleOf(cause, screen)}`,
      ...cause.hints.flatMap((hint) => indented(hint, `    ${screen.signs.note} `, screen)),
      ...cause.changes.flatMap(({ rule, change, source }) => [
        ...indented(changeOf({ rule, change }, screen), `    ${screen.signs.arrow} `, screen),
        `      ${screen.style("dim", rule === undefined ? source : `${rule}  ${source}`)}`,
      ]),
    ]);
  return lines.length === 0 ? [] : [screen.style("bold", "What to change"), ...lines];
}

/** What the command reads, said where it found none of it. */
const readable =
  "None of it could be read as a log of requests. hopwise explain reads access, connection and health check logs of an Application Load Balancer, and standard logs of CloudFront; docs/explain.md has the forms.";

/** Files, lines, and what could not be read. */
function readLines(report: Report, screen: Screen): string[] {
  const { kinds, malformed, problems, files, lines: all, cut } = report.read;
  const lines = [`Read: ${formatCount(files, "file")}, ${formatCount(all, "line")}.`];
  if (cut > 0) lines.push(`Cut, and read as far as they go: ${formatCount(cut, "line")}.`);
  if (kinds.outside > 0)
    lines.push(`Outside the given time: ${formatCount(kinds.outside, "request")}.`);
  if (kinds.healthChecks > 0) lines.push(healthCheckLine(report));
  if (all === 0) lines.push(files === 1 ? "The file is empty." : "The files are empty.");
  if (namedHops(report).length === 0 && wasRead(report))
    lines.push("There is no request in any of it.");
  const bad =
    kinds.malformed === 0
      ? []
      : [
          ...wrap(
            `Could not be read: ${formatCount(kinds.malformed, "line")}, ${malformed.kinds.map((kind) => `${kind.name} (${formatNumber(kind.count)})`).join("; ")}.`,
            screen.width,
          ),
          ...malformed.examples.map((one) =>
            shortened(`  ${printable(one.file)}:${one.line}: ${one.text}`, screen.width),
          ),
        ];
  return [
    "",
    ...lines.flatMap((line) => wrap(line, screen.width)).map((line) => screen.style("dim", line)),
    ...bad.map((line) => screen.style("yellow", line)),
    ...problems.map((p) =>
      screen.style("yellow", `${printable(p.file)}: ${p.problem}; what came before it counts.`),
    ),
    ...(wasRead(report) ? [] : wrap(readable, screen.width)),
  ];
}

/** Health checks, and which of them failed: no request need have met them. */
function healthCheckLine({ read: { kinds }, failedChecks: { top, others } }: Report): string {
  const all = `Health checks: ${formatCount(kinds.healthChecks, "line")}`;
  const failed = top.reduce((sum, { count }) => sum + count, others);
  if (failed === 0) return `${all}, none that failed.`;
  const names = top.map(({ name, count }) => `${name} (${formatNumber(count)})`);
  return `${all}, ${formatNumber(failed)} failed: ${names.join("; ")}.`;
}

/** A wrapped text whose first line begins with a sign. */
function indented(text: string, sign: string, screen: Screen): string[] {
  // eslint-disable-next-line no-control-regex -- colours take no columns
  const width = sign.replace(/\u001b\[\d+m/g, "").length;
  return wrap(text, screen.width - width).map(
    (line, i) => (i === 0 ? sign : " ".repeat(width)) + line,
  );
}
