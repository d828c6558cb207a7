/** A path's spec as far as it is certain. */
import type { PathSpec } from "../../path/types";
import type { StackPath } from "./paths";
import { NotKnown, type Unknown } from "./unknown";

const groups = ["edge", "listener", "target", "container"];

/**
 * The spec of a path in which reading what is not known throws {@link NotKnown}, so that a check
 * that comes to its end has used nothing but what is certain.
 *
 * @param missing what is not known, by field
 * @param assuming values that are put in place of the path's own, by field
 */
export function knownSpec(
  { found, uncertain }: Pick<StackPath, "found" | "uncertain">,
  missing: ReadonlyMap<string, Unknown>,
  assuming: Readonly<Record<string, unknown>> = {},
): PathSpec {
  const guarded = <T extends object>(bag: T, prefix: string): T =>
    new Proxy(bag, {
      get(target, key) {
        const field = prefix + String(key);
        if (Object.hasOwn(assuming, field)) return assuming[field];
        const unknown = uncertain ?? missing.get(field);
        if (unknown) throw new NotKnown(unknown);
        const value: unknown = Reflect.get(target, key);
        const nested = prefix === "" && groups.includes(field) && typeof value === "object";
        return nested && value !== null ? guarded(value, `${field}.`) : value;
      },
    });
  return guarded(found.spec, "");
}
