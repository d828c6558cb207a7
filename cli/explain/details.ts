/** One cause in detail: when, who, where to, and a line to look at. */
import type { CauseGroup, CauseReport, Ranking } from "../../logs/report";
import { printable, shortened } from "../../logs/fields";
import type { Screen } from "../screen";
import { wrap } from "../text";
import {
  formatCount,
  groupName,
  formatNumber,
  formatPercent,
  formatPeriod,
  statusText,
} from "./words";

const left = 12;

/** `HTTP/1.1, cloudfront` in words. */
function clientText(name: string): string {
  const places: Readonly<Record<string, string>> = {
    cloudfront: "from CloudFront",
    vpc: "from a private address",
    elsewhere: "from the internet",
    unknown: "from an address that is not in the line",
    viewer: "from a viewer",
  };
  const [protocol = "", place = ""] = name.split(", ");
  return `${protocol === "?" ? "unknown protocol" : protocol} ${places[place] ?? place}`;
}

/** What is known of a target group's version, in words. */
function versionText({ versions, certainty, because, answered }: CauseGroup): string {
  const known =
    certainty === "sure"
      ? `version ${versions.join("")}, for certain: ${because}`
      : certainty === "contradictory"
        ? `no version fits all that was seen: ${because}`
        : versions.length === 3
          ? "it can be of any version"
          : `version ${versions.join(" or ")}: ${because}`;
  return `${known}; ${answered === 0 ? "no request answered by a target" : `${formatNumber(answered)} answered by a target`}`;
}

/** A ranking's rows; numbers first, in a column. */
function rows({ top, others }: Ranking, name = (text: string) => text): string[] {
  const all = [...top.map((row) => [formatNumber(row.count), name(row.name)] as const)];
  if (others > 0) all.push([formatNumber(others), "others"]);
  const width = Math.max(0, ...all.map(([n]) => n.length));
  return all.map(([n, text]) => `${n.padStart(width)}  ${text}`);
}

/** The lines of a cause. */
export function detailLines(cause: CauseReport, unit: string, screen: Screen): string[] {
  const room = screen.width - left;
  const block = (label: string, lines: readonly string[]): string[] =>
    lines.map(
      (line, i) =>
        `  ${screen.style("dim", (i === 0 ? label : "").padEnd(left - 2))}${shortened(line, room)}`,
    );
  const groups = cause.targetGroups.flatMap((group) => [
    `${formatNumber(group.count)}  ${groupName(group.arn)}`,
    ...(statusText(cause) === "464"
      ? wrap(versionText(group), room - 3).map((line) => `   ${line}`)
      : []),
  ]);
  const when =
    cause.first === undefined || cause.last === undefined
      ? []
      : [formatPeriod(cause.first, cause.last)];
  const example = cause.examples[0];
  return [
    "",
    `  ${screen.style("bold", cause.code)}  ${formatCount(cause.count, unit)}, ${formatPercent(cause.share)} of all`,
    ...block("why", wrap(cause.why, room)),
    ...block("when", when),
    ...block("clients", rows(cause.clients, clientText)),
    ...block("agents", rows(cause.userAgents)),
    ...block("groups", groups),
    ...block("targets", rows(cause.targets)),
    ...block("paths", rows(cause.paths)),
    ...block("reasons", rows(cause.reasons)),
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
