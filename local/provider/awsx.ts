/**
 * The provider of awsx's components, as a process: prints its port and serves until its standard
 * input ends. A component's resources are registered with the engine as awsx does it, so they reach
 * the account through the provider of custom resources like any other.
 */
import * as fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { main, type ConstructResult, type Provider } from "@pulumi/pulumi/provider";
import { Account } from "../model/account";
import { Ref, resolveRefs, type Derive, type Planned } from "../model/planned";
import { components } from "../model/rows";
import { UNKNOWN, type Props } from "../model/types";
import { lookedUp } from "./awsxLookups";

const region = process.env.AWS_REGION ?? "us-east-1";

/** A resource or component of a component, by what others read of it. */
interface Made {
  readonly parent: pulumi.Resource;
  output(name: string): unknown;
}

/** A resource of a component. Outputs that others read must be named before it exists. */
class Child extends pulumi.CustomResource implements Made {
  readonly parent = this;

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
  const args = await knownValues(inputs);
  // What depends on an unknown value is unknown too; a preview ends here.
  if (args === undefined) {
    const { urn } = new pulumi.ComponentResource(type, name, {}, options);
    return { urn, state: {} };
  }
  const account = new Account({ region });
  await lookedUp(args, account);
  const { parent, outputs } = make({ key: "", type, name, inputs: args }, options, account);
  return { urn: parent.urn, state: outputs };
}

/**
 * Creates a component and everything in it. A component in it has plain inputs.
 *
 * @param wanted what is read of its outputs, such as `taskDefinition.arn`
 */
function make(
  { type, name, inputs: args }: Planned,
  options: pulumi.ComponentResourceOptions,
  account: Account,
  wanted: readonly string[] = [],
): Made & { readonly outputs: Props } {
  const row = components.get(type);
  if (!row) throw new Error(`The local AWS knows no component ${type}.`);
  const component = new pulumi.ComponentResource(type, name, {}, options);
  const planned = row.expand(name, args, region, account);
  const promised = row.outputs(planned, args, account);
  const read = [
    ...[promised, ...planned.map((child) => child.inputs)].flatMap(refsIn),
    ...wanted.flatMap((path) => {
      const [first = "", ...rest] = path.split(".");
      const resource = promised[first];
      return resource instanceof Ref ? [new Ref(resource.key, rest.join("."))] : [];
    }),
  ];
  const made = new Map<string, Made>();
  const valueOf = (ref: Ref) => made.get(ref.key)?.output(ref.output);
  for (const child of planned) {
    const parent = child.parent === undefined ? component : made.get(child.parent)?.parent;
    if (components.has(child.type)) {
      const outputs = read.filter(({ key }) => key === child.key).map(({ output }) => output);
      made.set(child.key, make(child, { parent }, account, outputs));
      continue;
    }
    const inputs = sent(resolveRefs(child.inputs, valueOf, later)) as Props;
    const names = read
      .filter((ref) => ref.key === child.key && !["", "id", "*"].includes(ref.output))
      .map((ref) => ref.output.split(".")[0] ?? "");
    made.set(child.key, new Child(child, inputs, names, { parent }));
  }
  const outputs = sent(resolveRefs(promised, valueOf, later)) as Props;
  return { parent: component, outputs, output: (path) => partOf(outputs, path.split(".")) };
}

/** An output of a component, or of a resource among its outputs. */
function partOf(outputs: Props, [first = "", ...rest]: readonly string[]): unknown {
  const value = outputs[first];
  const [next] = rest;
  return next === undefined ? value : value instanceof Child ? value.output(next) : undefined;
}

/** Makes a value once what it is made of is known. */
const later: Derive = (of, make_) =>
  (pulumi.output(of as string) as pulumi.Output<unknown>).apply((known) => sent(make_(known)));

/**
 * A value for the engine. @throws Error in an update for what nobody here knows: nothing could be
 * created with it
 */
function sent(value: unknown): unknown {
  if (value === UNKNOWN) {
    if (pulumi.runtime.isDryRun()) return unknownOutput();
    throw new Error("The local AWS does not know a value that this component reads from AWS.");
  }
  if (Array.isArray(value)) return value.map(sent);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sent(inner)]));
}

/** An output that is not known, which the SDK's types do not let anybody make. */
function unknownOutput(): unknown {
  const { Output } = pulumi as unknown as {
    Output: new (...parts: unknown[]) => pulumi.Output<unknown>;
  };
  const no = Promise.resolve(false);
  return new Output(new Set(), Promise.resolve(undefined), no, no, Promise.resolve(new Set()));
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
  resolveRefs(
    value,
    (ref) => found.push(ref),
    () => undefined,
  );
  return found;
}

process.stdin.resume().on("end", () => process.exit(0));
const { version } = JSON.parse(
  fs.readFileSync(require.resolve("@pulumi/awsx/package.json"), "utf8"),
) as { version: string };
const provider: Provider = { version, construct };
void main(provider, []);
