/** Why a program is not served, in the form of a plan. */
import type { ProgramError } from "../../local/program";
import { screenOf } from "../screen";
import { reasons } from "./evaluateStack";
import { makePlan } from "./make";
import { printFindings, printHeadline } from "./text/problems";

/**
 * AWS's refusals and the program's own errors, with the findings for the rest of it, as lines for
 * standard error. Undefined if nothing of the program had been evaluated.
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
  // The caller adds the sign: there is none on standard error.
  const headline = printHeadline(plan, screen, "");
  printFindings(plan, headline, screen, false);
  return text.trim();
}
