/** Every cause by its code, of all logs. */
import { albCauses } from "./alb";
import { mismatchesByGroup } from "./albMismatch";
import type { CauseText } from "./cause";
import { connectionCauses } from "./connection";
import { edgeCauses } from "./edge";

const all = new Map<string, CauseText>();
for (const cause of [...albCauses, ...mismatchesByGroup, ...edgeCauses, ...connectionCauses])
  if (!all.has(cause.code)) all.set(cause.code, cause);

/** Every cause, each code once. */
export const causes: readonly CauseText[] = [...all.values()];

/** The cause of that code. @throws {Error} where there is none: a mistake in our own code */
export function causeByCode(code: string): CauseText {
  const cause = all.get(code);
  if (cause === undefined) throw new Error(`there is no cause ${code}`);
  return cause;
}
