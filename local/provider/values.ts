/** Converts property bags between the engine's wire format and the account's. */
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN, type Props } from "../model/types";

/**
 * The engine sends a value it does not know yet as one of these strings, chosen by the value's
 * type. Source: `sdk/go/common/resource/plugin/rpc.go` of pulumi/pulumi.
 */
const UNKNOWN_ON_THE_WIRE: ReadonlySet<unknown> = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** The bag that the engine sent, with {@link UNKNOWN} for unknown values. Absent: an empty bag. */
export function fromStruct(struct: Struct | undefined): Props {
  return struct === undefined ? {} : (mapValues(struct.toJavaScript(), known) as Props);
}

/** A bag for the engine; {@link UNKNOWN} becomes the engine's own placeholder. */
export function toStruct(props: Props): Struct {
  const bag = mapValues(props, (value) => (value === UNKNOWN ? unknownValue : value));
  return Struct.fromJavaScript(bag as Parameters<typeof Struct.fromJavaScript>[0]);
}

function known(value: unknown): unknown {
  return UNKNOWN_ON_THE_WIRE.has(value) ? UNKNOWN : value;
}

/**
 * Applies `change` to every leaf. Undefined entries are dropped: the wire format has no such value.
 */
function mapValues(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => mapValues(entry, change));
  if (typeof value !== "object" || value === null) return change(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, mapValues(entry, change)]),
  );
}
