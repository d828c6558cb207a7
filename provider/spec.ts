/** The parts of Pulumi's package schema that this package uses. https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ */

/** The type of a value. `plain`: a program must know it; else it may be an output of a resource. */
export interface TypeSpec {
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly plain?: true;
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly language?: {
    readonly csharp?: { readonly name: string };
    /**
     * `known`: a list or map that a program must know, though its elements may be outputs. It is not
     * `plain`, because the SDK for Java would then take no outputs at all.
     */
    readonly hopwise?: { readonly known: true };
  };
}

export interface ObjectSpec {
  readonly type: "object";
  readonly description?: string;
  readonly properties: Record<string, PropertySpec>;
  readonly required?: readonly string[];
}

export interface EnumSpec {
  readonly type: "string";
  readonly description?: string;
  readonly enum: readonly { readonly name: string; readonly value: string }[];
}

export interface ResourceSpec extends ObjectSpec {
  readonly isComponent: true;
  readonly inputProperties: Record<string, PropertySpec>;
  readonly requiredInputs: readonly string[];
}

export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly types: Record<string, ObjectSpec | EnumSpec>;
  readonly resources: Record<string, ResourceSpec>;
  readonly [more: string]: unknown;
}
