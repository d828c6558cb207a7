/** What `hopwise explain` says around the texts of a report, by language. */
import type * as Reports from "../../logs/japanese";
import type { Ranked } from "../../logs/counter";
import type { CauseGroup } from "../../logs/report";
import { english as reportInEnglish, type ReportWords } from "../../logs/words";
import type { Language } from "../language";
import type * as Japanese from "./japanese";
import {
  durationOf,
  formatNumber,
  percentOf,
  periodOf,
  unclearErrors,
  type FileProblems,
  type HopName,
  type NamedHop,
} from "./words";

/** Things that are counted. */
export type Unit = "request" | "connection" | "line" | "file";

/** The details of a cause. */
export type Label =
  "why" | "when" | "clients" | "agents" | "groups" | "targets" | "paths" | "reasons" | "example";

export interface Phrases {
  readonly language: Language;
  /** Of the report itself. */
  readonly report: ReportWords;
  readonly percent: (share: number) => string;
  /** @param first ISO time, as `last` */
  readonly period: (first: string, last: string) => string;
  /** A chart's period, and how long a bar of it is. */
  readonly steps: (ends: readonly [string, string], seconds: number) => string;
  readonly count: (n: number, unit: Unit) => string;
  /** How many requests got an error, and who made it, as far as the log says. */
  readonly headline: (hop: NamedHop) => string;
  readonly passedOn: (name: HopName, statuses: string) => string;
  readonly whatToChange: string;
  readonly details: string;
  readonly labels: Readonly<Record<Label, string>>;
  readonly others: string;
  /** @param count as `count` says it */
  readonly ofAll: (count: string, share: number) => string;
  /** A caller, from `HTTP/1.1, cloudfront`. */
  readonly client: (protocol: string, place: string) => string;
  /** What is known of a target group's version. */
  readonly version: (group: CauseGroup) => string;
  readonly read: {
    readonly all: (files: number, lines: number) => string;
    readonly cut: (lines: number) => string;
    readonly outside: (requests: number) => string;
    /** @param kinds the most frequent failures */
    readonly healthChecks: (lines: number, failed: number, kinds: readonly Ranked[]) => string;
    readonly empty: (files: number) => string;
    readonly noRequest: string;
    readonly malformed: (lines: number, kinds: readonly Ranked[]) => string;
    readonly problem: (problem: FileProblems) => string;
    /** What the command reads, said where it found none of it. */
    readonly readable: string;
  };
  readonly page: {
    /** This language's name, in itself. */
    readonly name: string;
    readonly title: string;
    readonly first: string;
    readonly picture: string;
    readonly noRequests: string;
    /** A bar of the chart. */
    readonly bar: (time: string, causes: readonly string[], requests: number) => string;
    readonly languages: string;
    readonly targetGroups: string;
    readonly logs: Readonly<Record<HopName, string>>;
    readonly rule: string;
    readonly source: string;
  };
}

/** `1 line`, `1,234 lines`. */
const count = (n: number, unit: Unit): string => `${formatNumber(n)} ${unit}${n === 1 ? "" : "s"}`;
const percent = (share: number): string => `${percentOf(share)} %`;
const period = (first: string, last: string): string => `${periodOf(first, last).join(" to ")} UTC`;
const names = {
  loadBalancer: "the load balancer",
  cloudfront: "CloudFront",
  connections: "the load balancer",
} as const;

function headline({ name, unit, hop }: NamedHop): string {
  const { requests, errors } = hop;
  const who = names[name];
  const all = count(requests, unit);
  const some = `${formatNumber(errors)} of ${all} (${percent(errors / requests)})`;
  if (unit === "connection")
    return errors === 0 ? `${all} to ${who}, and none that failed.` : `${some} to ${who} failed.`;
  if (errors === 0) return `${all}, and no error that ${who} made itself.`;
  const unclear = unclearErrors(hop);
  if (unclear === 0) return `${some} got an error that ${who} made itself.`;
  const which = unclear === errors ? "which of them" : `of ${formatNumber(unclear)} of them which`;
  return `${some} got an error from ${who} or the origin; the log does not say ${which}.`;
}

const ranked = (kinds: readonly Ranked[]): string =>
  kinds.map((kind) => `${kind.name} (${formatNumber(kind.count)})`).join("; ");

function version({ versions, certainty, because, answered }: CauseGroup): string {
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

const english: Phrases = {
  language: "en",
  report: reportInEnglish,
  percent,
  period,
  steps: (ends, seconds) => {
    const [n, unit] = durationOf(seconds);
    return `${period(...ends)}, errors per ${n === 1 ? unit : `${n} ${unit}s`}`;
  },
  count,
  headline,
  passedOn: (name, statuses) =>
    `Errors of ${name === "cloudfront" ? "the origin" : "the targets"}, passed on: ${statuses}.`,
  whatToChange: "What to change",
  details: "Details",
  labels: {
    why: "why",
    when: "when",
    clients: "clients",
    agents: "agents",
    groups: "groups",
    targets: "targets",
    paths: "paths",
    reasons: "reasons",
    example: "example",
  },
  others: "others",
  ofAll: (n, share) => `${n}, ${percent(share)} of all`,
  client: (protocol, place) => {
    const places: Readonly<Record<string, string>> = {
      cloudfront: "from CloudFront",
      vpc: "from a private address",
      elsewhere: "from the internet",
      unknown: "from an address that is not in the line",
      viewer: "from a viewer",
    };
    return `${protocol === "?" ? "unknown protocol" : protocol} ${places[place] ?? place}`;
  },
  version,
  read: {
    all: (files, lines) => `Read: ${count(files, "file")}, ${count(lines, "line")}.`,
    cut: (lines) => `Cut, and read as far as they go: ${count(lines, "line")}.`,
    outside: (requests) =>
      `Outside the given time, or without a time: ${count(requests, "request")}.`,
    healthChecks: (lines, failed, kinds) => {
      const all = `Health checks: ${count(lines, "line")}`;
      return failed === 0
        ? `${all}, none that failed.`
        : `${all}, ${formatNumber(failed)} failed: ${ranked(kinds)}.`;
    },
    empty: (files) => (files === 1 ? "The file is empty." : "The files are empty."),
    noRequest: "There is no request in any of it.",
    malformed: (lines, kinds) => `Could not be read: ${count(lines, "line")}, ${ranked(kinds)}.`,
    problem: ({ file, more, problem }) =>
      `${file}${more === 0 ? "" : ` and ${formatNumber(more)} more`}: ${problem}`,
    readable:
      "None of it could be read as a log of requests. hopwise explain reads access, connection and health check logs of an Application Load Balancer, and standard and real-time logs of CloudFront; docs/explain.md has the forms.",
  },
  page: {
    name: "English",
    title: "Errors in the logs",
    first: "Change this first",
    picture: "Errors over time, by cause",
    noRequests: "No requests in these logs",
    bar: (time, causes, requests) =>
      `${time} UTC: ${causes.join(", ")}; ${count(requests, "request")}`,
    languages: "Languages",
    targetGroups: "target groups",
    logs: {
      loadBalancer: "Load balancer",
      cloudfront: "CloudFront",
      connections: "Connections to the load balancer",
    },
    rule: "rule",
    source: "AWS’s page",
  },
};

/** The phrases of a language. */
export function phrasesOf(language: Language): Phrases {
  if (language === "en") return english;
  /* eslint-disable @typescript-eslint/no-require-imports -- lazily: most do not read Japanese */
  const { japanese: report } = require("../../logs/japanese") as typeof Reports;
  const { japanesePhrases } = require("./japanese") as typeof Japanese;
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { ...japanesePhrases, report };
}
