/** Pulumi's mocks, answered by the local account: no CLI and no engine needed. */
import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./model/account";
import { AwsRefusal } from "./model/refusal";
import { LocalResource, Props } from "./types";

/** What happens while resources are registered. */
export interface MockEvents {
  /** Called for every resource and component that the program made. */
  onResource?(resource: LocalResource): void;
  /** Called for every refusal; the program sees it as a failed registration as well. */
  onRefusal?(refusal: AwsRefusal): void;
  /** Called for every text that the program holds as a secret. */
  onSecret?(value: string): void;
}

/** The request that a mock is being asked about; mocks themselves get neither URN nor parent. */
interface Registration {
  readonly urn: string;
  readonly parent?: string;
  /** Outputs that the SDK asks to be kept secret. */
  readonly secretOutputs: readonly string[];
  /** Texts in the inputs that are secret in themselves, not because something beside them is. */
  readonly secrets: readonly string[];
}

interface MockMonitor {
  readonly mocks: pulumi.runtime.Mocks;
  newUrn: (this: MockMonitor, parent: string, type: string, name: string) => string;
  registerResource: (
    this: MockMonitor,
    request: RegisterRequest,
    callback: unknown,
  ) => Promise<void>;
}

interface RegisterRequest {
  getParent(): string;
  getType(): string;
  getName(): string;
  getAdditionalsecretoutputsList(): string[];
  getObject(): { toJavaScript(): Props } | undefined;
}

const STACK = "pulumi:pulumi:Stack";
/** The registration that each of our mocks is in; set for the synchronous start of each call. */
const registrations = new WeakMap<pulumi.runtime.Mocks, Registration>();
const prepared = new WeakSet<object>();

/**
 * Mocks for `pulumi.runtime.setMocks`. A refusal fails the registration with an error that names the
 * resource and everything AWS would refuse about it.
 *
 * @param moduleFile file whose `@pulumi/pulumi` the program uses. @default hopwise's own
 */
export function mocksFor(
  account: Account,
  events: MockEvents = {},
  moduleFile: string = __filename,
): pulumi.runtime.Mocks {
  prepare(moduleFile);
  const reported = new Set<string>();
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      const { type, name } = args;
      const registration = registrations.get(mocks) ?? unregistered(type, name);
      const { urn, parent, secretOutputs } = registration;
      if (type === STACK) return { id: "", state: {} };
      const inputs = plain(args.inputs) as Props;
      // Before anything can be refused: a refusal's message may quote an input.
      for (const text of registration.secrets) events.onSecret?.(text);
      const custom = args.custom !== false;
      const { id, outputs } = refusable(events, () =>
        account.create({ type, name, urn, parent, inputs, custom }),
      );
      for (const made of account.resources.filter((r) => !reported.has(r.urn))) {
        reported.add(made.urn);
        events.onResource?.(made);
      }
      const secret = (key: string): boolean =>
        secretOutputs.includes(key) || holdsSecret((args.inputs as Props)[key]);
      for (const text of secretOutputs.flatMap((key) => textsIn(outputs[key]))) {
        events.onSecret?.(text);
      }
      const state = Object.entries(outputs).map(([key, value]) =>
        secret(key) ? [key, { [SIGNATURE]: SECRET, value }] : [key, value],
      );
      return { id, state: Object.fromEntries(state) as Props };
    },
    call(args) {
      return refusable(events, () => account.invoke(args.token, plain(args.inputs) as Props));
    },
  };
  return mocks;
}

/** A resource that is read rather than registered has no request of its own. */
const unregistered = (type: string, name: string): Registration => ({
  urn: `urn:pulumi:stack::project::${type}::${name}`,
  secretOutputs: [],
  secrets: [],
});

function refusable<T>(events: MockEvents, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof AwsRefusal) events.onRefusal?.(error);
    throw error;
  }
}

/**
 * Makes the SDK's mock monitor tell our mocks which registration they are asked about, and write
 * URNs as the engine does: with the types of all ancestors, of which the stack is none.
 */
function prepare(moduleFile: string): void {
  const { MockMonitor: monitorClass } = createRequire(moduleFile)(
    "@pulumi/pulumi/runtime/mocks",
  ) as {
    MockMonitor: { prototype: MockMonitor };
  };
  const prototype = monitorClass.prototype;
  if (prepared.has(prototype)) return;
  prepared.add(prototype);
  const original = {
    newUrn: prototype.newUrn,
    registerResource: prototype.registerResource,
  };
  prototype.newUrn = function (this: MockMonitor, parent, type, name) {
    const ancestors = parent.split("::")[2] ?? "";
    if (!registrations.has(this.mocks)) return original.newUrn.call(this, parent, type, name);
    const chain = ancestors === "" || ancestors === STACK ? type : `${ancestors}$${type}`;
    return original.newUrn.call(this, "", chain, name);
  };
  prototype.registerResource = function (this: MockMonitor, request, callback) {
    const parent = request.getParent();
    const details = {
      parent: parent === "" ? undefined : parent,
      secretOutputs: request.getAdditionalsecretoutputsList(),
      secrets: secretsIn(request.getObject()?.toJavaScript()),
    };
    // Known to newUrn from here on.
    registrations.set(this.mocks, { urn: "", ...details });
    const urn = this.newUrn(parent, request.getType(), request.getName());
    registrations.set(this.mocks, { urn, ...details });
    return original.registerResource.call(this, request, callback);
  };
}

/** Key by which Pulumi marks secrets, assets and the like on the wire, and its value for secrets. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const isSecret = (value: object): value is { value: unknown } =>
  (value as Props)[SIGNATURE] === SECRET;

function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecret(value) || Object.values(value).some(holdsSecret);
}

/** Secrets unwrapped, lists and bags copied. A resource as an input is a dependency, not a value. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return plain(value.value);
  if ("__pulumiResource" in value) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Texts of the marked parts of a value. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return isSecret(value) ? textsIn(value.value) : Object.values(value).flatMap(secretsIn);
}

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
