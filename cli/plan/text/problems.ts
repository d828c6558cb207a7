/** Problems: the headline above everything, and all findings in full. */
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { wrap } from "../../text";
import { placeText, problemLines, translated } from "../../show/findings";
import { say } from "../../show/words";
import type { Plan, PlanFinding, PlanRefusal } from "../types";

/** A problem: a finding, or a refusal of AWS that no finding explains. */
type Problem = PlanFinding | PlanRefusal;

/** All problems, the most important first: refusals decide whether anything is created at all. */
function problemsOf(plan: Plan): Problem[] {
  return [...plan.refusals, ...plan.findings.filter(({ severity }) => severity === "error")];
}

/**
 * Prints the main problem, its place, and the change that fixes it, above everything else.
 * @param sign the sign in front of it
 * @returns the problem; undefined if there is none
 */
export function printHeadline(
  plan: Plan,
  screen: Screen,
  sign = screen.style("red", screen.signs.bad),
): Problem | undefined {
  const [first] = problemsOf(plan);
  if (first === undefined) return undefined;
  const place = placeText(first);
  const [says = "", ...more] = first.message.trimEnd().split("\n");
  const change = "change" in first ? first.change : "";
  const refused = "refused" in first ? first.refused?.code : undefined;
  // The program's own errors have no code.
  const { code } = first;
  const texts = translated(code, screen);
  const own = `${says}${change === "" ? "" : ` ${change}`}`;
  const head = texts === undefined ? [own] : [`${texts.holds}${texts.fix}`, own];
  head
    .map((text, i) => (i === 0 && place !== "" ? `${place}: ${text}` : text))
    .flatMap((text) => wrap(text, screen.width - 2))
    .forEach((line, i) => {
      screen.print(`${i === 0 ? sign : " "} ${line}`);
    });
  // An error with several lines keeps its layout.
  for (const line of more) screen.print(line === "" ? "" : `  ${line}`);
  const also =
    refused === undefined ? "" : say(screen, "; AWS refuses it: {code}", { code: refused });
  const about = [code && code + also, first.source].filter(Boolean).join("  ");
  if (about !== "") screen.print(`  ${screen.style("dim", about)}`);
  return first;
}

/** Prints every finding except the headline's, grouped by code. */
export function printFindings(
  plan: Plan,
  headline: Problem | undefined,
  screen: Screen,
  all: boolean,
): void {
  const problems = [...plan.refusals, ...plan.findings].filter((one) => one !== headline);
  const byCode = new Map<string, Problem[]>();
  for (const one of problems) {
    // Findings of a code are similar; each refusal of AWS is different.
    const key = "severity" in one ? one.code : one.message;
    byCode.set(key, [...(byCode.get(key) ?? []), one]);
  }
  if (byCode.size === 0) return;
  heading(headline === undefined ? "Findings" : "Further findings", screen);
  const notes: (readonly [first: Problem, also: string])[] = [];
  for (const [first, ...others] of byCode.values()) {
    if (first === undefined) continue;
    const severity = "severity" in first ? first.severity : "error";
    const places = [...new Set(others.map((other) => alsoText(other, first)))].filter(
      (text) => text !== "",
    );
    const also = [
      ...(places.length > 0 ? [say(screen, "Also: {places}.", { places: places.join(", ") })] : []),
      ...(headline !== undefined && isBehind(first, headline)
        ? [say(screen, "On the same path, behind {code}.", { code: headline.code ?? "" })]
        : []),
    ].join(" ");
    if (severity === "note" && !all) {
      notes.push([first, also]);
      continue;
    }
    const shown = {
      change: true,
      source: severity === "error" || all,
      ...(also !== "" && { also }),
    };
    for (const line of problemLines(first, screen, shown)) screen.print(line);
  }
  printNotes(notes, screen);
}

/** Where another problem of the code is; for one of the same resource, what else to change there. */
function alsoText(other: Problem, first: Problem): string {
  const place = placeText(other);
  if (place !== placeText(first)) return place;
  const more = "change" in other && "change" in first && other.change !== first.change;
  return more ? other.change.replace(/\.$/, "") : "";
}

/** True for an error on a path of the headline's: requests do not get this far before that is fixed. */
function isBehind(problem: Problem, headline: Problem): boolean {
  if (!("severity" in problem) || !("severity" in headline)) return false;
  return (
    problem.severity === "error" && problem.paths.some((index) => headline.paths.includes(index))
  );
}

/** Notes need no change: each is a short paragraph that begins with its code. */
function printNotes(
  notes: readonly (readonly [first: Problem, also: string])[],
  screen: Screen,
): void {
  for (const [{ code, message }, also] of notes)
    wrap(
      `${code ?? ""}: ${translated(code, screen)?.holds ?? ""} ${message} ${also}`,
      screen.width - 4,
    ).forEach((line, i) => {
      const sign = i === 0 ? screen.style("cyan", screen.signs.note) : " ";
      screen.print(`  ${sign} ${line}`);
    });
}
