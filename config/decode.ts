/** From what Pulumi hands a program, all of it text, to plain values. */
import type * as z from "zod";
import { objectFieldsOf, shapeOf } from "./keys";
import { schema } from "./schema";

/**
 * Objects and lists arrive as JSON, everything else as it is typed. A key without a value
 * (`hopwise:domain:` in a stack file) and an empty object (the default that `Pulumi.yaml` gives to
 * every group) count as not set. Text that is no JSON stays text, for the schema to refuse.
 */
export function decode(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, z.ZodType | undefined> = schema.shape;
  const entries = Object.entries(raw).map(([name, value]): [string, unknown] => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) return [name, value];
    const decoded = value === "" ? undefined : withoutEmpty(field, fromJson(field, value));
    return [name, isEmptyObject(decoded) ? undefined : decoded];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function fromJson(field: z.ZodType, value: unknown): unknown {
  if (typeof value !== "string" || !isStructured(field)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isStructured(field: z.ZodType): boolean {
  return ["object", "array"].includes(shapeOf(field).type);
}

/** Drops keys without a value, as deep as the schema knows objects. */
function withoutEmpty(field: z.ZodType, value: unknown): unknown {
  if (value === null) return undefined;
  const fields = objectFieldsOf(field);
  if (fields === undefined || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return [name, known === undefined ? inner : withoutEmpty(known, inner)] as const;
  });
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}
