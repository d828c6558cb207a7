/** The language of a report: the texts of causes and rules, and the sentences that take values. */
import type { TargetProtocolVersion } from "../path/types";
import type { CauseText } from "./causes/cause";
import type { SeenRequest } from "./targetGroup";

/** What a report says, in one language. Names of resources and of AWS's fields are as in the log. */
export interface ReportWords {
  readonly cause: (cause: CauseText) => Pick<CauseText, "title" | "why">;
  readonly fix: (rule: { readonly code: string; readonly fix: string }) => string;
  /** A cause's own advice, from its text in the table of causes. */
  readonly change: (change: string) => string;
  /** Why a line or a file could not be read, from the text in English. */
  readonly problem: (problem: string) => string;
  /** Requests that rule versions of a target group out. */
  readonly seen: (requests: readonly (SeenRequest & { readonly count: number })[]) => string;
  readonly hints: HintWords;
}

/** What the rest of a log shows about a cause. */
export interface HintWords {
  /** @param versions none: it can be any */
  readonly version: (
    group: string,
    versions: readonly TargetProtocolVersion[],
    sure: boolean,
  ) => string;
  /** @param target undefined: several are possible */
  readonly oneRequest: (target: string | undefined, answering: boolean) => string;
  readonly oneTarget: (target: string) => string;
  readonly groupsAnswer: string;
  readonly noGroupAnswers: string;
  readonly someGroupsSilent: (silent: number, all: number) => string;
  /** @param check target group, reason and status */
  readonly checksFail: (check: string) => string;
  readonly otherMethodsToo: string;
  readonly onlyPost: string;
  readonly edgeAnswers: string;
  readonly edgeSilent: string;
}

/** `HTTP/2 other than POST`. */
function requestText({ spoke, post }: SeenRequest): string {
  if (spoke === "gRPC") return "gRPC";
  return `${protocolNames[spoke]} ${post ? "POST" : "other than POST"}`;
}

/** A protocol as a person writes it. */
export const protocolNames = { "HTTP/1": "HTTP/1.1", "HTTP/2": "HTTP/2", gRPC: "gRPC" } as const;

export const english: ReportWords = {
  cause: ({ title, why }) => ({ title, why }),
  fix: ({ fix }) => fix,
  change: (change) => change,
  problem: (problem) => problem,
  seen: (requests) =>
    requests.length === 0
      ? "nothing in the log rules one out"
      : requests
          .map(
            (one) =>
              `${one.count} ${requestText(one)} ${one.taken ? "answered by a target" : "refused with 464"}`,
          )
          .join(", "),
  hints: {
    version: (group, versions, sure) =>
      `The target group ${group} ${versions.length > 0 ? `is of version ${versions.join(" or ")}` : "can be of any version"}${sure ? ", for certain" : ""}.`,
    oneRequest: (target, answering) => {
      const to = target === undefined ? "" : ` to the target ${target}`;
      return answering
        ? `One request${to}; the target group answers others.`
        : `One request only${to}: the log does not show whether others are answered.`;
    },
    oneTarget: (target) =>
      `All of them to one target, ${target}, while the target group answers other requests: this target is stopping, gone or overloaded.`,
    groupsAnswer:
      "The same target groups answer other requests: look at timeouts and deployments first.",
    noGroupAnswers:
      "No request of its target groups was answered: look at port, protocol and TLS first, then at timeouts.",
    someGroupsSilent: (silent, all) =>
      `${silent} of its ${all} target groups answered nothing: look at their port, protocol and TLS first.`,
    checksFail: (check) => `Health checks fail at the same time, most often: ${check}.`,
    otherMethodsToo: "Other methods get 464 as well: it is the target group's version.",
    onlyPost: "Only POST gets 464: it is gRPC, most likely.",
    edgeAnswers:
      "Other requests in this log are answered: the origin can be reached, unless they came from the cache.",
    edgeSilent: "No request in this log was answered: look at the connection first.",
  },
};
