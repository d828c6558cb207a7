/** The resources that the engine passes to a policy, as sources of a {@link Stack}. */
import type { PolicyResource } from "@pulumi/policy";
import { text } from "../topology/props";
import type { Props } from "../topology/resource";
import type { StackSource } from "../topology/stack/stack";
import { isPlain, Unknown, withoutUnknown } from "../topology/stack/unknown";

/** A resource as the engine passes it. */
export function sourceOf(resource: PolicyResource): StackSource {
  const dependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([property, on]) => [
      property,
      on.map(({ urn }) => urn),
    ]),
  );
  // What is not known and depends on nothing in the program is what AWS will fill in, because the
  // program says nothing there.
  const left = (property: string): boolean => (dependencies[property] ?? []).length === 0;
  const { urn, type, name, provider } = resource;
  const settings = provider ? plainProps(provider.urn, provider.props as Props) : {};
  const props = plainProps(urn, resource.props as Props, left);
  const dependsOn = waitsFor(resource);
  const { ignoreChanges } = resource.opts;
  return {
    ...{ urn, type, name, props, dependencies, dependsOn, ignoreChanges },
    component: provider === undefined,
    providerRegion: text(settings, "region"),
  };
}

/** A child is registered once its parent is, and the parent once what it waits for exists. */
const waitsFor = ({ dependencies, parent }: PolicyResource): string[] => [
  ...dependencies.map(({ urn }) => urn),
  ...(parent ? waitsFor(parent) : []),
];

/**
 * Copies the properties that the SDK passes to a policy into plain ones, with an {@link Unknown}
 * for each unknown value.
 * @param left says for a top-level property that the program left it to AWS: what is unknown in it
 *   is left out, as if the program's inputs were read
 */
export function plainProps(
  urn: string,
  props: Props,
  left: (property: string) => boolean = () => false,
): Props {
  const entries = Object.keys(props).map((key): [string, unknown] => {
    const value = read(props, key, urn, [key]);
    return [key, left(key) ? withoutUnknown(value) : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function read(bag: Props, key: string, urn: string, path: readonly string[]): unknown {
  let value: unknown;
  try {
    value = bag[key];
  } catch (error) {
    if (isUnknownValueError(error)) return new Unknown(urn, path);
    throw error;
  }
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Props;
  if (Array.isArray(value))
    return Array.from(value.keys(), (i) => read(inner, String(i), urn, [...path, "[]"]));
  if (!isPlain(value)) return value; // An asset or an archive.
  return Object.fromEntries(
    Object.keys(inner).map((name) => [name, read(inner, name, urn, [...path, name])]),
  );
}

/** The SDK's own error, of whichever copy of the SDK the pack was started with. */
function isUnknownValueError(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error;
}
