/** The resources of a stack's state, as `pulumi stack export` writes it. */
import { readPulumiFile } from "../evaluation/pulumiFile";
import type { Matchable } from "./match";

/**
 * The resources that exist, with what the program wrote as their inputs: without what the provider
 * filled in.
 *
 * @throws {CommandFailure} with exit code 2 for a file that is missing or no state
 */
export function readState(file: string): Matchable[] {
  return readPulumiFile("--state", file, ["state"]).resources.filter(({ id }) => id !== "");
}
