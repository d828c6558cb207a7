/** The last line of a plan. */
import type { Screen } from "../../screen";
import { say, sayCount } from "../../show/words";
import { wrap } from "../../text";
import type { Plan, PlanFinding } from "../types";

/** Prints how many errors and warnings there are, and how much is known. */
export function printVerdict(plan: Plan, screen: Screen): void {
  const of = (severity: PlanFinding["severity"]): number =>
    plan.findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [of("error") + plan.refusals.length, of("warning")];
  const accepted = plan.accepted.length;
  const also = [
    ...(warnings === 0 ? [] : [sayCount(screen, warnings, ", {n} warning", ", {n} warnings")]),
    ...(accepted === 0 ? [] : [say(screen, ", {n} accepted", { n: accepted })]),
  ].join("");
  if (plan.verdict === "error") {
    const counts = say(screen, "{errors}{also}.", {
      errors: sayCount(screen, errors, "{n} error", "{n} errors"),
      also,
    });
    const more = say(screen, "More about a code: hopwise finding CODE");
    screen.print(
      screen.style("red", `${screen.signs.bad} ${counts}`) +
        (plan.findings.length === 0 ? "" : screen.style("dim", ` ${more}`)),
    );
    return;
  }
  if (plan.verdict === "unknown") {
    const text = say(
      screen,
      "Not everything that decides a path is known. No errors in what is known{also}.",
      { also },
    );
    wrap(text, screen.width - 2).forEach((line, i) => {
      screen.print(screen.style("yellow", `${i === 0 ? screen.signs.warn : " "} ${line}`));
    });
    return;
  }
  // Where no request is followed, nothing of what matters was seen.
  if (plan.paths.length + plan.otherOrigins.length === 0) {
    const text = say(screen, "No path to check. No errors in the resources{also}.", { also });
    screen.print(`${screen.signs.note} ${text}`);
    return;
  }
  const text = say(screen, "No errors{also}.", { also });
  screen.print(screen.style("green", `${screen.signs.good} ${text}`));
}
