/** An evaluation of what Pulumi's CLI has written, in place of one of the program. */
import { Account } from "../../local/model/account";
import type { Evaluation } from "../../local/program";
import { REGION_NOT_SET } from "../../topology/resource";
import { CommandFailure } from "../failure";
import { howToWrite, readPulumiFile } from "./pulumiFile";

/** A stack as a file of the CLI has it. */
export interface RecordedStack {
  readonly project: string;
  readonly stack: string;
  readonly region?: string;
  readonly evaluation: Evaluation;
}

/**
 * The stack of a file that `--from` names. What AWS would refuse of it is not looked for.
 *
 * @param cwd the program's folder
 * @param wished the stack that was asked for, if one was
 * @throws {CommandFailure} with exit code 2 for a file that cannot be read, or of another stack
 */
export function recordedStack(file: string, cwd: string, wished?: string): RecordedStack {
  const read = readPulumiFile("--from", file);
  const { kind, project, stack, region, resources, outputs, secrets, hidden } = read;
  if (wished !== undefined && wished !== stack)
    throw new CommandFailure(`--from: ${file} is of the stack ${stack}, not ${wished}.`, 2);
  const account = new Account({ region: region ?? REGION_NOT_SET, elsewhere: "unknown" });
  for (const resource of resources) account.accept(resource);
  return {
    ...{ project, stack },
    ...(region !== undefined && { region }),
    evaluation: {
      ...{ stack, cwd, account, resources, outputs, secrets },
      ...{ refusals: [], notChecked: [], logs: [] },
      recorded: { file, kind, hidden },
    },
  };
}

/** The evaluation alone, for what is served: a preview lacks what connections are made of. */
export function deployedStack(file: string, cwd: string, wished?: string): Evaluation {
  const { evaluation } = recordedStack(file, cwd, wished);
  if (evaluation.recorded?.kind === "preview")
    throw new CommandFailure(
      `--from: ${file} is a preview, in which names and addresses are not known yet, so that it cannot be served. ` +
        `hopwise plan shows it. To serve it, deploy the stack and write its state: ${howToWrite.state}`,
      2,
    );
  return evaluation;
}
