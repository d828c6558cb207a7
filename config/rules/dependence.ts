/** Keys that another key gives an effect. */
import { variantsTaking } from "../../path/variants";
import { type KeyName, keys as allKeys } from "../keys";
import type { View } from "../view";
import type { SettingsIssue, SettingsChange, SettingsRule } from "./rule";

/** Keys that depend on another one. */
export interface Dependence {
  /** Names of keys, or of groups of them. */
  readonly keys: readonly string[];
  /** True where the keys have an effect. */
  readonly when: (view: View) => boolean;
  /** Why they have none otherwise. */
  readonly why: string | ((view: View) => string);
  /** What gives them one, where a single change does. */
  readonly enable?: SettingsChange;
}

/** Sets a switch. */
export const on = (set: KeyName): SettingsChange => ({ set, to: "true" });

const within = (name: string, group: string): boolean =>
  name === group || name.startsWith(`${group}.`);

/**
 * What is written and right, but for `false`: under a switch that is off it says the same as the
 * switch.
 */
function written(view: View): KeyName[] {
  const [variant] = view.check(() => [view.get("variant")]);
  return allKeys
    .map(({ name }) => name)
    .filter((name) => view.given(name) && view.check(() => [view.get(name) !== false])[0])
    .filter((name) => variant === undefined || variantsTaking(name).includes(variant));
}

/** Refuses dependent keys that are written and have no effect. */
export const haveEffect =
  (dependent: readonly Dependence[]): SettingsRule =>
  (view) => {
    const reported = new Set<KeyName>();
    const all = written(view);
    return dependent.flatMap(({ keys, when, why, enable }) => {
      const own = enable && "set" in enable ? enable.set : undefined;
      const names = all
        .filter((name) => keys.some((group) => within(name, group)))
        .filter((name) => name !== own && !reported.has(name));
      // If that is not known, another problem is reported first.
      if (names.length === 0 || view.check(() => [when(view)])[0] !== false) return [];
      return names.map((key): SettingsIssue => {
        reported.add(key);
        const remove: SettingsChange = { remove: key };
        const change = enable === undefined ? remove : { either: [enable, remove] };
        return {
          key,
          expected: `nothing: it has ${typeof why === "string" ? why : why(view)}`,
          change,
        };
      });
    });
  };
