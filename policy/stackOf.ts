/** The stack that a policy is shown, read once for all policies. */
import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import type { Props } from "../topology/resource";
import { Stack } from "../topology/stack/stack";
import { sourceOf } from "./sources";

/** What the SDK's proxies answer with the object behind them; `proxy.js` of @pulumi/policy. */
const behind = "__getSpecialProxyTarget";

let last: { readonly shown: string; readonly stack: Stack } | undefined;

/**
 * The SDK makes the resources anew for each policy. Reading them and judging the stack takes longer
 * than seeing that nothing differs from what the policy before was shown.
 */
export function stackOf({ resources }: Pick<StackValidationArgs, "resources">): Stack {
  const shown = contentOf(resources);
  if (shown === undefined) return new Stack(resources.map(sourceOf));
  if (last?.shown !== shown) last = { shown, stack: new Stack(resources.map(sourceOf)) };
  return last.stack;
}

/** Everything that `sourceOf` reads, as text; undefined where the proxies do not show it. */
function contentOf(resources: readonly PolicyResource[]): string | undefined {
  const all = resources.map(({ urn, type, props, provider, propertyDependencies }) => {
    const on = Object.entries(propertyDependencies).map(([property, makers]) => [
      property,
      makers.map((maker) => maker.urn),
    ]);
    return [urn, type, (props as Props)[behind], provider && (provider.props as Props)[behind], on];
  });
  return all.some(([, , props]) => props === undefined) ? undefined : JSON.stringify(all);
}
