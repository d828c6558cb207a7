/** JSON that a program writes around values that are not known, as far as it is known. */
import { UNKNOWN_TEXT } from "../model/types";

/** What of the SDK is used here. */
interface Sdk {
  output(value: unknown): Output;
  isUnknown(value: unknown): boolean;
  jsonStringify: Write;
  interpolate: Write;
  concat: Write;
}

interface Output {
  apply(change: (value: unknown) => unknown, runWithUnknowns?: boolean): Output;
}

type Write = (...args: unknown[]) => Output;

/** What of the SDK's `runtime/rpc` module is used here. */
interface Rpc {
  serializeResourceProperties: (
    label: string,
    props: Record<string, unknown>,
    ...more: unknown[]
  ) => unknown;
}

/**
 * Makes the SDK register a text with {@link UNKNOWN_TEXT} in it where the program wrote the text with
 * `jsonStringify`, `interpolate` or `concat` around something that is not known. To the program the
 * text stays unknown, as in a preview.
 */
export function keepKnownParts(load: NodeJS.Require): void {
  const sdk = load("@pulumi/pulumi") as Sdk;
  const rpc = load("@pulumi/pulumi/runtime/rpc") as Rpc;
  const inPart = new WeakMap<object, () => Output>();
  for (const name of ["jsonStringify", "interpolate", "concat"] as const) {
    const write = sdk[name];
    sdk[name] = (...args) => {
      const text = write(...args);
      inPart.set(text, () => write(...args.map((arg) => markedIn(arg, sdk))));
      return text;
    };
  }
  const serialize = rpc.serializeResourceProperties;
  rpc.serializeResourceProperties = (label, props, ...more) => {
    const known = Object.entries(props).map(([key, value]) => [
      key,
      typeof value === "object" && value !== null ? (inPart.get(value)?.() ?? value) : value,
    ]);
    return serialize(label, Object.fromEntries(known) as Record<string, unknown>, ...more);
  };
}

/** The value with {@link UNKNOWN_TEXT} for everything in it that is not known. */
function markedIn(value: unknown, sdk: Sdk): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiOutput" in value || value instanceof Promise)
    return sdk.output(value).apply((inner) => marked(inner, sdk), true);
  return eachIn(value, (inner) => markedIn(inner, sdk));
}

function marked(value: unknown, sdk: Sdk): unknown {
  if (sdk.isUnknown(value)) return UNKNOWN_TEXT;
  return typeof value === "object" && value !== null
    ? eachIn(value, (inner) => marked(inner, sdk))
    : value;
}

/** Lists and bags with each part changed; anything else, such as a resource, as it is. */
function eachIn(value: object, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}
