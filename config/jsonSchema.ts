/**
 * The JSON schema of a stack file's keys, for editors: types, values, bounds and hover texts of
 * config/schema.ts. What holds between keys, and most forms of text, only the program checks.
 */
import * as z from "zod";
import { abouts } from "./about";
import { exampleOf } from "./examples";
import { unwrap } from "./keys";
import { namespace } from "./problems";
import { schema } from "./schema";
import { type Shape, shapes } from "./values";

type Json = z.core.JSONSchema.BaseSchema;

/** https://json-schema.org/draft-07: what yaml-language-server reads best. */
export function settingsJsonSchema(): object {
  const made = z.toJSONSchema(schema, {
    target: "draft-7",
    // Of `preprocess`: what a value is turned into, not what it may be turned from.
    io: "output",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      adapt(zodSchema as unknown as z.ZodType, jsonSchema);
    },
  }) as Json;
  const keys = Object.entries(made.properties ?? {});
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A stack of hopwise: Pulumi.<stack>.yaml",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(keys.map(([key, one]) => [`${namespace}:${key}`, one])),
        required: (made.required ?? []).map((key) => `${namespace}:${key}`),
        // Keys of other packages, such as `aws:region`.
        patternProperties: { [`^(?!${namespace}:)`]: true },
        additionalProperties: false,
      },
    },
    required: ["config"],
    definitions: {
      secret: {
        description: "A value that `pulumi config set --secret` encrypted",
        type: "object",
        properties: { secure: { type: "string" } },
        required: ["secure"],
        additionalProperties: false,
      },
    },
  };
}

/** A value as it may be typed, with what it means. */
function adapt(type: z.ZodType, json: Json): void {
  const about = abouts.get(type);
  const inner = unwrap(type);
  const shape = shapes.get(inner);
  if (inner instanceof z.ZodObject && inner === type) {
    const optional = (name: string): boolean =>
      (inner.shape as Record<string, z.ZodType>)[name]?.safeParse(undefined).success ?? true;
    json.required = (json.required ?? []).filter((name) => !optional(name));
    if (json.required.length === 0) delete json.required;
  }
  if (shape !== undefined && inner === type) asTyped(shape, json);
  // Names are text, whatever they look like.
  delete json.propertyNames;
  if (about === undefined) return;
  const absent = type.safeParse(undefined);
  const value = absent.success && absent.data !== undefined ? JSON.stringify(absent.data) : "";
  const values = shape?.values;
  json.description = [
    `${about.means}.`,
    ...(values === undefined ? [] : [`Values: ${values}.`]),
    ...(value === "" ? [] : [`Default: ${value}.`]),
  ].join("\n\n");
  json.examples = [exampleOf(type)];
}

/** `pulumi config set` quotes some numbers and booleans and not others; and any value may be a secret. */
function asTyped({ type, options = [] }: Shape, json: Json): void {
  const secret = { $ref: "#/definitions/secret" };
  const own: Json = { ...json };
  if (type === "object" || type === "array") return;
  for (const key of Object.keys(json)) Reflect.deleteProperty(json, key);
  if (options.length > 0)
    json.anyOf = [{ enum: options.flatMap((option) => [...unquoted(option), option]) }, secret];
  else if (type === "integer")
    json.anyOf = [own, { type: "string", pattern: "^-?[0-9]+$" }, secret];
  else json.anyOf = [{ type: ["string", "integer", "boolean"] }, secret];
}

/** What YAML makes of a word without quotes, where that is no text. */
function unquoted(option: string): (number | boolean)[] {
  if (option === "true" || option === "false") return [option === "true"];
  return option.trim() !== "" && Number.isFinite(Number(option)) ? [Number(option)] : [];
}
