/** The static site. */
import type { SettingsRule } from "./rule";

/** The second of two equal patterns answers nothing. */
const pathsDiffer: SettingsRule = (view) =>
  (view.get("site.paths") ?? []).flatMap((path, entry, all) =>
    all.indexOf(path) === entry
      ? []
      : [
          {
            key: "site.paths" as const,
            entry,
            expected: "each path pattern once",
            change: { remove: "site.paths" as const, entry },
          },
        ],
  );

/** In the order they are listed. */
export const siteRules: readonly SettingsRule[] = [pathsDiffer];
