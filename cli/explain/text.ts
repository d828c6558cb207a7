/** The report as text: what happened, what to change, then the details. */
import { printable, shortened } from "../../logs/fields";
import { wasRead, type CauseReport, type HopReport, type Report } from "../../logs/report";
import type { Screen, Style } from "../screen";
import { tableLines, type Cell } from "../show/table";
import { wrap } from "../text";
import { detailLines } from "./details";
import { phrasesOf, type Phrases } from "./phrases";
import {
  namedHops,
  problemsByText,
  formatNumber,
  statusCounts,
  statusText,
  timelineEnds,
  type NamedHop,
} from "./words";

const look: Readonly<
  Record<CauseReport["severity"], { sign: "bad" | "warn" | "note"; style: Style }>
> = {
  error: { sign: "bad", style: "red" },
  warning: { sign: "warn", style: "yellow" },
  note: { sign: "note", style: "cyan" },
};

/** Every line of a report, which is in the screen's language. */
export function reportLines(report: Report, screen: Screen): string[] {
  const say = phrasesOf(screen.language);
  const hops = namedHops(report);
  const causes = hops.flatMap(({ hop }) => hop.causes);
  return [
    ...hops.flatMap((one) => headLines(one, screen, say)),
    ...changeLines(causes, screen, say),
    ...(causes.length > 0 ? heading(say.details, screen) : []),
    ...hops.flatMap(({ hop, unit }) =>
      hop.causes.flatMap((cause) => detailLines(cause, unit, screen, say)),
    ),
    ...readLines(report, screen, say),
  ];
}

const heading = (text: string, screen: Screen): string[] => ["", screen.style("bold", text)];

function headLines(named: NamedHop, screen: Screen, say: Phrases): string[] {
  const { name, hop } = named;
  const { errors, causes, passedOn } = hop;
  const sign =
    errors > 0 ? screen.style("red", screen.signs.bad) : screen.style("green", screen.signs.good);
  const theirs = passedOn.reduce((sum, one) => sum + one.count, 0);
  return [
    ...indented(say.headline(named), `${sign} `, screen),
    ...times(hop, say).map((line) => `  ${screen.style("dim", line)}`),
    "",
    ...causeTable(causes, screen, say),
    ...(theirs > 0
      ? indented(say.passedOn(name, statusCounts(passedOn)), `  ${screen.signs.dot} `, screen)
      : []),
    ...(theirs > 0 || causes.length > 0 ? [""] : []),
  ];
}

function times({ timeline }: HopReport, say: Phrases): string[] {
  return timeline === undefined ? [] : [say.period(...timelineEnds(timeline))];
}

/** A row per cause: status, how many, which share, what it is. */
function causeTable(causes: readonly CauseReport[], screen: Screen, say: Phrases): string[] {
  const rows = causes.map((cause): Cell[] => {
    const { sign, style } = look[cause.severity];
    return [
      { text: screen.signs[sign], style },
      { text: statusText(cause), style: "bold" },
      { text: formatNumber(cause.count), right: true },
      { text: say.percent(cause.share), right: true },
      { text: cause.title },
    ];
  });
  return tableLines(rows, screen);
}

/** What to do about each cause, without the notes: nothing has to change there. */
function changeLines(causes: readonly CauseReport[], screen: Screen, say: Phrases): string[] {
  const lines = causes
    .filter(({ severity }) => severity !== "note")
    .flatMap((cause) => [
      "",
      `  ${screen.style("bold", statusText(cause))} ${cause.title}`,
      ...cause.hints.flatMap((hint) => indented(hint, `    ${screen.signs.note} `, screen)),
      ...cause.changes.flatMap(({ rule, change, source }) => [
        ...indented(change, `    ${screen.signs.arrow} `, screen),
        `      ${screen.style("dim", rule === undefined ? source : `${rule}  ${source}`)}`,
      ]),
    ]);
  return lines.length === 0 ? [] : [screen.style("bold", say.whatToChange), ...lines];
}

/** Files and lines, and what could not be read. */
export function readTexts(
  report: Report,
  { read: say }: Phrases,
): { readonly plain: string[]; readonly malformed: string[]; readonly problems: string[] } {
  const { kinds, files, lines: all, cut } = report.read;
  const plain = [say.all(files, all)];
  if (cut > 0) plain.push(say.cut(cut));
  if (kinds.outside > 0) plain.push(say.outside(kinds.outside));
  if (kinds.healthChecks > 0) {
    const { top, others } = report.failedChecks;
    const failed = top.reduce((sum, one) => sum + one.count, others);
    plain.push(say.healthChecks(kinds.healthChecks, failed, top));
  }
  if (all === 0) plain.push(say.empty(files));
  if (namedHops(report).length === 0 && wasRead(report)) plain.push(say.noRequest);
  return {
    plain,
    malformed:
      kinds.malformed === 0 ? [] : [say.malformed(kinds.malformed, report.read.malformed.kinds)],
    problems: problemsByText(report.read.problems).map(say.problem),
  };
}

/** The same in lines, with examples. */
function readLines(report: Report, screen: Screen, say: Phrases): string[] {
  const { plain, malformed, problems } = readTexts(report, say);
  const wrapped = (texts: readonly string[], style: Style): string[] =>
    texts.flatMap((text) => wrap(text, screen.width)).map((line) => screen.style(style, line));
  const examples = report.read.malformed.examples.map((one) =>
    shortened(`  ${printable(one.file)}:${one.line}: ${one.text}`, screen.width),
  );
  return [
    "",
    ...wrapped(plain, "dim"),
    ...wrapped(malformed, "yellow"),
    ...examples.map((line) => screen.style("yellow", line)),
    ...wrapped(problems, "yellow"),
    ...(wasRead(report) ? [] : wrap(say.read.readable, screen.width)),
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
