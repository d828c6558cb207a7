import * as pulumi from "@pulumi/pulumi";

/** A child of a component that takes over a resource which the program declared by hand. */
export interface AdoptedChild {
  /**
   * What it was: the end of the resource's URN, from its type on, such as
   * `aws:lb/loadBalancer:LoadBalancer::alb`. @default a new resource
   */
  was?: string;
  /** Arguments that stay as they are in the stack's state. @default none */
  keeps?: string[];
  /** Values that a list has in addition to the component's own, by argument. @default none */
  adds?: Record<string, pulumi.Input<string>[]>;
}

/**
 * Options of a component whose children take over resources, without replacing them.
 * `npx hopwise adopt` writes the table: https://www.pulumi.com/docs/iac/concepts/resources/options/aliases/
 *
 * @param children by type and name of the child, such as `aws:lb/loadBalancer:LoadBalancer::shop-alb`
 */
export function adopted(children: Record<string, AdoptedChild>): pulumi.ComponentResourceOptions {
  const apply: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
    const child = children[`${type}::${name}`];
    if (child === undefined) return undefined;
    const { was, keeps = [], adds = {} } = child;
    const args = props as Record<string, pulumi.Input<pulumi.Input<string>[]> | undefined>;
    const longer = Object.entries(adds).map(([key, more]) => [
      key,
      pulumi.output(args[key] ?? []).apply((own) => [...own, ...more]),
    ]);
    return {
      props: { ...props, ...Object.fromEntries(longer) } as pulumi.Inputs,
      opts: pulumi.mergeOptions(opts, {
        aliases: was === undefined ? [] : [urn(was)],
        ignoreChanges: keeps,
      }),
    };
  };
  return { transformations: [apply] };
}

const urn = (end: string): string =>
  `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${end}`;
