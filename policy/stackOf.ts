/** The stack that a policy gets, read once for all policies. */
import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import type { Props } from "../topology/resource";
import { Stack } from "../topology/stack/stack";
import { sourceOf } from "./sources";

/**
 * The property by which the SDK's proxies return their target; see `proxy.js` of @pulumi/policy.
 */
const behind = "__getSpecialProxyTarget";

let last: { readonly shown: string; readonly stack: Stack } | undefined;

/**
 * The SDK creates new resource objects for each policy. Reading them and judging the stack takes
 * longer than checking that they are the same as for the previous policy.
 */
export function stackOf({ resources }: Pick<StackValidationArgs, "resources">): Stack {
  const shown = contentOf(resources);
  if (shown === undefined) return new Stack(resources.map(sourceOf));
  if (last?.shown !== shown) last = { shown, stack: new Stack(resources.map(sourceOf)) };
  return last.stack;
}

/** Everything that `sourceOf` reads, as text; undefined where the proxies do not show it. */
function contentOf(resources: readonly PolicyResource[]): string | undefined {
  const all = resources.map(
    ({ urn, type, props, opts, provider, dependencies, propertyDependencies }) => {
      const on = Object.entries(propertyDependencies).map(([property, makers]) => [
        property,
        makers.map((maker) => maker.urn),
      ]);
      const after = dependencies.map((resource) => resource.urn);
      const settings = provider && [(provider.props as Props)[behind]];
      return [urn, type, (props as Props)[behind], settings, on, after, opts.ignoreChanges];
    },
  );
  return all.some(([, , props]) => props === undefined) ? undefined : JSON.stringify(all);
}
