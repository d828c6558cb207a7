/** What the model's tests share. */
import { AwsRefusal } from "../../../local/model";
import type { Props, Refusal } from "../../../local/model/types";

/** The refusals of an action; none when it is accepted. Any other error goes through. */
export function refusalsOf(action: () => unknown): readonly Refusal[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof AwsRefusal) return error.refusals;
    throw error;
  }
}

export const codesOf = (action: () => unknown): string[] => refusalsOf(action).map((r) => r.code);

/** Inputs with values put in at paths such as `healthCheck.timeout` or `origins[0].originId`. */
export function withValues(inputs: Props, values: Readonly<Record<string, unknown>>): Props {
  const copy = structuredClone(inputs);
  for (const [path, value] of Object.entries(values)) {
    const steps = path.replace(/\[(\d+)\]/g, ".$1").split(".");
    const last = steps.pop() ?? "";
    let place = copy;
    for (const step of steps) place = (place[step] ??= {}) as Props;
    if (value === undefined) Reflect.deleteProperty(place, last);
    else place[last] = value;
  }
  return copy;
}
