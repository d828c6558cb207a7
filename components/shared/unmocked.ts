/**
 * Outputs that only AWS makes. They are always there, but for a unit test whose mocks return a
 * resource's inputs and nothing else, as Pulumi's documents show it.
 */

/** True for an output of which the mocks of a unit test know nothing. */
export function isUnmocked(output: unknown): boolean {
  return output === undefined;
}

/** The parts of an ARN, from `arn` on; none where there is no ARN. */
export function arnParts(arn: string): string[] {
  return isUnmocked(arn) ? [] : arn.split(":");
}
