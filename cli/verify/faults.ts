/**
 * Which broken rules explain a response: what `hopwise explain` would say about it in a log, as far
 * as the response alone shows it.
 */
import { changesFor, fixOf, type AdvisedChange } from "../../logs/advice";
import { causeByCode } from "../../logs/causes";
import { albCauseOf } from "../../logs/causes/alb";
import type { CauseText } from "../../logs/causes/cause";
import { edgeCauseOf } from "../../logs/causes/edge";
import type * as Report from "../../logs/japanese";
import { originHttp2 } from "../../path/changes";
import type { PathAnswer, PathRequest } from "../../path/types";
import type { HttpResult } from "../http/types";
import type { Language } from "../language";
import { madeBy } from "./answers";

/** Causes of the responses that a load balancer or CloudFront itself makes, by status. */
const causes: Readonly<Record<"load balancer" | "CloudFront", Record<number, readonly string[]>>> =
  {
    "load balancer": {
      403: ["fixed-response"],
      502: ["502-no-connection", "502-target-closed"],
      503: ["503-no-targets"],
      504: ["504-no-connection"],
    },
    CloudFront: {
      502: ["edge-origin-unreachable"],
      504: ["edge-origin-timeout", "edge-origin-unreachable"],
    },
  };

type HttpRequest = Pick<PathRequest, "protocol" | "kind" | "method">;

/**
 * What to change after an unexpected response, if a rule explains it.
 * @param behindEdge true if CloudFront is in front of the load balancer
 */
export function faultsOf(
  got: HttpResult,
  request: HttpRequest,
  behindEdge: boolean,
): readonly AdvisedChange[] {
  if (got.outcome === "failed") return [];
  const { status, headers } = got;
  if (status === 464) return ruled([mismatch(request, behindEdge)]);
  const made = madeBy(headers);
  return made === undefined ? [] : ruled((causes[made][status] ?? []).map(causeByCode));
}

function mismatch({ protocol, kind, method }: HttpRequest, behindEdge: boolean): CauseText {
  const grpc = kind === "grpc";
  const line = { status: 464, method } as const;
  if (behindEdge)
    return (
      edgeCauseOf({ ...line, protocol: grpc ? "grpcs" : "https" }) ?? causeByCode("464-mismatch")
    );
  return albCauseOf({
    ...line,
    targetStatus: -1,
    from: "elsewhere",
    version: protocol,
    ...(grpc && { type: "grpcs" }),
  });
}

/** The rules among the advice of causes. */
function ruled(found: readonly CauseText[]): readonly AdvisedChange[] {
  return changesFor(
    found.flatMap(({ advice }) => advice),
    false,
  ).filter(({ rule }) => rule !== undefined);
}

/**
 * What to change where requests get through CloudFront although the program's path says 464: the
 * origin speaks HTTP/2, and the program does not say so. Somebody set it by hand, or another tool.
 */
export function http2NotDeclared(
  expected: PathAnswer | undefined,
  got: HttpResult,
): AdvisedChange[] {
  if (expected?.status !== 464 || expected.travelled.length < 2) return [];
  if (got.outcome !== "answered" || got.status === 464 || got.status >= 500) return [];
  return [{ change: undeclared, source: originHttp2.source }];
}

const undeclared = `CloudFront speaks HTTP/2 to this origin, and the program does not ask for it: ${originHttp2.property} was set by hand or by another tool. The program's next update of the distribution removes it, and then every request gets 464. Set ${originHttp2.property}: "http2" in the program where its provider knows it, or protocolVersion: "HTTP1" on the aws.lb.TargetGroup.`;

/** The same in Japanese. */
const japaneseUndeclared = `CloudFront はこのオリジンに HTTP/2 で接続していますが、プログラムでは指定されていません。${originHttp2.property} が手動または別のツールで設定されています。プログラムが次にディストリビューションを更新すると設定が消え、すべてのリクエストが 464 になります。プロバイダーが対応していれば、プログラムで ${originHttp2.property}: "http2" を設定してください。対応していなければ、aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定してください。`;

/** The fix of one rule. */
export const faultOf = (code: string): readonly AdvisedChange[] => [fixOf(code)];

/** A change in the language of a screen. */
export function changeIn(language: Language, { rule, change }: AdvisedChange): string {
  if (language === "en") return change;
  if (change === undeclared) return japaneseUndeclared;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: most do not read Japanese
  const { japanese } = require("../../logs/japanese") as typeof Report;
  return rule !== undefined && fixOf(rule).change === change
    ? fixOf(rule, japanese).change
    : japanese.change(change);
}
