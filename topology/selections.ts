/** Sets of header, cookie and query names, as CloudFront's policies choose them. Pure. */
import type { Selection } from "./types";

export const all: Selection = { kind: "all" };
export const none: Selection = { kind: "none" };
export const only = (...names: string[]): Selection => ({ kind: "only", names });
export const except = (...names: string[]): Selection => ({ kind: "except", names });

/** True when a selection includes a name. Header names are lower case. */
export function selects(selection: Selection, name: string): boolean {
  if (selection.kind === "all") return true;
  if (selection.kind === "none") return false;
  return selection.names.includes(name) === (selection.kind === "only");
}

/** The union of two selections. */
export function either(a: Selection, b: Selection): Selection {
  if (a.kind === "all" || b.kind === "all") return all;
  if (a.kind === "none") return b;
  if (b.kind === "none") return a;
  if (a.kind === "only" && b.kind === "only") return only(...new Set([...a.names, ...b.names]));
  // At least one of them excludes names: names that both exclude stay excluded.
  const [out, other] = a.kind === "except" ? [a, b] : [b, a];
  return except(...out.names.filter((name) => !selects(other, name)));
}
