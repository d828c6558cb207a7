/** The same program before anything of it exists. */
import type { DeclaredResource, Props } from "../../../topology/resource";
import { FromUnknown } from "./support";

/** Outputs by which other resources refer to one; the others (an account, a status) say little. */
const identifying = /^(?!owner|registry|account).*(ids?|arn|name|fqdn|uri|url|result)$/i;

/**
 * What a preview knows of resources of which everything is known: not what AWS computes, and nothing
 * that is made of it.
 */
export function asPreview(resources: readonly DeclaredResource[]): DeclaredResource[] {
  const makers = new Map<string, DeclaredResource[]>();
  for (const resource of resources) {
    const written = new Set(textsIn(resource.inputs));
    const names = Object.entries(resource.outputs).filter(([key]) => identifying.test(key));
    const computed = [resource.id, ...textsIn(names.map(([, value]) => value))];
    for (const text of new Set(computed.filter((t) => t.length >= 8 && !written.has(t))))
      makers.set(text, [...(makers.get(text) ?? []), resource]);
  }
  const texts = [...makers.keys()];
  return resources.map((resource) => {
    const seen = (value: unknown): unknown => {
      if (typeof value === "string") {
        const from = texts
          .filter((text) => value.includes(text))
          .flatMap((t) => makers.get(t) ?? []);
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
