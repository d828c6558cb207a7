/** What a component hands out, as far as the schema names it. */
import * as pulumi from "@pulumi/pulumi";
import type { ObjectSpec, PackageSpec, PropertySpec, TypeSpec } from "./spec";

type Fields = Readonly<Record<string, unknown>>;

/** The outputs of a component, with those of its children in them. */
export function outputsOf(
  component: object,
  { properties }: Pick<ObjectSpec, "properties">,
  types: PackageSpec["types"],
): Record<string, unknown> {
  return pick(component as Fields, properties, types);
}

function pick(
  fields: Fields,
  properties: Readonly<Record<string, PropertySpec>>,
  types: PackageSpec["types"],
): Record<string, unknown> {
  const entries = Object.entries(properties).map(([key, spec]) => {
    return [key, outputOf(fields[key], spec, types)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function outputOf(value: unknown, spec: TypeSpec, types: PackageSpec["types"]): unknown {
  if (value === undefined || value === null || pulumi.Output.isInstance(value)) return value;
  const type = spec.$ref === undefined ? spec : types[spec.$ref.replace("#/types/", "")];
  if (type === undefined || typeof value !== "object") return value;
  if ("properties" in type) return pick(value as Fields, type.properties, types);
  const { items, additionalProperties } = type as TypeSpec;
  if (Array.isArray(value)) return items ? value.map((one) => outputOf(one, items, types)) : value;
  if (additionalProperties === undefined) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, one]) => [key, outputOf(one, additionalProperties, types)]),
  );
}
