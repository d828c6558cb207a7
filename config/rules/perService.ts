/** Rules about a service's own keys, for `service` and for each of `services`. */
import type { View } from "../view";
import type { SettingsChange, SettingsIssue, SettingsRule } from "./rule";

/** The same rule for every service of the stack. */
export const forEveryService =
  (rule: SettingsRule): SettingsRule =>
  (view, surroundings) =>
    [view, ...view.ofServices].flatMap((one) =>
      one.check((keys) => rule(keys, surroundings)).map((issue) => renamed(issue, one)),
    );

/** An issue with the keys of the service that it is about. */
function renamed(issue: SettingsIssue, view: View): SettingsIssue {
  const key = view.at(issue.key) as SettingsIssue["key"];
  return { ...issue, key, change: renamedChange(issue.change, view) };
}

function renamedChange(change: SettingsChange, view: View): SettingsChange {
  const all = (changes: readonly SettingsChange[]) =>
    changes.map((one) => renamedChange(one, view));
  if ("either" in change) return { either: all(change.either) };
  if ("all" in change) return { all: all(change.all) };
  if ("set" in change) return { ...change, set: view.at(change.set) as typeof change.set };
  if ("remove" in change)
    return { ...change, remove: view.at(change.remove) as typeof change.remove };
  return change;
}
