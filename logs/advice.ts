/** The advice in a report: the fix and page of a rule, or the cause's own text. */
import { ruleOf } from "../rules";
import { causeByCode } from "./causes";
import type { Advice, CauseText } from "./causes/cause";
import { english, type ReportWords } from "./words";

/** One thing to change. */
export interface AdvisedChange {
  /** Code of the rule that is broken; absent where it is no rule. */
  readonly rule?: string;
  readonly change: string;
  /** The AWS page. */
  readonly source: string;
}

/** The text of an advice; if it refers to another cause, that cause's text. */
function changesOf(advice: Advice, words: ReportWords): readonly AdvisedChange[] {
  if ("cause" in advice)
    return causeByCode(advice.cause).advice.flatMap((one) => changesOf(one, words));
  if ("change" in advice) {
    const { change, source } = advice;
    return [
      { ...("rule" in advice && { rule: advice.rule }), change: words.change(change), source },
    ];
  }
  return [fixOf(advice.rule, words)];
}

/** The fix of one rule. */
export function fixOf(rule: string, words: ReportWords = english): AdvisedChange {
  const { code, fix, source } = ruleOf(rule);
  return { rule: code, change: words.fix({ code, fix }), source };
}

/**
 * The changes of several pieces of advice, each once.
 * @param answering true if requests may have been answered: advice that assumes the opposite comes last
 */
export function changesFor(
  advice: readonly Advice[],
  answering: boolean,
  words: ReportWords = english,
): AdvisedChange[] {
  const last = (one: Advice): number => (answering && one.unanswered ? 1 : 0);
  const order = [...advice].sort((a, b) => last(a) - last(b));
  const changes = new Map(
    order
      .flatMap((one) => changesOf(one, words))
      .map((change) => [`${change.rule ?? ""} ${change.change}`, change]),
  );
  return [...changes.values()];
}

/** Severity, title and reason of a code. The severity is the rule's, the text is the cause's. */
export function causeTextOf(
  code: string,
  cause: CauseText,
  words: ReportWords = english,
): Omit<CauseText, "advice"> {
  const own = cause.advice.some((advice) => "rule" in advice && advice.rule === code);
  const text = own ? cause : causeByCode(code);
  const { title, why } = words.cause(text);
  return { code, severity: own ? ruleOf(code).severity : text.severity, title, why };
}
