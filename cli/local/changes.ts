/** What an edited program would change, as `pulumi up` would list it. */
import type { Evaluation } from "../../local/program";
import type { LocalResource } from "../../local/types";
import type { Screen } from "../screen";
import { shortType } from "./evaluateProgram";

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
  const old = new Map(before.resources.map((r) => [r.urn, r]));
  const kept = new Set(after.resources.map((r) => r.urn));
  const made = after.resources.flatMap((resource): ResourceChange[] => {
    const { urn, type, name } = resource;
    const was = old.get(urn);
    if (!was) return [{ how: "create", type, name, properties: [] }];
    // A component has nothing of its own to change.
    return resource.id === "" ? [] : changeOf(was, resource, after);
  });
  const gone = before.resources
    .filter((r) => !kept.has(r.urn))
    .map(({ type, name }): ResourceChange => ({ how: "delete", type, name, properties: [] }));
  return [...made, ...gone];
}

function changeOf(was: LocalResource, now: LocalResource, { account }: Evaluation) {
  const { type, name } = now;
  const { changed, replaces } = account.diff(type, now.id, was.inputs, now.inputs);
  if (changed.length === 0) return [];
  const how = replaces.length > 0 ? ("replace" as const) : ("update" as const);
  return [{ how, type, name, properties: replaces.length > 0 ? replaces : changed }];
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
