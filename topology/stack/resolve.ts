/** Replaces unknown references by placeholders, so that they can be followed. */
import { block, blocks, text } from "../props";
import type { Props } from "../resource";
import { knownByInputs, ownOutputs, type Reference, references } from "./references";
import { token } from "../tokens";
import { segments, Unknown } from "./unknown";

/** A resource of the stack while its references are resolved. */
export interface Draft {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Props;
  /** URNs of the resources that the value of a top-level property depends on. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/**
 * Fills in a resource's own id, ARN and names, as `(arn of web)`, and every reference that can only
 * mean one resource. A reference that could mean several stays {@link Unknown}.
 *
 * @returns the URN of the resource that made a value that only AWS or a provider can make
 */
export function resolve(drafts: readonly Draft[]): Map<string, string> {
  const byUrn = new Map(drafts.map((draft) => [draft.urn, draft]));
  const makers = new Map<string, string>();
  for (const draft of drafts) fillOwn(draft, makers);
  for (const reference of references)
    for (const draft of drafts) if (draft.type === reference.of) follow(draft, reference, byUrn);
  for (const draft of drafts) tidyActions(draft);
  return makers;
}

/**
 * An action can name target groups in two ways; the provider fills in the one that the program did
 * not use, and the order of the actions. Both are unknown in a preview, and do not matter.
 */
function tidyActions({ type, props }: Draft): void {
  const key = { [token.listener]: "defaultActions", [token.listenerRule]: "actions" }[type];
  for (const action of key === undefined ? [] : blocks(props, key)) {
    const toNone = ["redirect", "fixed-response"].includes(text(action, "type") ?? "");
    const toOne = text(action, "targetGroupArn") !== undefined;
    const toSeveral = !(action.forward instanceof Unknown) && block(action, "forward");
    const idle = ["order", ...(toOne ? ["forward"] : []), ...(toSeveral ? ["targetGroupArn"] : [])];
    for (const name of toNone ? [...idle, "forward", "targetGroupArn"] : idle)
      if (action[name] instanceof Unknown) action[name] = undefined;
  }
}

/** Placeholders are unique, and lower case, because names are compared in lower case. */
function fillOwn({ urn, type, name, props }: Draft, makers: Map<string, string>): void {
  const made = ownOutputs[type] ?? [];
  for (const output of ["id", "arn", ...made]) {
    // A topic policy's `arn` is its topic's.
    if (references.some(({ of, at }) => of === type && at === output)) continue;
    const value = props[output];
    if (typeof value === "string" && value !== "") {
      // Rules read the settings of a random value, never the value itself.
      if (output === "result") makers.set(value, urn);
      continue;
    }
    const said = knownByInputs(type, output, props);
    if (said !== undefined) {
      props[output] = said;
      continue;
    }
    const words = output.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const plain = `(${words} of ${name.toLowerCase()}`;
    let placeholder = `${plain})`;
    for (let n = 2; makers.has(placeholder); n += 1) placeholder = `${plain}, ${kind(type)} ${n})`;
    makers.set(placeholder, urn);
    props[output] = placeholder;
  }
}

const kind = (type: string): string => type.slice(type.lastIndexOf(":") + 1).toLowerCase();

/** A property with an unknown value in it. */
interface Slot {
  readonly holder: Props;
  readonly key: string;
}

function follow(draft: Draft, reference: Reference, byUrn: ReadonlyMap<string, Draft>): void {
  const path = segments(reference.at);
  const slotsOf = (at: string): Slot[] =>
    slotsAt(draft.props, segments(at), reference.within ?? (() => true));
  const second = reference.or === undefined ? [] : slotsOf(reference.or);
  const slots = [...slotsOf(reference.at), ...second];
  if (slots.length === 0) return;
  const urns = draft.dependencies[path[0] ?? ""] ?? [];
  const isWanted = (to: Draft | undefined): boolean =>
    to !== undefined && reference.to[to.type] !== undefined;
  const candidates = urns
    .map((urn) => byUrn.get(urn))
    .flatMap((to) => (to ? valueOf(to, reference.to[to.type]) : []));
  const values = [...new Set(candidates)];
  // As many references as resources of the kind, in any order if the order does not matter; or
  // the property depends on nothing else.
  const certain =
    slots.length === values.length
      ? slots.length === 1 || reference.anyOrder === true || isPair(slots, second)
      : values.length === 1 && urns.every((urn) => isWanted(byUrn.get(urn)));
  if (!certain) return;
  slots.forEach(({ holder, key }, i) => {
    holder[key] = values[i] ?? values[0];
  });
}

/** True for the two places of one entry. */
const isPair = (slots: readonly Slot[], second: readonly Slot[]): boolean =>
  slots.length === 2 && second.length === 1;

function valueOf({ props }: Draft, output: string | undefined): string[] {
  const value = output === undefined ? undefined : text(props, output);
  return value === undefined ? [] : [value];
}

/** The place where the path leads to something unknown. */
function slotsAt(
  value: unknown,
  path: readonly string[],
  within: (block: Props) => boolean,
): Slot[] {
  if (typeof value !== "object" || value === null || value instanceof Unknown) return [];
  const holder = value as Props;
  const [first = "", ...rest] = path;
  const keys = first === "[]" ? Object.keys(holder) : [first];
  if (rest.length === 0) {
    const unknown = keys.filter((key) => holder[key] instanceof Unknown);
    return within(holder) ? unknown.map((key) => ({ holder, key })) : [];
  }
  return keys.flatMap((key) => {
    const inner: unknown = holder[key];
    // In the provider's shape some single blocks are lists of one.
    const step = first !== "[]" && rest[0] !== "[]" && Array.isArray(inner) ? ["[]"] : [];
    return slotsAt(inner, [...step, ...rest], within);
  });
}
