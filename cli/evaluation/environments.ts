/** ESC environments of a stack: what is not known of them, and how to give it. */
import type { Evaluation } from "../../local/program";

/** A line where the stack takes settings from environments whose values were not given. */
export function unreadEnvironments({ unreadEnvironments: names = [] }: Evaluation): string[] {
  const [first] = names;
  if (first === undefined) return [];
  const which = names.length === 1 ? "environment" : "environments";
  return [
    `no settings come from the ESC ${which} ${names.join(", ")}, whose values are not known here ` +
      `(pulumi env open ${first} --format json > environment.json, then --environment ${first}=environment.json)`,
  ];
}
