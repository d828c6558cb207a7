/** Properties of resources, in a form that can be compared between stacks. */
import { UNKNOWN_TEXT, type LocalResource } from "../../local/model/types";
import { resourceList } from "./components";
import type { EvaluatedStack } from "./evaluateStack";
import { ResourceNames } from "./names";
import { propertiesWithoutSecrets } from "./secrets";
import type { PlanResource } from "./types";

/** A resource's inputs: values by path, `healthCheck.path` or `origins[0].id`. */
export interface ComparableResource extends PlanResource {
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Every resource that is not a component, by its name in the program. References to other resources
 * are shown as descriptions; secrets are not shown.
 */
export function comparableResources({
  evaluation: { resources, secrets, secretsOf },
}: EvaluatedStack): Map<string, ComparableResource> {
  const names = new ResourceNames(resources);
  const declared = resources.filter(({ id }) => id !== "");
  const listed = resourceList(resources);
  return new Map(
    declared.map((resource, i) => {
      const about = listed[i] ?? { type: resource.type, name: resource.name, in: [] };
      // Once more at the end: the description of a reference may contain a secret too.
      const held = secretsOf && (secretsOf.get(resource.urn) ?? new Set<string>());
      const flattened = Object.fromEntries(flat(resource, names, secrets, held));
      const properties = propertiesWithoutSecrets(flattened, secrets, held);
      const key = [...about.in, about.type, about.name].join(" / ");
      return [key, { ...about, properties: new Map(Object.entries(properties)) }];
    }),
  );
}

function flat(
  { inputs }: LocalResource,
  names: ResourceNames,
  secrets: ReadonlySet<string>,
  held: ReadonlySet<string> | undefined,
): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (place: string, open: unknown): void => {
    if (Array.isArray(open))
      open.forEach((item, i) => {
        walk(`${place}[${i}]`, item);
      });
    else if (typeof open === "object" && open !== null)
      for (const [key, inner] of Object.entries(open))
        walk(place === "" ? key : `${place}.${key}`, inner);
    else if (open !== undefined)
      found.set(place, typeof open === "string" ? textOf(open, names) : JSON.stringify(open));
  };
  // Secrets are replaced first, also within JSON text; then ids, which may be in it.
  const here = held ?? secrets;
  const isSecret = (text: string): boolean => here.has(text);
  walk("", propertiesWithoutSecrets(deepOpened(inputs, isSecret), secrets, held));
  return found;
}

const textOf = (value: string, names: ResourceNames): string =>
  names.describe(value).replaceAll(UNKNOWN_TEXT, "(not known)");

/** Parses JSON text, so that container definitions and policies are compared value by value. */
function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/**
 * @param isSecret says of a text that it is secret as a whole. Of container definitions the values of
 *   the environment are then taken to be: one of them makes the whole JSON text secret
 */
function deepOpened(
  value: unknown,
  isSecret: (text: string) => boolean,
  key = "",
  hidden = false,
): unknown {
  if (typeof value === "string" && isSecret(value)) {
    if (key !== "containerDefinitions") return "[secret]";
    return deepOpened(opened(value), isSecret, key, true);
  }
  if (hidden && key === "value") return "[secret]";
  const open = opened(value);
  if (Array.isArray(open)) return open.map((inner) => deepOpened(inner, isSecret, key, hidden));
  if (typeof open !== "object" || open === null) return open;
  return Object.fromEntries(
    Object.entries(open).map(([name, inner]) => [name, deepOpened(inner, isSecret, name, hidden)]),
  );
}
