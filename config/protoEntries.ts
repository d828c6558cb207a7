/** Map entries whose names a JavaScript object treats specially. */
import * as z from "zod";
import { keys, type Path, unwrap, valueAt } from "./keys";

/** An entry called `__proto__`, which zod leaves out of every map. */
export interface ProtoEntry {
  readonly path: Path;
  readonly parsed: z.ZodSafeParseResult<unknown>;
}

const proto = "__proto__";

/** The entries called `__proto__` in maps that the settings have, e.g. among the tags. */
export function protoEntries(values: unknown): ProtoEntry[] {
  return keys.flatMap(({ path, schema }) => {
    const map = unwrap(schema);
    const value = valueAt([...path, proto], values);
    if (!(map instanceof z.ZodRecord) || value === undefined) return [];
    return [{ path: [...path, proto], parsed: (map.valueType as z.ZodType).safeParse(value) }];
  });
}

/** Puts the entries into parsed settings, as properties like all others. */
export function restoreProtoEntries(entries: readonly ProtoEntry[], into: unknown): void {
  for (const { path, parsed } of entries) {
    const map = valueAt(path.slice(0, -1), into);
    if (typeof map !== "object" || map === null) continue;
    const about = { value: parsed.data, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(map, proto, about);
  }
}
