/** Values as Pulumi's SDK sends them to an engine: secrets are marked bags, what is not known a text. */
import { identityOf } from "../model/component";
import { UNKNOWN, UNKNOWN_TEXT, type Props } from "../model/types";

/**
 * Key by which Pulumi marks secrets, assets and the like on the wire, its values, and the text of
 * what is not known. Source: `sdk/nodejs/runtime/rpc.ts` of pulumi/pulumi.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const UNKNOWN_ON_THE_WIRE = UNKNOWN_TEXT;

/** Properties whose text is JSON that is read as far as it is known. */
const readInPart = new Set(["containerDefinitions"]);

const signatureOf = (value: object): unknown => (value as Props)[SIGNATURE];
const isSecret = (value: object): value is { value: unknown } => signatureOf(value) === SECRET;

/** A value marked as a secret. */
export const asSecret = (value: unknown): Props => ({ [SIGNATURE]: SECRET, value });

/** True for a value that is a secret or has one in it. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecret(value) || Object.values(value).some(holdsSecret);
}

/**
 * Secrets unwrapped, lists and bags copied, and {@link UNKNOWN} for what is not known. A resource is
 * its id, as the engine passes it to a provider; a component its URN.
 *
 * @param value as the SDK sent it, or as it hands it to mocks
 */
export function plain(value: unknown): unknown {
  // Plain code may have put what is not known into a longer text.
  if (typeof value === "string") return value.includes(UNKNOWN_ON_THE_WIRE) ? UNKNOWN : value;
  // Or have computed with it. A mistake in the program's own arithmetic cannot be told apart.
  if (Number.isNaN(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiUnknown" in value) return UNKNOWN;
  if ("__pulumiResource" in value) return undefined;
  if ("__pulumiAsset" in value || "__pulumiArchive" in value) return value;
  const bag = value as Props;
  switch (signatureOf(value)) {
    case undefined:
      return Object.fromEntries(
        Object.entries(bag).map(([key, inner]) => [
          key,
          readInPart.has(key) ? plainText(inner) : plain(inner),
        ]),
      );
    case SECRET:
      return plain(bag.value);
    case OUTPUT:
      return "value" in bag ? plain(bag.value) : UNKNOWN;
    case RESOURCE:
      return "id" in bag ? (bag.id === "" ? UNKNOWN : plain(bag.id)) : bag.urn;
    default:
      return value; // An asset or an archive.
  }
}

/** JSON text with parts that are not known stays as it is. */
function plainText(value: unknown): unknown {
  if (typeof value === "object" && value !== null && isSecret(value)) return plainText(value.value);
  const inPart = typeof value === "string" && value.includes(UNKNOWN_TEXT) && isJson(value);
  return inPart ? value : plain(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A value for the SDK: {@link UNKNOWN} becomes its own sign for that, and a resource that a component
 * made a reference to it.
 *
 * @param refers says which resources the SDK can build from a reference; of others the outputs are sent
 */
export function toSdkValue(
  value: unknown,
  refers: (urn: string) => boolean = () => false,
): unknown {
  if (value === UNKNOWN) return UNKNOWN_ON_THE_WIRE;
  if (typeof value === "string" && value.includes(UNKNOWN_TEXT)) return UNKNOWN_ON_THE_WIRE;
  const inner = (part: unknown): unknown => toSdkValue(part, refers);
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const made = identityOf(value);
  if (made && refers(made.urn)) return { [SIGNATURE]: RESOURCE, urn: made.urn, id: made.id };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]));
}

/** Texts of the marked parts of a value. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return isSecret(value) ? textsIn(value.value) : Object.values(value).flatMap(secretsIn);
}

/** Every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === UNKNOWN_ON_THE_WIRE ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
