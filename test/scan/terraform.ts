/**
 * Resources as a Terraform plan, as far as scanners read one.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
import type { LocalResource } from "../../local/model/types";
import { isBag } from "./bag";
import { referencesOf } from "./references";
import { argumentsOf, snakeCase, type Block } from "./terraformArguments";
import { types } from "./types";

/** A value three times over, as a plan holds it. */
interface Planned {
  readonly value: unknown;
  readonly unknown: unknown;
  /** Where it came from. */
  readonly expression: unknown;
}

export interface Plan {
  readonly plan: object;
  /** Terraform's address of each resource. */
  readonly addresses: ReadonlyMap<string, LocalResource>;
}

/** @throws when something has no place in Terraform: the table of arguments wants an entry */
export function terraformPlan(resources: readonly LocalResource[]): Plan {
  const ours = resources.filter(({ type }) => type in types);
  const addressOf = new Map(
    ours.map((resource) => [resource, `${typeOf(resource)}.${label(resource.name)}`]),
  );
  const references = referencesOf(ours);
  const problems: string[] = [];

  const rows = ours.map((resource) => {
    const address = addressOf.get(resource) ?? "";
    const where = `${resource.type} ${resource.name}`;
    const planned = block(resource.inputs, argumentsOf(typeOf(resource)), where);
    const head = { address, mode: "managed", type: typeOf(resource), name: label(resource.name) };
    const provider_name = "registry.terraform.io/hashicorp/aws";
    const after_unknown = { id: true, arn: true, ...(planned.unknown as object) };
    const change = { actions: ["create"], before: null, after: planned.value, after_unknown };
    return {
      planned: { ...head, provider_name, schema_version: 0, values: planned.value },
      change: { ...head, provider_name, change },
      configuration: {
        ...head,
        provider_config_key: "aws",
        schema_version: 0,
        expressions: planned.expression,
      },
    };

    function block(bag: Record<string, unknown>, known: Block, at: string): Planned {
      const entries = Object.entries(bag)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([key, value]): [string, Planned] => {
          const argument = known.find(key);
          if (argument === undefined) {
            problems.push(`${at}.${key} is no argument of Terraform's ${typeOf(resource)}`);
            return [key, { value: undefined, unknown: undefined, expression: {} }];
          }
          const { name, inner } = argument;
          const list: unknown[] = Array.isArray(value) ? value : [value];
          if (inner === undefined || !list.every(isBag)) return [name, attribute(value)];
          const parts = list.map((item) => block(item, inner, `${at}.${key}`));
          return [name, together(parts)];
        });
      return {
        value: pick(entries, "value"),
        unknown: pick(entries, "unknown"),
        expression: pick(entries, "expression"),
      };
    }

    function attribute(value: unknown): Planned {
      // Terraform gets a document as text where Pulumi takes an object too.
      const own = (text: string): boolean => references.get(text)?.resource !== resource;
      const used = strings(value).flatMap((text) =>
        [...references].filter(([key]) => text.includes(key) && own(key)),
      );
      const expression = used.length
        ? { references: [...new Set(used.flatMap(([, reference]) => named(reference)))] }
        : { constant_value: value };
      const unknown = (item: unknown): boolean =>
        typeof item === "string" && references.has(item) && own(item);
      if (unknown(value)) return { value: undefined, unknown: true, expression };
      if (!Array.isArray(value)) return { value, unknown: undefined, expression };
      return {
        value: value.map((item: unknown) => (unknown(item) ? null : item)),
        unknown: value.some(unknown) ? value.map(unknown) : undefined,
        expression,
      };
    }
  });

  function named({ resource, property }: { resource: LocalResource; property: string }): string[] {
    const address = addressOf.get(resource) ?? "";
    return [`${address}.${snakeCase(property)}`, address];
  }

  if (problems.length > 0) throw new Error(problems.join("\n"));
  const resourcesOf = (part: "planned" | "configuration") => ({
    resources: rows.map((entry) => entry[part]),
  });
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: resourcesOf("planned") },
    resource_changes: rows.map(({ change }) => change),
    configuration: {
      root_module: resourcesOf("configuration"),
    },
  };
  return { plan, addresses: new Map([...addressOf].map(([resource, at]) => [at, resource])) };
}

const typeOf = (resource: LocalResource): string => types[resource.type]?.terraform ?? "";

const label = (name: string): string => name.replace(/[^\w-]/g, "_");

const together = (parts: readonly Planned[]): Planned => ({
  value: parts.map(({ value }) => value),
  unknown: parts.map(({ unknown }) => unknown),
  expression: parts.map(({ expression }) => expression),
});

const pick = (
  entries: readonly [string, Planned][],
  part: keyof Planned,
): Record<string, unknown> => {
  const parts = entries.map(([name, planned]): [string, unknown] => [name, planned[part]]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
};

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return isBag(value) ? Object.values(value).flatMap(strings) : [];
}
