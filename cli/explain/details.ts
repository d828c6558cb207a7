/** One cause in detail: when, who, where to, and a line to look at. */
import type { CauseReport, Ranking } from "../../logs/report";
import { printable, shortened } from "../../logs/fields";
import type { Screen } from "../screen";
import { columnsOf, padColumns, wrap } from "../text";
import type { Label, Phrases, Unit } from "./phrases";
import { groupName, formatNumber, statusText } from "./words";

/** A ranking's rows; numbers first, in a column. */
function rows({ top, others }: Ranking, say: Phrases, name = (text: string) => text): string[] {
  const all = [...top.map((row) => [formatNumber(row.count), name(row.name)] as const)];
  if (others > 0) all.push([formatNumber(others), say.others]);
  const width = Math.max(0, ...all.map(([n]) => n.length));
  return all.map(([n, text]) => `${n.padStart(width)}  ${text}`);
}

/** `HTTP/1.1, cloudfront` in words. */
export const client =
  (say: Phrases) =>
  (name: string): string => {
    const [protocol = "", place = ""] = name.split(", ");
    return say.client(protocol, place);
  };

/** The lines of a cause. */
export function detailLines(
  cause: CauseReport,
  unit: Unit,
  screen: Screen,
  say: Phrases,
): string[] {
  const labels = Math.max(...Object.values(say.labels).map(columnsOf)) + 3;
  const room = screen.width - labels - 2;
  const block = (label: Label, lines: readonly string[]): string[] =>
    lines.map((line, i) => {
      const head = padColumns(i === 0 ? say.labels[label] : "", labels);
      return `  ${screen.style("dim", head)}${shortened(line, room)}`;
    });
  const ranking = (one: Ranking, name?: (text: string) => string): string[] => rows(one, say, name);
  const groups = cause.targetGroups.flatMap((group) => [
    `${formatNumber(group.count)}  ${groupName(group.arn)}`,
    ...(statusText(cause) === "464"
      ? wrap(say.version(group), room - 3).map((line) => `   ${line}`)
      : []),
  ]);
  const when =
    cause.first === undefined || cause.last === undefined
      ? []
      : [say.period(cause.first, cause.last)];
  const example = cause.examples[0];
  return [
    "",
    `  ${screen.style("bold", cause.code)}  ${say.ofAll(say.count(cause.count, unit), cause.share)}`,
    ...block("why", wrap(cause.why, room)),
    ...block("when", when),
    ...block("clients", ranking(cause.clients, client(say))),
    ...block("agents", ranking(cause.userAgents)),
    ...block("groups", groups),
    ...block("targets", ranking(cause.targets)),
    ...block("paths", ranking(cause.paths)),
    ...block("reasons", ranking(cause.reasons)),
    ...(example === undefined
      ? []
      : block("example", [
          `${printable(example.file)}:${example.line}`,
          ...startAndEnd(pieces(example.text, room)),
        ])),
  ];
}

/** Both ends of a line: what decides is at its start, and near its end (`error_reason`). */
function startAndEnd(all: readonly string[]): readonly string[] {
  return all.length <= 6 ? all : [...all.slice(0, 3), "…", ...all.slice(-3)];
}

/** A long line in pieces of a width, whatever is in it. */
function pieces(text: string, width: number): string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, i) =>
    text.slice(i * width, (i + 1) * width),
  );
}
