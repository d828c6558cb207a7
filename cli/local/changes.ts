/** What an edited program would change, as `pulumi up` would list it. */
import type { Evaluation } from "../../local/program";
import type { LocalResource } from "../../local/model/types";
import type { Screen } from "../screen";
import { shortType } from "../show/findings";

/** One resource that changes. */
export interface ResourceChange {
  readonly how: "create" | "delete" | "update" | "replace";
  readonly type: string;
  readonly name: string;
  /** Property paths, for updates; for replacements those that need one. */
  readonly properties: readonly string[];
}

/** The changes from one evaluation of a program to the next, in the order of its resources. */
export function changesBetween(before: Evaluation, after: Evaluation): ResourceChange[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only an edited program needs it
  const { diffInputs } = require("../../local/model") as typeof import("../../local/model");
  const old = new Map(before.resources.map((r) => [r.urn, r]));
  const kept = new Set(after.resources.map((r) => r.urn));
  const diffs = new Map(
    after.resources.flatMap((now) => {
      const was = old.get(now.urn);
      // A component itself has nothing to change.
      if (!was || now.id === "") return [];
      return [[now.urn, diffInputs(now.type, was.inputs, now.inputs)] as const];
    }),
  );
  const replaced = after.resources.filter((r) => (diffs.get(r.urn)?.replaces.length ?? 0) > 0);
  const made = after.resources.flatMap((resource): ResourceChange[] => {
    const { urn, type, name } = resource;
    if (!old.has(urn)) return [{ how: "create", type, name, properties: [] }];
    const { changed = [], replaces = [] } = diffs.get(urn) ?? {};
    if (replaces.length > 0) return [{ how: "replace", type, name, properties: replaces }];
    // Each evaluation has a separate account, in which a replacement gets the same id again.
    const others = replaced.filter((r) => r !== resource);
    const properties = [...new Set([...changed, ...naming(resource, others)])];
    return properties.length === 0 ? [] : [{ how: "update", type, name, properties }];
  });
  const gone = before.resources
    .filter((r) => !kept.has(r.urn))
    .map(({ type, name }): ResourceChange => ({ how: "delete", type, name, properties: [] }));
  return [...made, ...gone];
}

/** Properties of a resource that name one of the others by its id or ARN. */
function naming(resource: LocalResource, others: readonly LocalResource[]): string[] {
  if (resource.id === "") return [];
  // An id that the program gave, such as a family, may be the name of something else as well.
  const names = others.flatMap(({ id, inputs, outputs }) =>
    Object.values(inputs).includes(id) ? [outputs.arn] : [id, outputs.arn],
  );
  const found = (value: unknown): boolean =>
    typeof value === "object" && value !== null
      ? Object.values(value).some(found)
      : names.includes(value);
  return Object.entries(resource.inputs).flatMap(([key, value]) => (found(value) ? [key] : []));
}

const signs = { create: "+ ", delete: "- ", update: "~ ", replace: "+-" } as const;
const styles = { create: "green", delete: "red", update: "yellow", replace: "yellow" } as const;

/** A line per change: `+- lb TargetGroup nginx  protocolVersion`. */
export function changeLines(changes: readonly ResourceChange[], screen: Screen): string[] {
  const titles = changes.map(({ type, name }) => `${shortType(type)} ${name}`);
  const width = Math.min(44, Math.max(0, ...titles.map((title) => title.length)));
  return changes.map(({ how, properties }, i) => {
    const head = `${signs[how]} ${(titles[i] ?? "").padEnd(width)}`;
    const room = Math.max(10, screen.width - head.length - 6);
    const list = properties.join(", ");
    const shown = list.length > room ? `${list.slice(0, room - 3)}...` : list;
    return `    ${screen.style(styles[how], head)}  ${screen.style("dim", shown)}`.trimEnd();
  });
}
