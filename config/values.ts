/**
 * What a setting's value can look like: one function per kind of value. Each returns a new schema,
 * known to {@link shapes} with the words that errors and docs/settings.md use for it.
 *
 * Stack files are typed by hand and by `pulumi config set`, which quotes some numbers and booleans
 * and not others; `"256"` and `256`, `"true"` and `true` are therefore the same here.
 */
import * as z from "zod";

/** How errors and docs describe what a value may be. */
export interface Shape {
  /** Pulumi's word for the type. */
  readonly type: "string" | "integer" | "boolean" | "array" | "object";
  /** The values in brief, for the table of settings, e.g. `1 to 120`. */
  readonly values: string;
  /** Completes "expected" in an error, e.g. `a whole number from 1 to 120`. */
  readonly allowed: string;
  /** A value that is right, written as in a stack file; errors offer it where nothing better is known. */
  readonly example?: string;
  /** All values, where they can be listed. */
  readonly options?: readonly string[];
  /** Values that a later version will accept, so that the error can say so. */
  readonly later?: readonly string[];
  /** Other words that people use for a value, by the value. */
  readonly synonyms?: Synonyms;
  /** The right value that a wrong one was probably meant to be; undefined where nobody can tell. */
  readonly near?: (value: unknown) => string | undefined;
}

/** Other words that people use for a value, by the value. */
export type Synonyms<Word extends string = string> = Readonly<
  Partial<Record<Word, readonly string[]>>
>;

/** What exactly is wrong with one value, where more can be said than its {@link Shape}. */
export interface ValueIssue {
  /** Completes "expected". May quote the value: never shown for a secret. */
  readonly why: string;
  /** The value that was probably meant. */
  readonly write?: string;
}

/** The {@link Shape} of each value schema. */
export const shapes = z.registry<Shape>();

/** A whole number within a range. */
export function integerValue(minimum: number, maximum: number, example?: number) {
  return z
    .preprocess(
      (value) => (typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
      z.int().min(minimum).max(maximum),
    )
    .register(shapes, {
      type: "integer",
      values: `${minimum} to ${maximum}`,
      allowed: `a whole number from ${minimum} to ${maximum}`,
      example: example === undefined ? undefined : String(example),
      near: numeric((value) => Math.min(maximum, Math.max(minimum, Math.round(value)))),
    });
}

/** The nearest right number, of what is a number. */
const numeric = (nearest: (value: number) => number) => (value: unknown) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number)
    ? String(nearest(number))
    : undefined;
};

/** The shape of a value that is one of a few. */
function choice(type: Shape["type"], options: readonly string[], synonyms?: Synonyms): Shape {
  const values = options.join(", ");
  return { type, values, allowed: `one of ${values}`, options, synonyms };
}

/** One of a few whole numbers. */
export function integerEnumValue(values: readonly number[]) {
  const distance = (one: number, other: number): number => Math.abs(one - other);
  const shape: Shape = {
    ...choice("integer", values.map(String)),
    near: numeric((value) =>
      values.reduce((best, one) => (distance(one, value) < distance(best, value) ? one : best)),
    ),
  };
  return z
    .preprocess(
      (value) => (typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
      z.int().refine((value) => values.includes(value)),
    )
    .register(shapes, shape);
}

/** true or false. */
export function booleanValue() {
  return z
    .preprocess(
      (value) => (value === "true" ? true : value === "false" ? false : value),
      z.boolean(),
    )
    .register(shapes, choice("boolean", ["true", "false"], flagWords));
}

/** What other tools write for true and false. */
const flagWords: Synonyms<"true" | "false"> = {
  true: ["yes", "y", "on", "1", "enable", "enabled"],
  false: ["no", "n", "off", "0", "disable", "disabled", "none"],
};

/** One of a few words. A number is taken for the word it is written as (`1.2`). */
export function enumValue<const Word extends string>(
  words: readonly Word[],
  { later, synonyms }: { later?: readonly string[]; synonyms?: Synonyms<NoInfer<Word>> } = {},
) {
  return z
    .preprocess((value) => (typeof value === "number" ? String(value) : value), z.enum(words))
    .register(shapes, { ...choice("string", words, synonyms), later });
}

/**
 * Text with a custom check. Whole numbers and booleans are taken as they are written; a
 * fraction is not, since YAML has already turned `1.10` into 1.1 when it gets here.
 */
export function textValue(
  shape: Omit<Shape, "type">,
  issueOf: (value: string) => ValueIssue | undefined,
) {
  return z
    .preprocess(
      (value) =>
        Number.isSafeInteger(value) || typeof value === "boolean" ? String(value) : value,
      z.string().check((context) => {
        const issue = issueOf(context.value);
        if (issue !== undefined) {
          context.issues.push({
            code: "custom",
            input: context.value,
            message: issue.why,
            params: issue,
          });
        }
      }),
    )
    .register(shapes, { type: "string", ...shape });
}

/** Text of one form. */
export function patternValue(pattern: RegExp, shape: Omit<Shape, "type">) {
  return textValue(shape, (value) => (pattern.test(value) ? undefined : { why: shape.allowed }));
}

/** A file or folder, from the program's own folder. */
export const relativePath = /^(?!\/)[^\0]{1,1024}$/;

/** The path that is meant where only the slash at its start is missing. */
export function withLeadingSlash(value: unknown, pattern: RegExp): string | undefined {
  const path = typeof value === "string" ? `/${value.replace(/^\/+/, "")}` : "";
  return pattern.test(path) ? path : undefined;
}
