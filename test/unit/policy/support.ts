/** Stacks as the engine hands them to a policy: after a deployment, and in a preview. */
import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import { policies } from "../../../policy/index";
import type { DeclaredResource, Props } from "../../../topology/resource";

/** The SDK's mark of a text that is not known; see `proxy.js` of @pulumi/policy. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value that a preview does not know yet, and the resources that it comes from. */
export class FromUnknown {
  readonly urns: readonly string[];
  constructor(...resources: { urn: string }[]) {
    this.urns = resources.map(({ urn }) => urn);
  }
}

/** What one policy told. */
export interface Told {
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

function urnsIn(value: unknown): string[] {
  if (value instanceof FromUnknown) return [...value.urns];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(urnsIn);
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
    const { urn, type, name, id, outputs } = resource;
    const whole = id === "" ? outputs : { id, ...outputs };
    const props = unknownCheckingProxy(wire(whole)) as Props;
    const provider = {
      type: "pulumi:providers:aws",
      name: "default",
      urn: "urn:pulumi:dev::p::pulumi:providers:aws::default",
      props: { region },
    };
    const none = { dependencies: [], propertyDependencies: {} };
    const is = { isType: () => false, asType: () => undefined };
    return { urn, type, name, props, opts: options, provider, ...none, ...is };
  });
  const byUrn = new Map(made.map((resource) => [resource.urn, resource]));
  resources.forEach(({ outputs }, i) => {
    for (const [key, value] of Object.entries(outputs)) {
      const on = [...new Set(urnsIn(value))].flatMap((urn) => byUrn.get(urn) ?? []);
      const resource = made[i];
      if (resource && on.length > 0) resource.propertyDependencies[key] = on;
    }
  });
  return made;
}

/** Runs every policy as the SDK does, and gives what each told. */
export function judge(
  resources: readonly DeclaredResource[],
  config: Readonly<Record<string, object>> = {},
): Told[] {
  const told: Told[] = [];
  const stack = policyResources(resources);
  for (const policy of policies) {
    const level = policy.enforcementLevel ?? "advisory";
    const report = (message: unknown): void => {
      const given = message as { message: string; urn: string; enforcementLevel?: string };
      told.push({
        rule: policy.name,
        level: given.enforcementLevel ?? level,
        urn: given.urn,
        message: given.message,
      });
    };
    const common = {
      getConfig: <T extends object>() => (config[policy.name] ?? {}) as T,
      stackTags: new Map<string, string>(),
      notApplicable: (): never => {
        throw new Error("not applicable");
      },
    };
    if ("validateStack" in policy)
      void policy.validateStack({ resources: stack, ...common }, report);
    else if (typeof policy.validateResource === "function")
      for (const [i, { urn, type, name, inputs }] of resources.entries()) {
        const props = unknownCheckingProxy(wire(inputs)) as Props;
        const { opts, isType, asType } = stack[i] as PolicyResource;
        const args = { urn, type, name, props, opts, isType, asType, ...common };
        void policy.validateResource(args as never, report);
      }
  }
  return told;
}
