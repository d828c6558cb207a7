/** What a program creates in `apply` of a value that is not known: as in a preview, nobody sees it. */
import { callerInProgram, type SourcePlace } from "./traces";

/** What of the SDK is used here. */
interface Sdk {
  output(value: unknown): object;
}

interface OutputPrototype {
  apply: (this: unknown, change: Change, ...more: unknown[]) => unknown;
}

type Change = (value: unknown) => unknown;

/** Calls of `apply` that have not been made yet, by the state of a run, and where they are. */
const waiting = new WeakMap<object, Map<Change, SourcePlace | undefined>>();

/** Classes that make no resource: JavaScript's, errors, assets and settings. */
const plain =
  /^(?:Array|Buffer|Date|Map|Promise|Proxy|RegExp|Set|TextDecoder|TextEncoder|URL\w*|Weak\w+|\w*(?:Error|Asset|Archive|Config))$/;

/** True for a function that makes a resource, as far as its text shows. */
function creates(change: Change): boolean {
  const made = [...String(change).matchAll(/\bnew\s+(?:[\w$]+\.)*([A-Z]\w*)\s*\(/g)];
  return made.some(([, name = ""]) => !plain.test(name));
}

/** Makes the SDK note which functions that create something it does not call. */
export function noteSkipped(load: NodeJS.Require): void {
  const sdk = load("@pulumi/pulumi") as Sdk;
  const state = load("@pulumi/pulumi/runtime/state") as { getStore(): object };
  const prototype = Object.getPrototypeOf(sdk.output(undefined)) as OutputPrototype;
  const { apply } = prototype;
  prototype.apply = function (change, ...more) {
    if (typeof change !== "function" || !creates(change)) return apply.call(this, change, ...more);
    const store = state.getStore();
    const calls = waiting.get(store) ?? new Map<Change, SourcePlace | undefined>();
    waiting.set(store, calls);
    const noted: Change = (value) => {
      calls.delete(noted);
      return change(value);
    };
    calls.set(noted, callerInProgram());
    return apply.call(this, noted, ...more);
  };
}

/** Where a run that is over called `apply` in vain. */
export function skippedIn(store: object): readonly SourcePlace[] {
  return [...(waiting.get(store)?.values() ?? [])].filter((place) => place !== undefined);
}
