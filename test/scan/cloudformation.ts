/**
 * Resources as a CloudFormation template, for cfn-lint. Properties get their names from the
 * schemas that cfn-lint carries; cloudformationShapes.ts says where the shape differs.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import type { LocalResource } from "../../local/model/types";
import { isBag } from "./bag";
import { fold, reshape } from "./cloudformationShapes";
import { referencesOf, type Reference } from "./references";
import { types } from "./types";

/** A JSON schema, as far as it is read here. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly readOnlyProperties?: readonly string[];
}

export interface Template {
  readonly template: object;
  /** The logical ids, each with the resource behind it. */
  readonly ids: ReadonlyMap<string, LocalResource>;
  /** What CloudFormation has no resource for, and why. */
  readonly without: ReadonlyMap<string, string>;
}

/**
 * @param schemas cfn-lint's `data/schemas`
 * @throws when something has no place in CloudFormation's schemas
 */
export function cloudFormation(resources: readonly LocalResource[], schemas: string): Template {
  const ours = resources.filter(({ type }) => type in types);
  const schemaOf = schemaReader(schemas);
  const references = referencesOf(ours);
  const problems: string[] = [];
  const ids = new Map<string, LocalResource>();
  const idOf = new Map<LocalResource, string>();
  const without = new Map<string, string>();
  for (const resource of ours) {
    const { cloudformation } = types[resource.type] ?? {};
    if (typeof cloudformation === "string") {
      const kind = cloudformation.split("::").pop() ?? "";
      const id = uniqueId(`${resource.name}-${kind}`, ids);
      ids.set(id, resource);
      idOf.set(resource, id);
    } else if (cloudformation !== undefined) without.set(resource.type, cloudformation.none);
  }

  const rendered = [...ids].map(([id, resource]) => {
    const type = cfnTypeOf(resource);
    const schema = schemaOf(type);
    const parts = ours.filter((other) => fold(other, references) === resource);
    // Pulumi generates the name that CloudFormation requires.
    const name = schema.required?.includes("Name") ? { name: resource.outputs.name } : {};
    const bag = { ...name, ...reshape(type, resource, parts) };
    const where = `${resource.type} ${resource.name}`;
    const names = Object.keys(schema.properties ?? {});
    // Whatever Pulumi takes of every resource, where CloudFormation does not.
    const kept = Object.entries(bag).filter(
      ([key]) => key !== "region" && (key !== "tags" || names.includes("Tags")),
    );
    const Properties = property(Object.fromEntries(kept), schema, where);
    return [id, { Type: type, Properties }];

    function property(value: unknown, node: Schema, at: string): unknown {
      const known = concrete(node, schema);
      const reference = typeof value === "string" ? references.get(value) : undefined;
      if (reference && reference.resource !== resource) return link(reference) ?? value;
      if (Array.isArray(value)) return value.map((item) => property(item, known.items ?? {}, at));
      if (!isBag(value)) {
        return known.type === "string" && typeof value === "number" ? String(value) : value;
      }
      if (known.type === "array" && at.endsWith(".tags"))
        return Object.entries(value).map(([Key, Value]) => ({ Key, Value }));
      // A block that may be there once is a list in neither, or in one of the two.
      if (known.type === "array") return [property(value, known.items ?? {}, at)];
      if (known.properties === undefined) return value;
      const spelled = new Map(Object.keys(known.properties).map((key) => [key.toLowerCase(), key]));
      const entries = Object.entries(value).filter(
        ([, item]) => item !== undefined && item !== null,
      );
      return Object.fromEntries(
        entries.flatMap(([key, item]) => {
          const lower = key.toLowerCase();
          const name =
            spelled.get(lower) ?? spelled.get(`${lower}s`) ?? spelled.get(lower.slice(0, -1));
          const inner = name === undefined ? undefined : known.properties?.[name];
          if (name !== undefined && inner !== undefined)
            return [[name, property(item, inner, `${at}.${key}`)]];
          problems.push(`${at}.${key} is no property of ${type}`);
          return [];
        }),
      );
    }
  });

  /** `Ref` or `Fn::GetAtt`, where CloudFormation can give the string. */
  function link({ resource, property }: Reference): object | undefined {
    const id = idOf.get(resource);
    if (id === undefined) return undefined;
    const type = cfnTypeOf(resource);
    const given = (schemaOf(type).readOnlyProperties ?? []).map((pointer) => pointer.slice(12));
    const wanted = property === "id" && resource.id.startsWith("arn:") ? "arn" : property;
    if (wanted === "id") return { Ref: id };
    const kind = type.split("::").pop() ?? "";
    const attribute = given.find((name) =>
      [wanted, `${kind}${wanted}`, wanted.replace(/^bucket/, "")].some(
        (name_) => name_.toLowerCase() === name.toLowerCase(),
      ),
    );
    if (attribute !== undefined) return { "Fn::GetAtt": [id, attribute] };
    return ["arn", "name", "bucket"].includes(wanted) ? { Ref: id } : undefined;
  }

  if (problems.length > 0) throw new Error(problems.join("\n"));
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: Object.fromEntries(rendered) as object,
  };
  return { template, ids, without };
}

const cfnTypeOf = (resource: LocalResource): string =>
  types[resource.type]?.cloudformation as string;

function uniqueId(words: string, taken: ReadonlyMap<string, unknown>): string {
  const id = words.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) =>
    first.toUpperCase(),
  );
  return taken.has(id) ? uniqueId(`${words}-again`, taken) : id;
}

/** A schema behind its references and alternatives: the alternative that is an object. */
function concrete(node: Schema, root: Schema): Schema {
  if (node.$ref !== undefined) {
    const name = node.$ref.split("/").pop() ?? "";
    return concrete(root.definitions?.[name] ?? {}, root);
  }
  const alternatives = (node.oneOf ?? node.anyOf ?? []).map((one) => concrete(one, root));
  const object = alternatives.find(({ properties }) => properties !== undefined);
  return node.properties === undefined && object !== undefined ? object : node;
}

function schemaReader(folder: string): (type: string) => Schema {
  const read = (file: string): unknown => JSON.parse(fs.readFileSync(file, "utf8"));
  const index = read(path.join(folder, "providers/us-east-1.json")) as Record<string, string>;
  const schemas = new Map<string, Schema>();
  return (type) => {
    const schema =
      schemas.get(type) ??
      (read(path.join(folder, "resources", `${index[type] ?? type}.json`)) as Schema);
    schemas.set(type, schema);
    return schema;
  };
}
