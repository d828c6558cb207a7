/** Numbers, names and counts of a report, in every language alike. */
import { printable, shortened } from "../../logs/fields";
import type { CauseReport, HopReport, Report } from "../../logs/report";

/** `1,234,567`. */
export const formatNumber = (n: number): string => n.toLocaleString("en-US");

/** `0.3`; never 0 of something, nor 100 of less than all. */
export function percentOf(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return String(value);
  if (value < 0.01) return "< 0.01";
  const text = value < 1 ? value.toFixed(2) : value.toFixed(1);
  return text === "100.0" ? "> 99.9" : text;
}

/** `2026-11-20 10:15:30` from an ISO time, and the end of a period without saying the day twice. */
export function periodOf(first: string, last: string): readonly [from: string, to?: string] {
  const time = (iso: string): string => iso.replace("T", " ").replace("Z", "");
  if (first === last) return [time(first)];
  const sameDay = first.slice(0, 10) === last.slice(0, 10);
  return [time(first), sameDay ? time(last).slice(11) : time(last)];
}

/** From the first to the last step of a timeline, as ISO times. */
export function timelineEnds({
  start,
  stepSeconds,
  requests,
}: NonNullable<HopReport["timeline"]>): readonly [string, string] {
  const end = new Date(Date.parse(start) + requests.length * stepSeconds * 1000).toISOString();
  return [start, end.replace(".000Z", "Z")];
}

/** `60` as 1 minute, `14400` as 4 hours. */
export function durationOf(seconds: number): readonly [number, "day" | "hour" | "minute"] {
  if (seconds % 86400 === 0) return [seconds / 86400, "day"];
  return seconds % 3600 === 0 ? [seconds / 3600, "hour"] : [seconds / 60, "minute"];
}

/** A target group's name and id, from its ARN: a replaced one has the name of the new one. */
export function groupName(arn: string): string {
  return /targetgroup\/(.+)/.exec(arn)?.[1] ?? shortened(arn, 40);
}

/** The statuses of a cause: most have one; of several the most frequent. */
export function statusText({ statuses }: Pick<CauseReport, "statuses">): string {
  const names = statuses.top.map(({ name }) => name);
  // A connection that failed has none.
  if (names.length === 0) return "TLS";
  return names.length > 3 || statuses.others > 0
    ? `${names.slice(0, 2).join(", ")}, …`
    : names.join(", ");
}

/** Statuses with how often each occurs: `500 (12), 404 (3)`. */
export const statusCounts = (all: HopReport["passedOn"]): string =>
  all.map(({ status, count }) => `${status} (${formatNumber(count)})`).join(", ");

/** The logs that a report can be about. */
export type HopName = "loadBalancer" | "cloudfront" | "connections";

/** One of the logs of a report. */
export interface NamedHop {
  readonly name: HopName;
  readonly unit: "request" | "connection";
  readonly hop: HopReport;
}

/** The logs that a report is about. */
export function namedHops(report: Report): NamedHop[] {
  const names = ["loadBalancer", "cloudfront", "connections"] as const;
  return names.flatMap((name) => {
    const { [name]: hop } = report;
    const unit = name === "connections" ? "connection" : "request";
    return hop === undefined ? [] : [{ name, unit, hop }];
  });
}

const unclearCauses = ["edge-detail-missing", "edge-unknown-result"];

/** Errors whose log lines do not say who made them. */
export const unclearErrors = ({ causes }: HopReport): number =>
  causes
    .filter(({ code }) => unclearCauses.includes(code))
    .reduce((sum, { count }) => sum + count, 0);

/** Files with the same problem: one of them, and how many more there are. */
export interface FileProblems {
  readonly file: string;
  readonly more: number;
  readonly problem: string;
}

/** Problems of files, each once. */
export function problemsByText(problems: Report["read"]["problems"]): FileProblems[] {
  const files = new Map<string, string[]>();
  for (const { file, problem } of problems) {
    const alike = files.get(problem);
    if (alike === undefined) files.set(problem, [file]);
    else alike.push(file);
  }
  return [...files].map(([problem, [file = "", ...others]]) => ({
    file: printable(file),
    more: others.length,
    problem,
  }));
}
