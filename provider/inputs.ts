/** What a program of any language passed, as a component's constructor takes it. */
import * as pulumi from "@pulumi/pulumi";
import type {
  EnumSpec,
  ObjectSpec,
  PackageSpec,
  PropertySpec,
  ResourceSpec,
  TypeSpec,
} from "./spec";

/** What is wrong with one argument; the engine shows where it is. */
interface Problem {
  readonly propertyPath: string;
  readonly reason: string;
}

interface Arguments {
  readonly args: Record<string, unknown>;
  readonly problems: readonly Problem[];
}

type Types = PackageSpec["types"];

/**
 * The arguments, and all that is wrong with their form. What a component has to know before it
 * creates anything (`plain` in the schema, or `known`) may still come in an output, because a program's SDK wraps
 * a whole group as soon as a part of it is one: such a value is unwrapped if it is known.
 */
export async function argumentsOf(
  inputs: Readonly<Record<string, unknown>>,
  { inputProperties, requiredInputs }: ResourceSpec,
  types: Types,
): Promise<Arguments> {
  const reader = new Reader(types);
  const spec: ObjectSpec = {
    type: "object",
    properties: inputProperties,
    required: requiredInputs,
  };
  const args = await reader.object(inputs, undefined, spec, "");
  return { args, problems: reader.problems };
}

class Reader {
  readonly problems: Problem[] = [];

  constructor(private readonly types: Types) {}

  /** @param whole the output that the value came in */
  async object(
    value: Readonly<Record<string, unknown>>,
    whole: pulumi.Output<unknown> | undefined,
    { properties, required = [] }: ObjectSpec,
    at: string,
  ): Promise<Record<string, unknown>> {
    const known = Object.keys(properties);
    for (const key of Object.keys(value))
      if (!known.includes(key))
        this.report(join(at, key), `there is no such argument; there are ${known.join(", ")}`);
    for (const key of required)
      if (value[key] === undefined || value[key] === null)
        this.report(join(at, key), "is required");
    return this.entries(value, whole, (key) => properties[key], at);
  }

  private async entries(
    value: Readonly<Record<string, unknown>>,
    whole: pulumi.Output<unknown> | undefined,
    specOf: (key: string) => PropertySpec | undefined,
    at: string,
  ): Promise<Record<string, unknown>> {
    const read: Record<string, unknown> = {};
    for (const [key, one] of Object.entries(value)) {
      const spec = specOf(key);
      if (spec !== undefined) read[key] = await this.part(one, whole, key, spec, join(at, key));
    }
    return read;
  }

  /** A part of a value: still an output, if all of it was one and the part may be. */
  private part(
    one: unknown,
    whole: pulumi.Output<unknown> | undefined,
    key: string | number,
    spec: PropertySpec,
    at: string,
  ): Promise<unknown> {
    const lifted = whole?.apply((all) => (all as Readonly<Record<string | number, unknown>>)[key]);
    return this.value(mustBeKnown(spec) ? one : (lifted ?? one), spec, at, lifted);
  }

  private async value(
    given: unknown,
    spec: PropertySpec,
    at: string,
    whole?: pulumi.Output<unknown>,
  ): Promise<unknown> {
    if (given === undefined || given === null) return undefined;
    if (pulumi.Output.isInstance(given)) {
      if (!mustBeKnown(spec)) return given;
      const inner = await known(given);
      if (inner !== unknown) return this.value(inner, spec, at, given);
      this.report(
        at,
        "is only known once other resources exist, but decides what is created: write its value",
      );
      return undefined;
    }
    const type = this.resolved(spec);
    if (type === undefined) return given;
    if ("enum" in type) return this.oneOf(given, type, at, whole);
    if (type.type === "array") return this.list(given, type, at, whole);
    if (type.type === "object") {
      if (!isRecord(given)) return this.wrong(given, "an object", at, whole);
      if ("properties" in type) return this.object(given, whole, type, at);
      return this.entries(given, whole, () => type.additionalProperties, at);
    }
    const fits = type.type === "integer" ? Number.isInteger(given) : typeof given === type.type;
    const name = type.type === "integer" ? "a whole number" : `a ${type.type ?? ""}`;
    return fits ? given : this.wrong(given, name, at, whole);
  }

  private async list(
    given: unknown,
    { items = {} }: TypeSpec,
    at: string,
    whole: pulumi.Output<unknown> | undefined,
  ): Promise<unknown> {
    if (!Array.isArray(given)) return this.wrong(given, "a list", at, whole);
    return Promise.all(given.map((one, i) => this.part(one, whole, i, items, `${at}[${i}]`)));
  }

  private oneOf(
    given: unknown,
    { enum: values }: EnumSpec,
    at: string,
    whole: pulumi.Output<unknown> | undefined,
  ): unknown {
    if (values.some(({ value }) => value === given)) return given;
    return this.wrong(given, `one of ${values.map(({ value }) => value).join(", ")}`, at, whole);
  }

  /** The type that a reference names; undefined for any. */
  private resolved(spec: TypeSpec): TypeSpec | ObjectSpec | EnumSpec | undefined {
    return spec.$ref === undefined ? spec : this.types[spec.$ref.replace("#/types/", "")];
  }

  /** What comes from an output may be a secret, and is not quoted. */
  private wrong(
    given: unknown,
    wanted: string,
    at: string,
    whole: pulumi.Output<unknown> | undefined,
  ): unknown {
    const quotable = whole === undefined && ["string", "number", "boolean"].includes(typeof given);
    this.report(at, `must be ${wanted}${quotable ? `, not ${JSON.stringify(given)}` : ""}`);
    return undefined;
  }

  private report(propertyPath: string, reason: string): void {
    this.problems.push({ propertyPath, reason });
  }
}

const mustBeKnown = ({ plain, language }: PropertySpec): boolean =>
  plain === true || language?.hopwise?.known === true;

const unknown = Symbol("unknown");

/** The value of an output, which the SDK offers to itself only. */
async function known(output: pulumi.Output<unknown>): Promise<unknown> {
  const inside = output as unknown as {
    readonly isKnown: Promise<boolean>;
    promise(): Promise<unknown>;
  };
  return (await inside.isKnown) ? inside.promise() : unknown;
}

const join = (at: string, key: string): string => (at === "" ? key : `${at}.${key}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
