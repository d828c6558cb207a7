/** The components as a provider: what programs in other languages construct. */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as components from "../components";
import { argumentsOf } from "./inputs";
import { outputsOf } from "./outputs";
import type { PackageSpec } from "./spec";

type Component = new (
  name: string,
  args: object,
  opts: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** The package with this schema. */
class Provider implements pulumi.provider.Provider {
  readonly version: string;
  private readonly spec: PackageSpec;

  /** @param schema served as it is: to analyse the components takes longer than most previews */
  constructor(readonly schema: string) {
    this.spec = JSON.parse(schema) as PackageSpec;
    this.version = this.spec.version;
  }

  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const resource = this.spec.resources[type];
    const component = (components as Readonly<Record<string, unknown>>)[type.split(":")[2] ?? ""];
    if (resource === undefined || component === undefined)
      throw new Error(`${this.spec.name} ${this.version} has no component ${type}`);
    const { args, problems } = await argumentsOf(inputs, resource, this.spec.types);
    if (problems.length > 0)
      throw new pulumi.InputPropertiesError({
        message: `${type} "${name}" was not created`,
        errors: [...problems],
      });
    const made = new (component as Component)(name, args, withoutEmpty(options));
    return { urn: made.urn, state: outputsOf(made, resource, this.spec.types) };
  }
}

/** Without an empty `providers`, which would mean that another provider may be used. */
function withoutEmpty(options: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions {
  const { providers, ...rest } = options;
  return providers === undefined || Object.keys(providers).length === 0 ? rest : options;
}

/** Serves the engine until it ends the process. */
export function serve(schemaFile: string): void {
  const provider = new Provider(readFileSync(schemaFile, "utf8"));
  void pulumi.provider.main(provider, process.argv.slice(2));
}
