/** Numbers, times and names as people read them, in text and in pictures alike. */
import { shortened } from "../../logs/fields";
import type { CauseReport, HopReport, Report } from "../../logs/report";

/** `1,234,567`. */
export const formatNumber = (n: number): string => n.toLocaleString("en-US");

/** `1 line`, `1,234 lines`. */
export const formatCount = (n: number, what: string): string =>
  `${formatNumber(n)} ${what}${n === 1 ? "" : "s"}`;

/** `0.3 %`; never 0 % of something, nor 100 % of less than all. */
export function formatPercent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return `${value} %`;
  if (value < 0.01) return "< 0.01 %";
  const text = value < 1 ? value.toFixed(2) : value.toFixed(1);
  return text === "100.0" ? "> 99.9 %" : `${text} %`;
}

/** `2026-11-20 10:15:30` from an ISO time. */
const time = (iso: string): string => iso.replace("T", " ").replace("Z", "");

/** From and to, without saying the day twice. */
export function formatPeriod(first: string, last: string): string {
  if (first === last) return `${time(first)} UTC`;
  const sameDay = first.slice(0, 10) === last.slice(0, 10);
  return `${time(first)} to ${sameDay ? time(last).slice(11) : time(last)} UTC`;
}

/** `60` as `1 minute`, `14400` as `4 hours`. */
export function formatDuration(seconds: number): string {
  const [size, unit] =
    seconds % 86400 === 0 ? [86400, "day"] : seconds % 3600 === 0 ? [3600, "hour"] : [60, "minute"];
  const n = seconds / size;
  return n === 1 ? unit : `${n} ${unit}s`;
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

/** One of the logs of a report, and what is said of it. */
export interface NamedHop {
  readonly name: string;
  /** What makes errors behind it. */
  readonly behind: string;
  readonly unit: "request" | "connection";
  readonly hop: HopReport;
}

/** The logs that a report is about. */
export function namedHops({ loadBalancer, cloudfront, connections }: Report): NamedHop[] {
  const requests = { unit: "request" } as const;
  const all = [
    { name: "the load balancer", behind: "the targets", ...requests, hop: loadBalancer },
    { name: "CloudFront", behind: "the origin", ...requests, hop: cloudfront },
    { name: "the load balancer", behind: "", unit: "connection", hop: connections } as const,
  ];
  return all.flatMap(({ hop, ...words }) => (hop === undefined ? [] : [{ ...words, hop }]));
}

/** Causes of which the log does not say who made the error. */
const unclearCauses = ["edge-detail-missing", "edge-unknown-result"];

/** How many requests got an error, and who made it, as far as the log says. */
export function headline({ name, unit, hop }: NamedHop): string {
  const { requests, errors, causes } = hop;
  const share = formatPercent(errors / requests);
  if (unit === "connection")
    return errors === 0
      ? `${formatCount(requests, unit)} to ${name}, and none that failed.`
      : `${formatNumber(errors)} of ${formatCount(requests, unit)} (${share}) to ${name} failed.`;
  if (errors === 0) return `${formatCount(requests, unit)}, and no error that ${name} made itself.`;
  const got = `${formatNumber(errors)} of ${formatCount(requests, unit)} (${share}) got an error`;
  const unclear = causes
    .filter(({ code }) => unclearCauses.includes(code))
    .reduce((sum, { count }) => sum + count, 0);
  if (unclear === 0) return `${got} that ${name} made itself.`;
  const which = unclear === errors ? "which of them" : `of ${formatNumber(unclear)} of them which`;
  return `${got} from ${name} or the origin; the log does not say ${which}.`;
}
