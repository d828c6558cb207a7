/** Reads property bags of resources. AWS defines their shape; a wrong type counts as absent. */
import { type DeclaredResource, type Props } from "./resource";
import { canonicalType } from "./tokens";

/** True for a nested bag: an object that is not a list. */
export function isBag(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string, or a number or boolean written as one. */
export function text(bag: Props, key: string): string | undefined {
  const value = bag[key];
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A number, or a string that is one. */
export function number(bag: Props, key: string): number | undefined {
  const value = bag[key];
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? Number(value)
    : undefined;
}

/** A boolean, or the word for one. */
export function boolean(bag: Props, key: string): boolean | undefined {
  const value = bag[key];
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/** A nested block; a list of one block counts as the block. */
export function block(bag: Props, key: string): Props | undefined {
  const value: unknown = bag[key];
  if (isBag(value)) return value;
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return isBag(first) ? first : undefined;
}

/** A list of nested blocks; a single block counts as a list of one. */
export function blocks(bag: Props, key: string): Props[] {
  const value: unknown = bag[key];
  if (Array.isArray(value)) return value.filter(isBag);
  return isBag(value) ? [value] : [];
}

/** A list of strings; a single string counts as a list of one. */
export function texts(bag: Props, key: string): string[] {
  const value: unknown = bag[key];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === "string") : [];
}

/** The value when it is one of the allowed, else the first (AWS's default). */
export function allowedOrFirst<const T extends string>(
  value: string | undefined,
  allowed: readonly [T, ...T[]],
): T {
  return allowed.find((a) => a === value) ?? allowed[0];
}

/** A resource as one bag: AWS's outputs, which override the program's inputs. */
export function merged(resource: DeclaredResource): Props {
  // A copy would read properties that nobody needs, and some of those may be unknown.
  if (resource.inputs === resource.outputs) return resource.inputs;
  return { ...resource.inputs, ...resource.outputs };
}

/** The resources of one type, in the order they were declared. */
export class ResourceIndex {
  private readonly byType = new Map<string, DeclaredResource[]>();

  constructor(resources: readonly DeclaredResource[]) {
    for (const resource of resources) {
      const type = canonicalType(resource.type);
      const list = this.byType.get(type);
      if (list) list.push(resource);
      else this.byType.set(type, [resource]);
    }
  }

  /** Resources of a type, e.g. `aws:lb/listener:Listener`. */
  of(type: string): readonly DeclaredResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource of a type that a reference (an ARN or an id) means. */
  find(type: string, reference: string | undefined): DeclaredResource | undefined {
    if (reference === undefined || reference === "") return undefined;
    return this.of(type).find((r) => r.id === reference || text(r.outputs, "arn") === reference);
  }
}

/** Collects what a topology cannot resolve. */
export class TopologyIssues {
  readonly notes: string[] = [];
  readonly problems: string[] = [];

  /** Something worth knowing. The same words are kept once. */
  note(message: string): void {
    if (!this.notes.includes(message)) this.notes.push(message);
  }

  /** Something that prevents a served resource from working. */
  problem(message: string): void {
    if (!this.problems.includes(message)) this.problems.push(message);
  }
}
