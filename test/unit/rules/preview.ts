/** The same program before anything of it exists. */
import type { DeclaredResource, Props } from "../../../topology/resource";
import { FromUnknown } from "./support";

/** Outputs by which other resources refer to one; the others (an account, a status) say little. */
const identifying = /^(?!owner|registry|account).*(ids?|arn|suffix|name|fqdn|uri|url|result)$/i;
/** Ids and ARNs are recognised in a longer text however short tests write them. */
const physical = /^(arn:|rtb-|sg-|subnet-|vpc-)/;

/** An output of a resource. */
export interface Maker {
  readonly resource: DeclaredResource;
  readonly output: string;
}

/** The texts that only AWS or a provider can make, the longest first, and whose outputs they are. */
export function makersOf(resources: readonly DeclaredResource[]): Map<string, Maker[]> {
  const makers: [text: string, Maker][] = resources.flatMap((resource) => {
    const written = new Set(textsIn(resource.inputs));
    const named = Object.entries(resource.outputs).filter(([key]) => identifying.test(key));
    // Where an id is an ARN too, the ARN is meant.
    const computed = [...named.filter(([key]) => key !== "id"), ["id", resource.id] as const];
    return computed.flatMap(([output, value]) =>
      textsIn(value)
        .filter((text) => (text.length >= 8 || physical.test(text)) && !written.has(text))
        .map((text): [string, Maker] => [text, { resource, output }]),
    );
  });
  const all = new Map<string, Maker[]>();
  for (const [text, maker] of makers.sort(([a], [b]) => b.length - a.length))
    all.set(text, [...(all.get(text) ?? []), maker]);
  return all;
}

/**
 * What a preview knows of resources of which everything is known: not what AWS computes, and nothing
 * that is made of it.
 */
export function asPreview(resources: readonly DeclaredResource[]): DeclaredResource[] {
  const makers = makersOf(resources);
  const texts = [...makers.keys()];
  return resources.map((resource) => {
    const seen = (value: unknown): unknown => {
      if (typeof value === "string") {
        const from = texts
          .filter((text) => value.includes(text))
          .flatMap((t) => makers.get(t) ?? [])
          .map(({ resource: maker }) => maker);
        const others = from.filter((maker) => maker.urn !== resource.urn);
        return others.length > 0 ? new FromUnknown(...others) : value;
      }
      if (Array.isArray(value)) return value.map(seen);
      if (typeof value !== "object" || value === null || value instanceof FromUnknown) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, seen(inner)]));
    };
    const inputs = seen(resource.inputs) as Props;
    return { ...resource, id: "", inputs, outputs: inputs };
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof FromUnknown) return [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
