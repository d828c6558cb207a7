/** What the inputs of a resource alone show: what AWS refuses, and what a change means. */
import { physicalName } from "./candidate";
import { changedPaths, covers } from "./diff";
import { rows } from "./rows";
import { required } from "./rules";
import type { Props, Refusal } from "./types";

/**
 * Refusals that the inputs alone show. Values not known yet are passed over. With the logical
 * `name`, an automatic name that would become too long is refused as well.
 */
export function checkInputs(type: string, inputs: Props, name?: string): Refusal[] {
  const row = rows.get(type);
  if (!row) return [];
  const full = { ...row.defaults?.(inputs), ...withoutAbsent(inputs) };
  const missing = (row.required ?? []).flatMap((path) => required(path)(inputs));
  const naming = name === undefined ? [] : physicalName(row, name, inputs, "1234567").refusals;
  return [...missing, ...naming, ...(row.rules ?? []).flatMap((rule) => rule(full))];
}

/** Which property paths differ, and which of them only a replacement can change. */
export function diffInputs(
  type: string,
  olds: Props,
  news: Props,
): { changed: string[]; replaces: string[] } {
  const row = rows.get(type);
  const before = { ...row?.defaults?.(olds), ...withoutAbsent(olds) };
  const after = { ...row?.defaults?.(news), ...withoutAbsent(news) };
  const changed = changedPaths(before, after);
  const fixed = row?.replaceOn ?? [];
  const replaces = changed.filter((path) => fixed.some((only) => covers(only, path)));
  for (const path of row?.replaceWhen?.(before, after) ?? []) {
    if (!replaces.includes(path)) replaces.push(path);
  }
  return { changed, replaces };
}

/** What the provider refuses of a change, already in a preview. */
export function changeRefusals(type: string, olds: Props, news: Props): Refusal[] {
  const { refuseChange } = rows.get(type) ?? {};
  return refuseChange?.(diffInputs(type, olds, news).changed, news) ?? [];
}

/** The inputs without absent values, which defaults replace. */
export function withoutAbsent(inputs: Props): Props {
  return Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null),
  );
}
