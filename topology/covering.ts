/** Which listener rules answer every request that another one asks for. */
import { cidrContains } from "../path/networks";
import { matchesEveryPath, patternCovers } from "./patterns";
import type { RuleCondition } from "./types";

/**
 * True when every request for which the second list of conditions holds meets the first one too, as
 * far as it is certain. A condition whose values are not known covers nothing.
 */
export function conditionsCover(
  first: readonly RuleCondition[],
  second: readonly RuleCondition[],
): boolean {
  return first.every(
    (condition) =>
      holdsForEvery(condition) || second.some((other) => conditionCovers(condition, other)),
  );
}

/** True for a condition that every request meets. */
function holdsForEvery(condition: RuleCondition): boolean {
  if ("regex" in condition) return false;
  if (condition.field === "path") return condition.values.some(matchesEveryPath);
  return condition.field === "host" && condition.values.some((value) => /^\*+$/.test(value));
}

function conditionCovers(one: RuleCondition, other: RuleCondition): boolean {
  if (one.values.length === 0 || other.values.length === 0) return false;
  if (one.field === "query" && other.field === "query")
    return other.values.every(({ key, value }) =>
      one.values.some(
        (of) =>
          (of.key === undefined || (key !== undefined && patternCovers(of.key, key, true))) &&
          patternCovers(of.value, value, true),
      ),
    );
  if (one.field === "query" || other.field === "query" || one.field !== other.field) return false;
  if (one.field === "header" && other.field === "header")
    if (one.name.toLowerCase() !== other.name.toLowerCase()) return false;
  const regex = [one, other].map((condition) => "regex" in condition);
  const covers = (value: string, by: string): boolean => {
    if (regex.includes(true)) return regex[0] === regex[1] && value === by;
    if (one.field === "method") return value === by;
    if (one.field === "source-ip") return cidrContains(by, value);
    // Paths are case-sensitive: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
    return patternCovers(by, value, one.field !== "path");
  };
  return other.values.every((value) => one.values.some((by) => covers(value, by)));
}
