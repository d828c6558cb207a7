/** What the SDK's mock monitor keeps to itself: which registration a mock is being asked about. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import {
  dependenciesOf,
  entriesOf,
  type AnyRequest,
  type MockMonitor,
  type RegisterRequest,
} from "./monitorRequests";
import { noteSkipped } from "./skippedApply";
import { keepKnownParts } from "./partlyKnown";
import { callerInProgram, type SourcePlace } from "./traces";
import type { CreateArgs } from "../model/createArgs";
import type { LocalResource, Props } from "../model/types";
import {
  isTransformed,
  noteResource,
  registrations as callbacks,
  applyTransforms,
  transformCall,
  transformChild,
} from "./transforms";
import { withUnknownOutputs } from "./unknownAnswer";
import { secretsIn, toSdkValue } from "./wireValues";

/** The request that a mock is being asked about; mocks themselves get neither URN nor parent. */
export interface Registration {
  readonly urn: string;
  readonly parent?: string;
  /** True for a component that its package makes, not the program. */
  readonly remote: boolean;
  /** References to the providers that a component passes to its resources, by package. */
  readonly providers: Readonly<Record<string, string>>;
  /** True for a resource that the program reads (`Vpc.get`) rather than makes. */
  readonly read: boolean;
  /** URNs of the resources that its inputs come from. */
  readonly dependencies: readonly string[];
  /** The same by property. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Properties whose changes the program ignores. */
  readonly ignoreChanges?: readonly string[];
  readonly protect?: boolean;
  /** Where the program makes it, as far as the SDK knows. */
  readonly place?: SourcePlace;
  /** The inputs as they were sent. */
  readonly sent?: Props;
  /** Outputs that the SDK asks to be kept secret. */
  readonly secretOutputs: readonly string[];
  /** Texts in the inputs that are secrets themselves, not only next to one. */
  readonly secrets: readonly string[];
}

/** The type of the resource that is the parent of all others. */
export const STACK = "pulumi:pulumi:Stack";

/** The registration that each of our mocks is in; set for the synchronous start of each call. */
const registrations = new WeakMap<pulumi.runtime.Mocks, Registration>();
const prepared = new WeakSet<object>();

/** The registration that mocks are being asked about. */
export function registrationOf(
  mocks: pulumi.runtime.Mocks,
  type: string,
  name: string,
): Registration {
  return (
    registrations.get(mocks) ?? {
      urn: `urn:pulumi:stack::project::${type}::${name}`,
      remote: false,
      providers: {},
      read: false,
      dependencies: [],
      propertyDependencies: {},
      secretOutputs: [],
      secrets: [],
    }
  );
}

/**
 * Lets the program refer to resources that it did not register itself, because a package's component
 * made them: the SDK asks for their outputs by URN, and builds them with the classes of their package.
 *
 * @param load finds the packages of the program
 * @returns URNs of those for which there is a class; a reference to another one would be its id
 */
export function offer(
  mocks: pulumi.runtime.Mocks,
  made: readonly LocalResource[],
  load: NodeJS.Require,
): string[] {
  const monitor = monitors.get(mocks);
  return made.flatMap(({ urn, id, type, outputs }) => {
    monitor?.resources.set(urn, { urn, id, state: toSdkValue(outputs) as Props });
    return monitor && isLoaded(type, load) ? [urn] : [];
  });
}

/** True once the module with the class of this type is loaded, as its package loads it when used. */
function isLoaded(type: string, load: NodeJS.Require): boolean {
  const [, name = "", module = ""] = /^([\w-]+):(\w+)[:/]/.exec(type) ?? [];
  try {
    load(`@pulumi/${name}${module === "index" ? "" : `/${module}`}`);
    return true;
  } catch {
    return false;
  }
}

/** What changes the resources below this one before they are created, if any transform does. */
export function childrenOf(
  mocks: pulumi.runtime.Mocks,
  urn: string,
): ((args: CreateArgs) => Promise<CreateArgs>) | undefined {
  const monitor = monitors.get(mocks);
  if (!monitor || !isTransformed(monitor, urn)) return undefined;
  return (args) => transformChild(monitor, args);
}

/** The monitor that each of our mocks answers for. */
const monitors = new WeakMap<pulumi.runtime.Mocks, MockMonitor>();

/** Where the program calls the function that a mock is being asked about. */
const callers = new AsyncLocalStorage<SourcePlace | undefined>();

/** Where the program calls the function that mocks are being asked about. */
export function callSite(): SourcePlace | undefined {
  return callers.getStore();
}

const invokes = ["invoke", "invokeOutput", "invokeSingle", "invokeSingleOutput"] as const;
type Runtime = Partial<Record<(typeof invokes)[number], Invoke>>;
type Invoke = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes the SDK note who calls a provider function, which its requests do not say, and give back
 * something unknown where nobody knows the answer.
 */
function noteCallers(runtime: Runtime): void {
  for (const name of invokes) {
    const call = runtime[name];
    if (call === undefined) continue;
    runtime[name] = function (...args) {
      return withUnknownOutputs(callers.run(callerInProgram(), () => call.apply(this, args)));
    };
  }
}

/**
 * Makes the SDK's mock monitor tell our mocks which registration they are asked about, and write
 * URNs as the engine does: with the types of all ancestors but the stack.
 *
 * @param moduleFile file whose `@pulumi/pulumi` the program uses
 */
export function prepareMonitor(moduleFile: string): void {
  const load = createRequire(moduleFile);
  const { MockMonitor: monitorClass } = load("@pulumi/pulumi/runtime/mocks") as {
    MockMonitor: { prototype: MockMonitor };
  };
  const prototype = monitorClass.prototype;
  if (prepared.has(prototype)) return;
  prepared.add(prototype);
  noteCallers(load("@pulumi/pulumi/runtime") as Runtime);
  keepKnownParts(load);
  noteSkipped(load);
  const { newUrn, invoke, registerResource, readResource } = prototype;
  prototype.newUrn = function (this: MockMonitor, parent, type, name) {
    const ancestors = parent.split("::")[2] ?? "";
    if (!registrations.has(this.mocks)) return newUrn.call(this, parent, type, name);
    const chain = ancestors === "" || ancestors === STACK ? type : `${ancestors}$${type}`;
    return newUrn.call(this, "", chain, name);
  };
  Object.assign(prototype, callbacks);
  prototype.invoke = async function (this: MockMonitor, request, callback) {
    try {
      await transformCall(this, request);
    } catch (error) {
      callback(error);
      return;
    }
    await invoke.call(this, request, callback);
  };
  prototype.registerResource = async function (this: MockMonitor, request, callback) {
    const own = request.getTransformsList?.() ?? [];
    monitors.set(this.mocks, this);
    if (isTransformed(this, request.getParent(), own))
      try {
        await applyTransforms(this, request);
      } catch (error) {
        callback(error);
        return;
      }
    const urn = note(this, request, request.getObject()?.toJavaScript(), false);
    noteResource(this, urn, request.getParent() || undefined, own);
    await registerResource.call(this, request, callback);
  };
  prototype.readResource = function (this: MockMonitor, request, callback) {
    note(this, request, request.getProperties()?.toJavaScript(), true);
    return readResource.call(this, request, callback);
  };
}

function note(
  monitor: MockMonitor,
  request: AnyRequest & Partial<RegisterRequest>,
  inputs: Props | undefined,
  read: boolean,
): string {
  const parent = request.getParent();
  const place = request.getSourceposition();
  const details = {
    urn: "",
    remote: request.getRemote?.() ?? false,
    providers: Object.fromEntries(entriesOf(request.getProvidersMap?.())),
    read,
    dependencies: request.getDependenciesList(),
    propertyDependencies: dependenciesOf(request),
    ignoreChanges: request.getIgnorechangesList?.(),
    protect: request.getProtect?.(),
    place: place && { uri: place.getUri(), line: place.getLine(), column: place.getColumn() },
    parent: parent === "" ? undefined : parent,
    secretOutputs: request.getAdditionalsecretoutputsList(),
    secrets: secretsIn(inputs),
    sent: inputs,
  };
  // Known to newUrn from here on.
  registrations.set(monitor.mocks, details);
  const urn = monitor.newUrn(parent, request.getType(), request.getName());
  registrations.set(monitor.mocks, { ...details, urn });
  return urn;
}
