/** Findings that a team accepts, by the file that the policy pack takes (`--policy-pack-config`). */
import * as z from "zod";
import { excepted, notCheckedCode } from "../../policy/exceptions";
import { rules } from "../../rules";
import { readJson } from "../evaluation/options";
import { CommandFailure } from "../failure";
import type { ProgramFinding } from "../findings";
import { meantText } from "../spelling";

/** Why a finding is accepted; undefined where it is not. */
export type Accepts = (finding: ProgramFinding) => string | undefined;

const level = z.enum(["mandatory", "advisory", "remediate", "disabled"]);
const entry = z.union([
  level.transform((enforcementLevel) => ({ enforcementLevel, exceptions: [] })),
  z.strictObject({
    enforcementLevel: level.optional(),
    exceptions: z
      .array(z.strictObject({ urn: z.string().min(1), reason: z.string().min(1) }))
      .default([]),
  }),
]);
const all = "all";
const option = "--policy-pack-config";

/**
 * Reads such a file.
 *
 * @throws {CommandFailure} with exit code 2 for a file that is missing or wrong; lists all problems
 */
export function readAccepted(file: string): Accepts {
  const entries = new Map<string, z.infer<typeof entry>>();
  const problems: string[] = [];
  const codes = [...rules.map(({ code }) => code), notCheckedCode, all];
  for (const [code, value] of Object.entries(readJson(option, file))) {
    const read = entry.safeParse(value);
    if (!codes.includes(code))
      problems.push(`${code}: there is no such rule.${meantText(code, codes)}`);
    else if (read.success) entries.set(code, read.data);
    else
      problems.push(
        `${code}: expected mandatory, advisory or disabled, or an object with enforcementLevel and ` +
          `exceptions, which are a list of { "urn", "reason" }.`,
      );
  }
  if (problems.length > 0)
    throw new CommandFailure(
      [`${option}: ${file}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"),
      2,
    );
  return ({ code, resource }) => {
    const own = entries.get(code);
    const usual = entries.get(all)?.enforcementLevel;
    if ((own?.enforcementLevel ?? usual) === "disabled") return "disabled";
    return own?.exceptions.find((one) => excepted(one, resource?.urn ?? ""))?.reason;
  };
}
