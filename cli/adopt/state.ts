/** The resources of a stack's state, as `pulumi stack export` writes it. */
import { readFileSync } from "node:fs";
import { UNKNOWN } from "../../local/model/types";
import type { Props } from "../../topology/resource";
import { CommandFailure } from "../failure";
import type { Matchable } from "./match";

/**
 * The resources that exist, with what the program wrote as their inputs: without what the provider
 * filled in.
 *
 * @throws {CommandFailure} with exit code 2 for a file that is missing or no state
 */
export function readState(file: string): Matchable[] {
  const write = "Write it with: pulumi stack export --file state.json";
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandFailure(`--state: ${file}: ${(error as Error).message}. ${write}`, 2);
  }
  const resources = bag(bag(state).deployment).resources;
  if (!Array.isArray(resources))
    throw new CommandFailure(`--state: ${file} is no state of a stack. ${write}`, 2);
  return resources
    .map(bag)
    .filter(({ custom, delete: gone }) => custom === true && gone !== true)
    .map(({ urn, type, id, inputs, outputs }) => ({
      urn: String(urn),
      type: String(type),
      id: typeof id === "string" ? id : "",
      inputs: written(inputs) as Props,
      outputs: written(outputs) as Props,
    }))
    .filter(({ type }) => !type.startsWith("pulumi:"));
}

const bag = (value: unknown): Props =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Props) : {};

/** Marks an encrypted value in a state: `Signature` of Pulumi's `sdk/go/common/resource/sig`. */
const signature = "4dabf18193072939515e22adb298388d";

/** The value without what the provider filled in (`__defaults` names it); secrets are not known. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value ?? {};
  if (signature in value) return UNKNOWN;
  const { __defaults: filled, ...own } = value as Props;
  const named = Array.isArray(filled) ? filled : [];
  return Object.fromEntries(
    Object.entries(own)
      .filter(([key, inner]) => !named.includes(key) && inner !== null)
      .map(([key, inner]) => [key, written(inner)]),
  );
}
