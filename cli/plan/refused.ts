/** Why a program is not served, as a plan shows it. */
import type { ProgramError } from "../../local/program";
import { screenOf } from "../screen";
import { reasons } from "./evaluateStack";
import { makePlan } from "./make";
import { printFindings, printHeadline } from "./text/problems";

/**
 * What AWS refuses of a program and what its own code says, with the findings of the rest of it, as
 * lines for standard error. Undefined where nothing of the program had been evaluated.
 */
export function refusalText(error: ProgramError): string | undefined {
  const evaluation = error.until;
  if (evaluation === undefined) return undefined;
  const { stack, account } = evaluation;
  const about = { project: "", stack, region: account.region };
  const plan = makePlan({ ...about, evaluation, ...reasons(error) });
  let text = "";
  const screen = {
    ...screenOf(process.stderr),
    print: (line = "") => {
      text += `${line}\n`;
    },
  };
  // The sign is the caller's: there is none on standard error.
  const headline = printHeadline(plan, screen, "");
  printFindings(plan, headline, screen, false);
  return text.trim();
}
