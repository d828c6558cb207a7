/** Creates in the account what a remote component creates in AWS. */
import { LocalResource, Props } from "./types";
import type { CreateArgs } from "./account";
import { resolveRefs } from "./planned";
import { AwsRefusal } from "./refusal";
import type { ComponentRow } from "./rows/awsx";

/** What of the account a component needs. */
export interface Creator {
  readonly region: string;
  create(args: CreateArgs): { id: string; outputs: Props };
  keepComponent(resource: LocalResource): void;
  /** Says of a resource that AWS refuses it. @throws AwsRefusal unless the caller takes verdicts */
  reject(args: CreateArgs, refusal: AwsRefusal): void;
}

/** Creates the component's resources and returns its outputs. @throws AwsRefusal */
export function createComponent(row: ComponentRow, args: CreateArgs, account: Creator): Props {
  const { type, name, urn, parent, inputs, position } = args;
  const made = new Map<string, { urn: string; id: string; outputs: Props }>();
  const valueOf = (ref: { key: string; output: string }): unknown => {
    const resource = made.get(ref.key);
    if (ref.output === "id") return resource?.id;
    return ref.output === "*"
      ? { ...resource?.outputs, id: resource?.id }
      : resource?.outputs[ref.output];
  };
  const component = { urn, type, name, parent, id: "", inputs, position };
  const planned = expand(row, args, account.region);
  if (planned instanceof AwsRefusal) {
    account.reject(args, planned);
    account.keepComponent({ ...component, outputs: {}, refused: true });
    return {};
  }
  account.keepComponent({ ...component, outputs: {} });
  for (const child of planned) {
    const parentUrn = child.parent === undefined ? urn : (made.get(child.parent)?.urn ?? urn);
    const childUrn = urnUnder(parentUrn, child.type, child.name);
    const created = account.create({
      type: child.type,
      name: child.name,
      urn: childUrn,
      parent: parentUrn,
      position,
      onVerdict: args.onVerdict,
      inputs: resolveRefs(child.inputs, valueOf) as Props,
    });
    made.set(child.key, { urn: childUrn, ...created });
  }
  const outputs = resolveRefs(row.outputs(planned, inputs), valueOf) as Props;
  account.keepComponent({ ...component, outputs });
  return outputs;
}

function expand(
  row: ComponentRow,
  args: CreateArgs,
  region: string,
): ReturnType<ComponentRow["expand"]> | AwsRefusal {
  try {
    return row.expand(args.name, args.inputs, region);
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
