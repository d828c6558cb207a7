/** An example of each key's value, for docs/settings.md and the JSON schema: from the key's own row. */
import { parse } from "yaml";
import * as z from "zod";
import { abouts } from "./about";
import { shapeOf, unwrap } from "./keys";
import { type Shape, shapes } from "./values";

/**
 * A value that a key can have, as a stack file holds it: the row's own, else one that follows from
 * its shape and is not the default. Undefined where the row says too little.
 */
export function exampleOf(type: z.ZodType): unknown {
  const own = abouts.get(type)?.example;
  if (own !== undefined) return own;
  const inner = unwrap(type);
  if (inner instanceof z.ZodArray && !shapes.has(inner)) {
    const entry = exampleOf(inner.element as z.ZodType);
    return entry === undefined ? undefined : [entry];
  }
  const shape = shapeOf(type);
  const absent = type.safeParse(undefined);
  const usual = absent.success ? absent.data : undefined;
  const other = shape.options?.find((option) => option !== String(usual));
  const text = shape.example ?? other;
  if (text !== undefined) return typed(shape, text);
  if (typeof usual === "number") return Number(shape.near?.(usual * 2));
  return typeof usual === "string" ? usual : undefined;
}

/** Text of a shape, as YAML reads it there; of a list it is one entry. */
function typed({ type }: Shape, text: string): unknown {
  if (type === "string") return text;
  const value: unknown = parse(text);
  return type === "array" ? [value] : value;
}
