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
}

/** The request that a mock is being asked about; mocks themselves get neither URN nor parent. */
interface Registration {
  readonly urn: string;
  readonly parent?: string;
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
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      const { type, name } = args;
      const inputs = plain(args.inputs) as Props;
      const { urn, parent } = registrations.get(mocks) ?? {
        urn: `urn:pulumi:stack::project::${type}::${name}`,
      };
      if (type === STACK) return { id: "", state: {} };
      const known = new Set(account.resources);
      const custom = args.custom !== false;
      const { id, outputs } = refusable(events, () =>
        account.create({ type, name, urn, parent, inputs, custom }),
      );
      for (const made of account.resources) if (!known.has(made)) events.onResource?.(made);
      return { id, state: outputs };
    },
    call(args) {
      return refusable(events, () => account.invoke(args.token, plain(args.inputs) as Props));
    },
  };
  return mocks;
}

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
    registrations.set(this.mocks, { urn: "", parent });
    const urn = this.newUrn(parent, request.getType(), request.getName());
    registrations.set(this.mocks, { urn, parent: parent === "" ? undefined : parent });
    return original.registerResource.call(this, request, callback);
  };
}

/** Key by which Pulumi marks secrets, assets and the like on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Secrets unwrapped, resources as their ids, lists and bags copied. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const bag = value as Props;
  if (SIGNATURE in bag) return "value" in bag ? plain(bag.value) : bag;
  if ("__pulumiResource" in bag || "__pulumiType" in bag) return bag.id ?? bag.urn;
  return Object.fromEntries(Object.entries(bag).map(([key, inner]) => [key, plain(inner)]));
}
