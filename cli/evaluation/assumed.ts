/** What an evaluation rests on that the program does not say. */
import type { Evaluation } from "../../local/program";

/**
 * A line for ESC environments whose values were not given, for an SDK in place of the program's, and
 * for a file in place of the program.
 */
export function assumedOf({
  unreadEnvironments: names = [],
  replacedSdk,
  recorded,
}: Evaluation): string[] {
  const [first] = names;
  const which = names.length === 1 ? "environment" : "environments";
  return [
    ...(recorded === undefined
      ? []
      : [
          `The resources are those of ${recorded.file}, a ${recorded.kind} that Pulumi wrote: the program was not run, and what AWS would refuse is not looked for.`,
          ...(recorded.hidden
            ? [
                "Its secrets are not known, nor what holds one: write it with --show-secrets to have them checked. They are never shown.",
              ]
            : []),
        ]),
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
