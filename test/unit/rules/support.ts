/** Stacks as the engine hands them to a policy: after a deployment, and in a preview. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { PolicyResource } from "@pulumi/policy";
import { parse, stringify } from "yaml";
import { evaluate } from "../../../local/program";
import { policies } from "../../../policy/index";
import { levelOf } from "../../../policy/levels";
import { sourceOf } from "../../../policy/sources";
import { ruleOf } from "../../../rules";
import { judge as verdict } from "../../../rules/judge";
import { Stack } from "../../../topology/stack/stack";
import type { DeclaredResource, Props } from "../../../topology/resource";

/** How the SDK hands properties to a policy. It is exported, but its types say nothing of it. */
const { unknownCheckingProxy } = createRequire(__filename)("@pulumi/policy") as {
  unknownCheckingProxy: (props: unknown) => Props;
};

/** The SDK's mark of a text that is not known; see `proxy.js` of @pulumi/policy. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value that a preview does not know yet, and the resources that it comes from; none: AWS's own. */
export class FromUnknown {
  readonly urns: readonly string[];
  constructor(...resources: { urn: string }[]) {
    this.urns = resources.map(({ urn }) => urn);
  }
}

/** Codes of the notes that every path without CloudFront has, if it is open to the internet. */
export const directNotes: readonly string[] = ["direct-open-to-internet"];

/** One policy's report. */
export interface PolicyReport {
  readonly rule: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

/** Plain values with {@link FromUnknown} among them, as the SDK would hand them over. */
function wire(value: unknown): unknown {
  if (value instanceof FromUnknown) return UNKNOWN;
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
}

/** Inputs without what is only among the outputs, because AWS fills it in. */
function written(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof FromUnknown) return value;
  if (Array.isArray(value)) return value.map(written);
  const entries = Object.entries(value).filter(
    ([, inner]) => !(inner instanceof FromUnknown && inner.urns.length === 0),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, written(inner)]));
}

function urnsIn(value: unknown): string[] {
  if (value instanceof FromUnknown) return [...value.urns];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(urnsIn);
}

/** This project's own stack with other settings, e.g. `{ "hopwise:waf": { enabled: true } }`. */
export async function ownStack(stack: string, settings: Props = {}): Promise<DeclaredResource[]> {
  const root = path.join(__dirname, "../../..");
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-policy-"));
  const read = (file: string): Props => parse(readFileSync(path.join(root, file), "utf8")) as Props;
  const { config } = read(`Pulumi.${stack}.yaml`);
  const write = (file: string, value: unknown): void => {
    writeFileSync(path.join(folder, file), stringify(value));
  };
  write("Pulumi.yaml", { ...read("Pulumi.yaml"), main: path.join(root, "index.ts") });
  write(`Pulumi.${stack}.yaml`, { config: { ...(config as Props), ...settings } });
  try {
    return [...(await evaluate({ projectDir: folder, stack })).resources];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What all rules come to on a stack, read once for all of them: much faster than {@link judge}. */
export function outcomes(resources: readonly DeclaredResource[]): {
  readonly reports: PolicyReport[];
  readonly missed: string[];
} {
  const { findings, notChecked } = verdict(stackOf(resources));
  const reports = findings.map(({ code, urn, message, change, source }) => ({
    rule: code,
    level: levelOf(ruleOf(code)),
    ...{ urn, message: [message, change, source].join("\n") },
  }));
  return { reports, missed: notChecked.flatMap(({ codes }) => codes) };
}

/** Codes of the rules that say of something that they could not look at it. */
export function missed(resources: readonly DeclaredResource[], only?: string): string[] {
  const all = new Set(outcomes(resources).missed);
  return [...all].filter((code) => only === undefined || code === only);
}

/** The resources as the engine shows them to the pack. */
export function stackOf(resources: readonly DeclaredResource[]): Stack {
  return new Stack(policyResources(resources).map(sourceOf));
}

const options = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  additionalSecretOutputs: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
};

/** The resources, with their outputs as properties, the id among them as AWS's provider has it. */
export function policyResources(
  resources: readonly DeclaredResource[],
  region = "eu-west-1",
): PolicyResource[] {
  const made = resources.map((resource): PolicyResource => {
    const { urn, type, name, id, outputs, ignoreChanges } = resource;
    const whole = { ...(id !== "" && { id }), ...outputs };
    const props = unknownCheckingProxy(wire(whole));
    const provider = {
      type: "pulumi:providers:aws",
      name: "default",
      urn: "urn:pulumi:dev::p::pulumi:providers:aws::default",
      props: { region },
    };
    const none: Pick<PolicyResource, "dependencies" | "propertyDependencies"> = {
      dependencies: [],
      propertyDependencies: {},
    };
    const is = { isType: () => false, asType: () => undefined };
    const opts = { ...options, ignoreChanges: [...(ignoreChanges ?? [])] };
    return { urn, type, name, props, opts, provider, ...none, ...is };
  });
  const byUrn = new Map(made.map((resource) => [resource.urn, resource]));
  resources.forEach(({ outputs, dependsOn = [] }, i) => {
    made[i]?.dependencies.push(...dependsOn.flatMap((urn) => byUrn.get(urn) ?? []));
    for (const [key, value] of Object.entries(outputs)) {
      const on = [...new Set(urnsIn(value))].flatMap((urn) => byUrn.get(urn) ?? []);
      const resource = made[i];
      if (!resource || on.length === 0) continue;
      resource.propertyDependencies[key] = on;
      resource.dependencies.push(...on);
    }
  });
  return made;
}

/**
 * Runs every policy as the SDK does, and returns all reports.
 * @param only the one policy to run
 */
export function judge(
  resources: readonly DeclaredResource[],
  only?: string,
  config: Readonly<Record<string, object>> = {},
): PolicyReport[] {
  const reports: PolicyReport[] = [];
  const asked = policies.filter((policy) => only === undefined || policy.name === only);
  const stack = policyResources(resources);
  const inputsOf = resources.map(({ inputs }) => unknownCheckingProxy(wire(written(inputs))));
  for (const policy of asked) {
    const level = policy.enforcementLevel ?? "advisory";
    const report = (message: unknown): void => {
      const given = message as { message: string; urn: string; enforcementLevel?: string };
      reports.push({
        rule: policy.name,
        level: given.enforcementLevel ?? level,
        urn: given.urn,
        message: given.message,
      });
    };
    const common = {
      getConfig: () => (config[policy.name] ?? {}) as never,
      stackTags: new Map<string, string>(),
      notApplicable: (): never => {
        throw new Error("not applicable");
      },
    };
    if ("validateStack" in policy)
      void policy.validateStack({ resources: stack, ...common }, report);
    else if (typeof policy.validateResource === "function")
      for (const [i, { urn, type, name }] of resources.entries()) {
        const args = { ...stack[i], urn, type, name, props: inputsOf[i], ...common };
        void policy.validateResource(args as never, report);
      }
  }
  return reports;
}
