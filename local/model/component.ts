/** Creates in the account what a remote component creates in AWS. */
import { LocalResource, Props } from "./types";
import type { CreateArgs } from "./createArgs";
import { resolveRefs } from "./planned";
import { AwsRefusal } from "./refusal";
import { isBag } from "./props";
import type { AccountView } from "./row";
import type { ComponentRow } from "./rows/awsx";

/** What of the account a component needs. */
export interface Creator extends AccountView {
  create(args: CreateArgs): { id: string; outputs: Props };
  componentOf(type: string): ComponentRow | undefined;
  keepComponent(resource: LocalResource): void;
  /** Reports that AWS refuses a resource. @throws AwsRefusal unless the caller takes verdicts */
  reject(args: CreateArgs, refusal: AwsRefusal): void;
}

/** A resource among a component's outputs. */
export interface ResourceIdentity {
  readonly urn: string;
  readonly id: string;
}

const identities = new WeakMap<object, ResourceIdentity>();

/** The resource that an output of a component is, where it is one. */
export const identityOf = (output: object): ResourceIdentity | undefined => identities.get(output);

function asResource({ urn, id, outputs }: ResourceIdentity & { outputs: Props }): Props {
  const bag = { ...outputs, id };
  identities.set(bag, { urn, id });
  return bag;
}

/** Services without regions. */
const everywhere = /^aws:(iam|route53|cloudfront)\//;

/** Inputs with the region of the provider that a resource is given, where that names one. */
export function inRegion(region: string | undefined, type: string, inputs: Props): Props {
  const own = region !== undefined && type.startsWith("aws:") && !everywhere.test(type);
  return own ? { region, ...inputs } : inputs;
}

/** A component's creation: yields each resource before it is created, and is given back what to create. */
export type Creation = Generator<CreateArgs, Props, CreateArgs>;

/** Creates the component's resources and returns its outputs. @throws AwsRefusal */
export function* createComponent(row: ComponentRow, args: CreateArgs, account: Creator): Creation {
  const { type, name, urn, parent, inputs, position, protect } = args;
  const made = new Map<string, { urn: string; id: string; outputs: Props }>();
  const valueOf = (ref: { key: string; output: string }): unknown => {
    const resource = made.get(ref.key);
    if (ref.output === "id") return resource?.id;
    if (ref.output === "*") return resource && asResource(resource);
    return ref.output
      .split(".")
      .reduce<unknown>((bag, key) => (isBag(bag) ? bag[key] : undefined), resource?.outputs);
  };
  const component = { urn, type, name, parent, id: "", inputs, position };
  // Pulumi's SDKs pass it on to children.
  const passedOn = protect && { protect };
  const planned = expand(row, args, account);
  if (planned instanceof AwsRefusal) {
    account.reject(args, planned);
    account.keepComponent({ ...component, outputs: {}, refused: true });
    return {};
  }
  account.keepComponent({ ...component, outputs: {} });
  for (const child of planned) {
    const parentUrn = child.parent === undefined ? urn : (made.get(child.parent)?.urn ?? urn);
    const childUrn = urnUnder(parentUrn, child.type, child.name);
    const asked = yield {
      type: child.type,
      name: child.name,
      urn: childUrn,
      parent: parentUrn,
      position,
      ...passedOn,
      onVerdict: args.onVerdict,
      region: args.region,
      inputs: inRegion(args.region, child.type, resolveRefs(child.inputs, valueOf) as Props),
      ...(child.dependencies && { dependencies: child.dependencies }),
    };
    const inner = account.componentOf(child.type);
    const created = inner
      ? { id: "", outputs: yield* createComponent(inner, asked, account) }
      : account.create(asked);
    made.set(child.key, { urn: childUrn, ...created });
  }
  const outputs = resolveRefs(row.outputs(planned, inputs, account), valueOf) as Props;
  account.keepComponent({ ...component, outputs });
  return outputs;
}

function expand(
  row: ComponentRow,
  args: CreateArgs,
  account: Creator,
): ReturnType<ComponentRow["expand"]> | AwsRefusal {
  try {
    return row.expand(args.name, args.inputs, args.region ?? account.region, account);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return new AwsRefusal(`${args.type} '${args.name}' (${args.urn}):`, [
      { code: "InvalidComponent", message },
    ]);
  }
}

/** `urn:pulumi:stack::project::parentType$type::name` */
function urnUnder(parent: string, type: string, name: string): string {
  const [prefix = "", project = "", types = ""] = parent.split("::");
  return [prefix, project, `${types}$${type}`, name].join("::");
}

/** A component's outputs, whose resources are created as they are. */
export function runToEnd(creation: Creation): Props {
  let step = creation.next();
  while (step.done !== true) step = creation.next(step.value);
  return step.value;
}
