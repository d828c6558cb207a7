/** The keys of the settings, one by one: where each stands, and the schema of its value. */
import * as z from "zod";
import { type About, abouts, type Keys, schema } from "./schema";
import { type Shape, shapes } from "./values";

/** Where a value stands, from the top: `["viewers", "allowedCidrs", 1]`. */
export type Path = readonly PropertyKey[];

/** True for values that are keys' values: scalars, lists and maps, but not groups of keys. */
type IsLeaf<T> = T extends readonly unknown[]
  ? true
  : T extends object
    ? string extends keyof T
      ? true
      : false
    : true;

/** Dotted name of a key that holds a value, e.g. `origin.timeouts.idle`. */
export type KeyName<T = Keys> = {
  [K in keyof T & string]: true extends IsLeaf<NonNullable<T[K]>>
    ? K
    : `${K}.${KeyName<NonNullable<T[K]>>}`;
}[keyof T & string];

/** Type of a key's value; undefined if the key or its object may be absent. */
export type ValueOf<Name extends string, T = Keys> = Name extends `${infer K}.${infer Rest}`
  ? K extends keyof T
    ? ValueOf<Rest, NonNullable<T[K]>> | (undefined extends T[K] ? undefined : never)
    : never
  : Name extends keyof T
    ? T[Name]
    : never;

/** One key that holds a value. */
export interface Key {
  readonly name: KeyName;
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly shape: Shape;
  readonly about: About;
}

/** Every key, in the schema's order. */
export const keys: readonly Key[] = leavesOf(schema, []);

/** The keys of a `services` entry that `service` has not, as `services.NAME.paths`. */
export const ownKeysOfServices: readonly Omit<Key, "name">[] = entryKeys("services", "service");

/** A schema without the wrappers that make it optional or give it a default. */
export function unwrap(type: z.ZodType): z.ZodType {
  if (
    type instanceof z.ZodOptional ||
    type instanceof z.ZodDefault ||
    type instanceof z.ZodPrefault
  ) {
    return unwrap(type.unwrap() as z.ZodType);
  }
  return type;
}

/** The keys of an object in the schema; undefined for every other value. */
export function objectFieldsOf(type: z.ZodType): Record<string, z.ZodType> | undefined {
  const inner = unwrap(type);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** How errors and docs describe what a value of this schema may be. */
export function shapeOf(type: z.ZodType): Shape {
  const inner = unwrap(type);
  const shape = shapes.get(inner);
  if (shape !== undefined) return shape;
  if (inner instanceof z.ZodArray) {
    const { values, allowed, example } = shapeOf(inner.element as z.ZodType);
    const listed = `a list of one or more, each ${allowed}`;
    return { type: "array", values: `list of ${values}s`, allowed: listed, example };
  }
  if (inner instanceof z.ZodRecord) {
    return { type: "object", values: "names and text", allowed: "names, each with text" };
  }
  const fields = objectFieldsOf(inner);
  if (fields === undefined) throw new Error("A schema in config/ has no shape to describe it by");
  const names = Object.keys(fields).join(", ");
  return { type: "object", values: names, allowed: `keys of ${names}` };
}

/** The schema at a place; undefined where the settings have no such place. */
export function schemaAt(path: Path, from: z.ZodType = schema): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return from;
  const inner = unwrap(from);
  if (inner instanceof z.ZodArray) return schemaAt(rest, inner.element as z.ZodType);
  if (inner instanceof z.ZodRecord) return schemaAt(rest, inner.valueType as z.ZodType);
  const fields = objectFieldsOf(inner) ?? {};
  const field = Object.hasOwn(fields, step) ? fields[String(step)] : undefined;
  return field && schemaAt(rest, field);
}

/** The value at a place of untyped settings; undefined where there is none. */
export function valueAt(path: Path, from: unknown): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    from,
  );
}

function entryKeys(record: string, like: string): Omit<Key, "name">[] {
  const entry = schemaAt([record, "NAME"]);
  if (entry === undefined) return [];
  return Object.entries(objectFieldsOf(entry) ?? {})
    .filter(([name]) => schemaAt([like, name]) === undefined)
    .flatMap(([name, field]) => leavesOf(field, [record, "NAME", name]));
}

function leavesOf(type: z.ZodType, path: readonly string[]): Key[] {
  const fields = objectFieldsOf(type);
  if (fields !== undefined) {
    return Object.entries(fields).flatMap(([name, field]) => leavesOf(field, [...path, name]));
  }
  const name = path.join(".") as KeyName;
  const about = abouts.get(type);
  if (about === undefined) throw new Error(`config/schema.ts does not say what ${name} means`);
  return [{ name, path, schema: type, shape: shapeOf(type), about }];
}
