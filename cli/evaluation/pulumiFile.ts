/** The resources that Pulumi's CLI writes: a stack's state, or a preview. For programs in any language. */
import { readFileSync } from "node:fs";
import { previewCommand } from "../../local/program/runtime";
import { type DeclaredResource, type Props, UNKNOWN, UNKNOWN_TEXT } from "../../topology/resource";
import { isBag, number, text, texts } from "../../topology/props";
import { CommandFailure } from "../failure";
import { PulumiValues } from "./pulumiValues";

/** What a file of the CLI says of a stack. */
export interface PulumiFile {
  readonly kind: "preview" | "state";
  readonly project: string;
  readonly stack: string;
  /** Of the default provider; absent: the file does not say it. */
  readonly region?: string;
  /** Without those that are being deleted. */
  readonly resources: readonly DeclaredResource[];
  readonly outputs: Props;
  /** Values that the file shows, and Pulumi holds as secrets. */
  readonly secrets: ReadonlySet<string>;
  /** True where there are secrets that it does not show. */
  readonly hidden: boolean;
}

/** How to write such a file. */
export const howToWrite: Readonly<Record<PulumiFile["kind"], string>> = {
  preview: previewCommand,
  state: "pulumi stack export --file state.json",
};

type Kind = PulumiFile["kind"];

/**
 * Reads what `pulumi preview --json` or `pulumi stack export` has written.
 *
 * @param option that names the file, for messages
 * @param kinds that are wanted
 * @throws {CommandFailure} with exit code 2 for a file that is missing, incomplete or none of them
 */
export function readPulumiFile(
  option: string,
  file: string,
  kinds: readonly Kind[] = ["preview", "state"],
): PulumiFile {
  const { kind, all, settings } = written(option, file, kinds);
  const values = new PulumiValues();
  const { region, ofProvider } = regionsOf(all, text(settings, "aws:region"), values);
  const resources = all
    .filter((one) => one.delete !== true && !typeOf(one).startsWith("pulumi:"))
    .map((one) => resourceOf(one, ofProvider(text(one, "provider")), values))
    // Only together do they have the references that are followed although no value is known.
    .map((one) => (kind === "preview" ? { ...one, inputs: one.outputs } : one));
  const root = all.find(({ type }) => type === "pulumi:pulumi:Stack");
  const outputs = bag(values.read(root?.outputs));
  // `urn:pulumi:STACK::PROJECT::TYPE::NAME`
  const [, , stack = "", , project = ""] = urnOf(all[0] ?? {}).split(":");
  const { secrets, hidden } = values;
  return {
    ...{ kind, project, stack, resources, outputs, secrets, hidden },
    ...(region !== undefined && { region }),
  };
}

/** The resources as they are written. @throws {CommandFailure} */
function written(option: string, file: string, kinds: readonly Kind[]) {
  const commands = kinds.map((kind) => howToWrite[kind]).join(", or after a deployment: ");
  const wrong = (why: string): CommandFailure =>
    new CommandFailure(`${option}: ${file}${why}. Write it with: ${commands}`, 2);
  let read: unknown;
  try {
    read = JSON.parse(textOf(readFileSync(file)));
  } catch (error) {
    throw wrong(`: ${(error as Error).message}`);
  }
  const { deployment, steps, changeSummary, config } = bag(read);
  const { resources } = bag(deployment);
  const kind = Array.isArray(resources) ? "state" : "preview";
  const list: unknown = resources ?? steps;
  if (!kinds.includes(kind) || !Array.isArray(list))
    throw wrong(` is not ${kinds.map((one) => `a stack's ${one}`).join(" or ")}`);
  const all = list.map(bag);
  const left = kind === "preview" ? missing(bag(changeSummary), all) : 0;
  if (left > 0)
    throw wrong(` lists only what changes: ${left} resources that stay as they are are not in it`);
  if (all.length === 0) throw wrong(" has no resources");
  return { kind, all: kind === "state" ? all : planned(all), settings: bag(config) } as const;
}

/** PowerShell's `>` writes UTF-16, others a byte order mark. */
function textOf(bytes: Buffer): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(wide ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

/** The region of the default provider, and of others where it is another one. */
function regionsOf(all: readonly Props[], ofSettings: string | undefined, values: PulumiValues) {
  const providers = new Map(
    all
      .filter((one) => typeOf(one) === "pulumi:providers:aws")
      .map((one) => [urnOf(one), text(bag(values.read(one.inputs)), "region")]),
  );
  const byDefault = [...providers].find(([urn]) => /::default(_[\d_]+)?$/.test(urn))?.[1];
  const [region] = [ofSettings, byDefault].filter((one) => one !== undefined && one !== "");
  const ofProvider = (reference = ""): string | undefined => {
    // `URN::ID`
    const own = providers.get(reference.replace(/::[^:]*$/, ""));
    return own === region || own === "" ? undefined : own;
  };
  return { region, ofProvider };
}

const bag = (value: unknown): Props => (isBag(value) ? value : {});
const urnOf = (resource: Props): string => text(resource, "urn") ?? "";
const typeOf = (resource: Props): string => text(resource, "type") ?? "";

/** What there will be: the new state of each step that leaves something. */
function planned(steps: readonly Props[]): Props[] {
  const kept = new Map<string, Props>();
  for (const step of steps)
    if (isBag(step.newState) && !/^(delete|discard|remove)/.test(text(step, "op") ?? ""))
      kept.set(urnOf(step), step.newState);
  return [...kept.values()];
}

/** How many resources of a preview are only counted. */
function missing(counts: Props, steps: readonly Props[]): number {
  const same = number(counts, "same") ?? 0;
  return Math.max(0, same - steps.filter(({ op }) => op === "same").length);
}

function resourceOf(
  resource: Props,
  region: string | undefined,
  values: PulumiValues,
): DeclaredResource {
  const [urn, type, parent] = [urnOf(resource), typeOf(resource), text(resource, "parent")];
  const inputs = bag(values.read(resource.inputs));
  const outputs = computed(type, bag(values.read(resource.outputs)), inputs);
  const position = positionOf(text(resource, "sourcePosition"));
  return {
    ...{ urn, type, name: urn.split("::").at(-1) ?? "" },
    ...(parent !== undefined && { parent }),
    // Of what does not exist yet it is not known.
    id: resource.custom === true ? (text(resource, "id") ?? "") || UNKNOWN_TEXT : "",
    inputs,
    outputs: { ...outputs, ...(region !== undefined && { region }), ...inputs },
    dependencies: bag(resource.propertyDependencies) as Record<string, string[]>,
    dependsOn: texts(resource, "dependencies"),
    ...(resource.protect === true && { protect: true }),
    ...(position && { position }),
  };
}

/** What also other resources say, by type: whether the provider shows it depends on when it looked. */
const ofOthers: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": ["ingress", "egress"],
  "aws:ec2/routeTable:RouteTable": ["routes"],
  "aws:ec2/networkAcl:NetworkAcl": ["ingress", "egress"],
  "aws:iam/role:Role": ["inlinePolicies", "managedPolicyArns"],
};

/** What the provider added. It writes an empty text where nothing is set. */
function computed(type: string, outputs: Props, inputs: Props): Props {
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([key, value]) =>
        !(key in inputs || value === "" || value === UNKNOWN || ofOthers[type]?.includes(key)),
    ),
  );
}

/** `project:///index.ts#59,15`; what lies outside of the project is a library's. */
function positionOf(written = ""): DeclaredResource["position"] {
  const found = /^project:\/\/\/((?!\.\.\/)[^#]+)#(\d+)(?:,(\d+))?$/.exec(written);
  if (!found) return undefined;
  const [, file = "", line, column] = found;
  return { file, line: Number(line), ...(column !== undefined && { column: Number(column) }) };
}
