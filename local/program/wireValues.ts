/** Values as Pulumi's SDK sends them to an engine: secrets are marked bags. */
import type { Props } from "../model/types";

/** Key by which Pulumi marks secrets, assets and the like on the wire, and its value for secrets. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const isSecret = (value: object): value is { value: unknown } =>
  (value as Props)[SIGNATURE] === SECRET;

/** A value marked as a secret. */
export const asSecret = (value: unknown): Props => ({ [SIGNATURE]: SECRET, value });

/** True for a value that is a secret or has one in it. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecret(value) || Object.values(value).some(holdsSecret);
}

/**
 * Secrets unwrapped, lists and bags copied. A resource as an input is a dependency, not a value.
 *
 * @param sent the value as the SDK sent it: assets, whose objects hold promises, are as they are there
 */
export function plain(value: unknown, sent?: unknown): unknown {
  if (Array.isArray(value)) {
    const list = Array.isArray(sent) ? (sent as unknown[]) : [];
    return value.map((inner, i) => plain(inner, list[i]));
  }
  if (typeof value !== "object" || value === null) return value;
  const bag = (typeof sent === "object" && sent !== null ? sent : {}) as Props;
  if (isSecret(value)) return plain(value.value, bag.value);
  if ("__pulumiResource" in value) return undefined;
  if ("__pulumiAsset" in value || "__pulumiArchive" in value) return sent;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, plain(inner, bag[key])]),
  );
}

/** Texts of the marked parts of a value. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return isSecret(value) ? textsIn(value.value) : Object.values(value).flatMap(secretsIn);
}

/** Every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
