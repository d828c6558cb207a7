/** What is wrong: the headline above everything, and all findings in full. */
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { wrap } from "../../text";
import { placeText, problemLines } from "../../show/findings";
import type { Plan, PlanFinding, PlanRefusal } from "../types";

/** Something wrong: a finding, or what AWS refuses and no finding says. */
type Problem = PlanFinding | PlanRefusal;

/** What is wrong, most important first: refusals decide whether anything is created at all. */
function problemsOf(plan: Plan): Problem[] {
  return [...plan.refusals, ...plan.findings.filter(({ severity }) => severity === "error")];
}

/**
 * Prints what is wrong, where, and the one change that puts it right, above everything else.
 * @param sign in front of it
 * @returns what it is about; undefined where nothing is wrong
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
  // What the program itself says has no code.
  const { code } = first;
  const head = [place === "" ? "" : `${place}: `, says, change === "" ? "" : ` ${change}`].join("");
  wrap(head, screen.width - 2).forEach((line, i) => {
    screen.print(`${i === 0 ? sign : " "} ${line}`);
  });
  // Several lines were laid out by their author.
  for (const line of more) screen.print(line === "" ? "" : `  ${line}`);
  const also = refused === undefined ? "" : `; AWS refuses it: ${refused}`;
  const about = [code && code + also, first.source].filter(Boolean).join("  ");
  if (about !== "") screen.print(`  ${screen.style("dim", about)}`);
  return first;
}

/** Prints every finding but the headline's; those of one code together. */
export function printFindings(
  plan: Plan,
  headline: Problem | undefined,
  screen: Screen,
  all: boolean,
): void {
  const problems = [...plan.refusals, ...plan.findings].filter((one) => one !== headline);
  const byCode = new Map<string, Problem[]>();
  for (const one of problems) {
    // Findings of a code are alike; what AWS refuses is each its own.
    const key = "severity" in one ? one.code : one.message;
    byCode.set(key, [...(byCode.get(key) ?? []), one]);
  }
  if (byCode.size === 0) return;
  heading(headline === undefined ? "Findings" : "Further findings", screen);
  const notes: Problem[] = [];
  for (const [first, ...others] of byCode.values()) {
    if (first === undefined) continue;
    const severity = "severity" in first ? first.severity : "error";
    const places = others.map(placeText).filter((text) => text !== "");
    if (severity === "note" && !all) {
      notes.push(first, ...others);
      continue;
    }
    const shown = {
      change: true,
      source: severity === "error" || all,
      ...(places.length > 0 && { also: `The same: ${places.join(", ")}.` }),
    };
    for (const line of problemLines(first, screen, shown)) screen.print(line);
  }
  printNotes(notes, screen);
}

/** Notes ask for no change: each in a paragraph of its own, by its code. */
function printNotes(notes: readonly Problem[], screen: Screen): void {
  for (const { code, message } of notes)
    wrap(`${code ?? ""}: ${message}`, screen.width - 4).forEach((line, i) => {
      const sign = i === 0 ? screen.style("cyan", screen.signs.note) : " ";
      screen.print(`  ${sign} ${line}`);
    });
}
