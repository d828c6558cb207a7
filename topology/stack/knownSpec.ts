/** The known part of a path's spec. */
import type { PathSpec } from "../../path/types";
import type { StackPath } from "./paths";
import { NotKnown, type Unknown } from "./unknown";

const groups = ["edge", "listener", "target", "container"];

/**
 * The spec of a path. Reading an unknown field throws {@link NotKnown}, so a check that runs to its
 * end has only used known values.
 *
 * @param missing the unknown values, by field
 * @param assuming values that replace the path's own, by field
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
