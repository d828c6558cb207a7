/** Every cause by its code, of both logs. */
import { albCauses } from "./alb";
import type { Cause } from "./cause";
import { edgeCauses } from "./edge";

/** What a cause says, without the conditions that only its own log understands. */
export type CauseText = Omit<Cause, "when">;

const all: readonly CauseText[] = [...albCauses, ...edgeCauses];

/** Codes of all causes, each once. */
export const causeCodes: readonly string[] = [...new Set(all.map(({ code }) => code))];

/** The cause of that code. */
export function causeByCode(code: string): CauseText {
  const cause = all.find((one) => one.code === code);
  if (cause === undefined) throw new Error(`no cause ${code}`);
  return cause;
}
