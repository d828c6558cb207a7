/** Checks that read a value which is not known: what they refuse counts only where none was read. */
import type { Unchecked } from "./refusalTaint";
import { judgeable } from "./placeholders";
import { hasUnknown, isBag, isUnknown } from "./props";
import type { Candidate, AccountView } from "./row";
import { LocalResource, Props, Refusal, UNKNOWN } from "./types";
import { variedAccount } from "./variedAccount";

/** Called with the URN of the resource whose value is read, and the value's top-level property. */
type OnUnknownRead = (urn: string, property: string) => void;

/** A view of properties that reports every read of what is not known. */
export function reportingUnknown(props: Props, read: (property: string) => void): Props {
  return view(props, read, undefined) as Props;
}

function view(value: object, read: (property: string) => void, top: string | undefined): object {
  return new Proxy(value, {
    get(target, key) {
      const inner: unknown = Reflect.get(target, key);
      const property = top ?? String(key);
      if (isUnknown(inner)) read(property);
      const nested = Array.isArray(inner) || isBag(inner);
      return nested && Object.hasOwn(target, key) ? view(inner, read, property) : inner;
    },
  });
}

/**
 * What a check refuses for certain, and what only the value of something unknown will decide.
 *
 * @param check made once more where it refuses something
 */
export function certainRefusals(
  candidate: Candidate,
  account: AccountView,
  check: (candidate: Candidate, account: AccountView) => readonly Refusal[],
): { refusals: readonly Refusal[]; notChecked: Unchecked[] } {
  const found = check(candidate, account);
  if (found.length === 0) return { refusals: found, notChecked: [] };
  let because: string | undefined;
  let property: string | undefined;
  const note: OnUnknownRead = (urn, name) => {
    because ??= urn;
    if (urn === candidate.urn) property ??= name;
  };
  check(
    {
      ...candidate,
      inputs: reportingUnknown(candidate.inputs, (name) => {
        note(candidate.urn, name);
      }),
    },
    variedAccount(account, (resource) => reportingResource(resource, note)),
  );
  if (because === undefined) return { refusals: found, notChecked: [] };
  return { refusals: [], notChecked: [{ property, because, unknown: true }] };
}

/** A resource that reports its values that are not known when they are read. */
function reportingResource(resource: LocalResource, note: OnUnknownRead): LocalResource {
  const { urn } = resource;
  const [inputs, outputs] = [judgeable(resource.inputs), judgeable(resource.outputs)];
  if (!hasUnknown(inputs) && !hasUnknown(outputs)) return resource;
  const read = (property: string): void => {
    note(urn, property);
  };
  return {
    ...resource,
    inputs: reportingUnknown(inputs, read),
    outputs: reportingUnknown(outputs, read),
  };
}

/**
 * A candidate from which outputs can be computed: where a text is not known, one that is drawn from
 * the resource's name, so that its ARN and its DNS name are its own all the same.
 */
export function withPlaceholderNames(candidate: Candidate): Candidate {
  const { inputs, name } = candidate;
  const entries = Object.entries(inputs).map(([key, value]) => [
    key,
    value === UNKNOWN ? `${name}-${candidate.hex(7, key)}` : value,
  ]);
  return { ...candidate, inputs: Object.fromEntries(entries) as Props };
}

/** Computed outputs, in which what the program does not know yet of its own inputs stays unknown. */
export function keepUnknown<T extends Props>(computed: T, inputs: Props): T {
  const unknown = Object.keys(computed).filter((key) => key in inputs && hasUnknown(inputs[key]));
  if (unknown.length === 0) return computed;
  return { ...computed, ...Object.fromEntries(unknown.map((key) => [key, inputs[key]])) };
}
