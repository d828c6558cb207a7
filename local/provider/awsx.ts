/**
 * The provider of awsx's components, as a process: prints its port and serves until its standard
 * input ends. A component's resources are registered with the engine as awsx does it, so they reach
 * the account through the provider of custom resources like any other.
 */
import * as fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { main, type ConstructResult, type Provider } from "@pulumi/pulumi/provider";
import { Account } from "../model/account";
import { Ref, resolveRefs, type Planned } from "../model/planned";
import { awsxComponents } from "../model/rows/awsx";
import type { Props } from "../model/types";

const region = process.env.AWS_REGION ?? "us-east-1";
/** These components ask for nothing that is in the account, which is in another process. */
const nowhere = new Account({ region });

/** A resource of a component. Outputs that others read must be named before it exists. */
class Child extends pulumi.CustomResource {
  constructor(
    planned: Planned,
    inputs: Props,
    outputs: string[],
    opts: pulumi.CustomResourceOptions,
  ) {
    const promised = Object.fromEntries(
      outputs.map((output): [string, undefined] => [output, undefined]),
    );
    super(planned.type, planned.name, { ...promised, ...inputs }, opts);
  }

  output(name: string): unknown {
    if (name === "*") return this;
    return (this as unknown as Props)[name];
  }
}

async function construct(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): Promise<ConstructResult> {
  const row = awsxComponents.find((component) => component.type === type);
  if (!row) throw new Error(`The local AWS knows no component ${type}.`);
  const component = new pulumi.ComponentResource(type, name, {}, options);
  const args = await knownValues(inputs);
  // What depends on an unknown value is unknown too; a preview ends here.
  if (args === undefined) return { urn: component.urn, state: {} };

  const planned = row.expand(name, args, region, nowhere);
  const outputs = row.outputs(planned, args, nowhere);
  const read = [outputs, ...planned.map((child) => child.inputs)].flatMap(refsIn);
  const made = new Map<string, Child>();
  const valueOf = (ref: Ref) => made.get(ref.key)?.output(ref.output);
  for (const child of planned) {
    const parent = child.parent === undefined ? component : made.get(child.parent);
    const named = read.filter((ref) => ref.key === child.key && !["id", "*"].includes(ref.output));
    const childInputs = resolveRefs(child.inputs, valueOf) as Props;
    const names = named.map((ref) => ref.output);
    made.set(child.key, new Child(child, childInputs, names, { parent }));
  }
  return { urn: component.urn, state: resolveRefs(outputs, valueOf) as pulumi.Inputs };
}

/** The arguments as plain values, or undefined while any of them is unknown. */
async function knownValues(inputs: pulumi.Inputs): Promise<Props | undefined> {
  // Both are in the SDK's Output, and left out of its types.
  const output = pulumi.output(inputs) as unknown as {
    isKnown: Promise<boolean>;
    promise(): Promise<Props>;
  };
  return (await output.isKnown) ? output.promise() : undefined;
}

function refsIn(value: unknown): Ref[] {
  const found: Ref[] = [];
  resolveRefs(value, (ref) => found.push(ref));
  return found;
}

process.stdin.resume().on("end", () => process.exit(0));
const { version } = JSON.parse(
  fs.readFileSync(require.resolve("@pulumi/awsx/package.json"), "utf8"),
) as { version: string };
const provider: Provider = { version, construct };
void main(provider, []);
