/** What an evaluation rests on that the program does not say. */
import type { Evaluation } from "../../local/program";

/** A line for ESC environments whose values were not given, and for an SDK in place of the program's. */
export function assumedOf({ unreadEnvironments: names = [], replacedSdk }: Evaluation): string[] {
  const [first] = names;
  const which = names.length === 1 ? "environment" : "environments";
  return [
    ...(first === undefined
      ? []
      : [
          `No settings come from the ESC ${which} ${names.join(", ")}, whose values are not known here ` +
            `(pulumi env open ${first} --format json > environment.json, then --environment ${first}=environment.json).`,
        ]),
    ...(replacedSdk === undefined
      ? []
      : [
          `The program's @pulumi/pulumi ${replacedSdk.of} is too old to be run here: it is run with ${replacedSdk.by}.`,
        ]),
  ];
}
