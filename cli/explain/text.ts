/** The report as text: what happened, what to change, then the details. */
import type { CauseReport, HopReport, Report } from "../../logs/report";
import type { Screen, Style } from "../screen";
import { tableLines, type Cell } from "../show/table";
import { wrap } from "../text";
import { detailLines } from "./details";
import { counted, headline, number, percent, period, statusOf } from "./words";

const look: Readonly<
  Record<CauseReport["severity"], { sign: "bad" | "warn" | "note"; style: Style }>
> = {
  error: { sign: "bad", style: "red" },
  warning: { sign: "warn", style: "yellow" },
  note: { sign: "note", style: "cyan" },
};

const hops = (
  report: Report,
): readonly (readonly [name: string, behind: string, hop: HopReport])[] => [
  ...(report.loadBalancer
    ? [["the load balancer", "the targets", report.loadBalancer] as const]
    : []),
  ...(report.cloudfront ? [["CloudFront", "the origin", report.cloudfront] as const] : []),
];

/** Every line of the report. */
export function reportLines(report: Report, screen: Screen): string[] {
  const found = hops(report);
  const causes = found.flatMap(([, , hop]) => hop.causes);
  return [
    ...found.flatMap(([name, behind, hop]) => headLines(name, behind, hop, screen)),
    ...changeLines(causes, screen),
    ...(causes.length > 0 ? heading("Details", screen) : []),
    ...causes.flatMap((cause) => detailLines(cause, screen)),
    ...readLines(report, screen),
  ];
}

const heading = (text: string, screen: Screen): string[] => ["", screen.style("bold", text)];

function headLines(name: string, behind: string, hop: HopReport, screen: Screen): string[] {
  const { errors, causes, passedOn } = hop;
  const sign =
    errors > 0 ? screen.style("red", screen.signs.bad) : screen.style("green", screen.signs.good);
  const theirs = passedOn.reduce((sum, one) => sum + one.count, 0);
  const statuses = passedOn.map((one) => `${one.status} (${number(one.count)})`).join(", ");
  return [
    ...indented(headline(name, hop), `${sign} `, screen),
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
  return [period(start, end.replace(".000Z", "Z"))];
}

/** A row per cause: status, how many, which share, what it is. */
function causeTable(causes: readonly CauseReport[], screen: Screen): string[] {
  const rows = causes.map((cause): Cell[] => {
    const { sign, style } = look[cause.severity];
    return [
      { text: screen.signs[sign], style },
      { text: statusOf(cause), style: "bold" },
      { text: number(cause.count), right: true },
      { text: percent(cause.share), right: true },
      { text: cause.title },
    ];
  });
  return tableLines(rows, screen);
}

/** What to do about each cause, without the notes: nothing has to change there. */
function changeLines(causes: readonly CauseReport[], screen: Screen): string[] {
  const lines = causes
    .filter(({ severity }) => severity !== "note")
    .flatMap((cause) => [
      "",
      `  ${screen.style("bold", statusOf(cause))} ${cause.title}`,
      ...cause.hints.flatMap((hint) => indented(hint, `    ${screen.signs.note} `, screen)),
      ...cause.changes.flatMap(({ rule, change, source }) => [
        ...indented(change, `    ${screen.signs.arrow} `, screen),
        `      ${screen.style("dim", rule === undefined ? source : `${rule}  ${source}`)}`,
      ]),
    ]);
  return lines.length === 0 ? [] : [screen.style("bold", "What to change"), ...lines];
}

/** Files, lines, and what could not be read. */
function readLines({ read, loadBalancer, cloudfront }: Report, screen: Screen): string[] {
  const { kinds, malformed, problems } = read;
  const lines = [`Read: ${counted(read.files, "file")}, ${counted(read.lines, "line")}.`];
  if (read.cut > 0) lines.push(`Cut, and read as far as they go: ${counted(read.cut, "line")}.`);
  if (kinds.outside > 0)
    lines.push(`Outside the given time: ${counted(kinds.outside, "request")}.`);
  if (kinds.connections > 0)
    lines.push(`Connection logs, which hold no answers: ${counted(kinds.connections, "line")}.`);
  if (kinds.healthChecks > 0) lines.push(`Health checks: ${counted(kinds.healthChecks, "line")}.`);
  if (!loadBalancer && !cloudfront) lines.push("There is no request in any of it.");
  const bad =
    kinds.malformed === 0
      ? []
      : [
          `Could not be read: ${counted(kinds.malformed, "line")}, ${malformed.kinds.map((kind) => `${kind.name} (${number(kind.count)})`).join("; ")}.`,
          ...malformed.examples.map(
            (one) => `  ${one.file}:${one.line}: ${one.text.slice(0, screen.width - 10)}`,
          ),
        ];
  return [
    "",
    ...lines.flatMap((line) => wrap(line, screen.width)).map((line) => screen.style("dim", line)),
    ...bad.map((line) => screen.style("yellow", line)),
    ...problems.map((p) =>
      screen.style("yellow", `${p.file}: ${p.problem}; what came before it counts.`),
    ),
  ];
}

/** A wrapped text whose first line begins with a sign. */
function indented(text: string, sign: string, screen: Screen): string[] {
  // eslint-disable-next-line no-control-regex -- colours take no columns
  const width = sign.replace(/\u001b\[\d+m/g, "").length;
  return wrap(text, screen.width - width).map(
    (line, i) => (i === 0 ? sign : " ".repeat(width)) + line,
  );
}
