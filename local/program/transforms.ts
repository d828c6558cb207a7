/**
 * Transforms: functions of the program that change resources before they are registered, and calls of
 * provider functions. The engine calls them back over gRPC; here they are called in this process, with
 * the same messages and in the same order: those of the resource, of its parents outwards, of the stack.
 * https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
import { createRequire } from "node:module";
import type { CreateArgs } from "../model/createArgs";
import type { Props } from "../model/types";
import type { ProgramSdk } from "./sdk";
import { plain, toSdkValue } from "./wireValues";

/** A message of the engine's protocol, as far as it is read and written here. */
type Message = Readonly<Record<string, (...args: never[]) => unknown>>;
type Fields = Record<string, unknown>;
interface Token {
  getToken(): string;
}
type Callback = (request: Uint8Array) => Promise<{ serializeBinary(): Uint8Array } & Message>;

/** The SDK's server of callbacks. Only its list of callbacks is used. */
interface Callbacks {
  readonly _callbacks: ReadonlyMap<string, Callback>;
}

/** What a run has registered. */
interface Registered {
  readonly callbacks: Callbacks;
  readonly stack: string[];
  readonly stackInvokes: string[];
  /** Of resources that declare transforms, which also apply to their children; by URN. */
  readonly byUrn: Map<string, readonly string[]>;
  readonly parents: Map<string, string>;
  readonly messages: Record<string, new () => Message>;
  readonly Struct: { fromJavaScript(value: object): { toJavaScript(): Props } };
}

/** By the monitor that a run asks. */
const runs = new WeakMap<object, Registered>();

interface Store {
  settings: { monitor?: object };
  callbacks?: unknown;
  supportsTransforms?: boolean;
  supportsInvokeTransforms?: boolean;
}

/** Lets the program that runs in this store register transforms; an SDK that has none is left alone. */
export function acceptTransforms({ state, file }: ProgramSdk): void {
  const load = createRequire(file);
  const store = state.getStore() as unknown as Store;
  const { monitor } = store.settings;
  let Server: { readonly prototype: object };
  try {
    Server = (load("@pulumi/pulumi/runtime/callbacks") as { CallbackServer: typeof Server })
      .CallbackServer;
  } catch {
    return;
  }
  if (monitor === undefined) return;
  const callbacks = Object.assign(Object.create(Server.prototype) as Callbacks, {
    _callbacks: new Map<string, Callback>(),
    _pendingRegistrations: 0,
    _awaitQueue: [],
    _monitor: monitor,
    _target: Promise.resolve("in this process"),
    _server: { forceShutdown: () => undefined },
  });
  runs.set(monitor, {
    callbacks,
    ...{ stack: [], stackInvokes: [], byUrn: new Map(), parents: new Map() },
    messages: load("@pulumi/pulumi/proto/resource_pb") as Registered["messages"],
    Struct: (
      createRequire(load.resolve("@pulumi/pulumi"))(
        "google-protobuf/google/protobuf/struct_pb",
      ) as Pick<Registered, "Struct">
    ).Struct,
  });
  store.callbacks = callbacks;
  store.supportsTransforms = true;
  store.supportsInvokeTransforms = true;
}

type Done = (error: Error | null, response?: object) => void;

/** The calls by which the SDK registers what the engine calls back. */
export const registrations = {
  registerStackTransform(this: object, request: Token, done: Done): void {
    runs.get(this)?.stack.push(request.getToken());
    done(null, {});
  },
  registerStackInvokeTransform(this: object, request: Token, done: Done): void {
    runs.get(this)?.stackInvokes.push(request.getToken());
    done(null, {});
  },
  // Hooks run before and after changes in AWS. A preview makes none.
  registerResourceHook(_request: Token, done: Done): void {
    done(null, {});
  },
  registerErrorHook(_request: Token, done: Done): void {
    done(null, {});
  },
};

/** Notes whose children a resource's transforms are for. */
export function noteResource(
  monitor: object,
  urn: string,
  parent: string | undefined,
  own: readonly Token[],
): void {
  const run = runs.get(monitor);
  if (parent !== undefined) run?.parents.set(urn, parent);
  if (own.length > 0)
    run?.byUrn.set(
      urn,
      own.map((token) => token.getToken()),
    );
}

function tokensFor(run: Registered, parent: string, own: readonly Token[]): string[] {
  const tokens = own.map((token) => token.getToken());
  for (let at: string | undefined = parent; at; at = run.parents.get(at))
    tokens.push(...(run.byUrn.get(at) ?? []));
  return [...tokens, ...run.stack];
}

/** True where a resource below this parent is changed by any transform. */
export function isTransformed(
  monitor: object,
  parent: string,
  own: readonly Token[] = [],
): boolean {
  const run = runs.get(monitor);
  return run !== undefined && tokensFor(run, parent, own).length > 0;
}

/** A registration, as the SDK sends it. */
export interface Transformable {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): unknown;
  setObject(value: unknown): void;
  getTransformsList?(): readonly Token[];
}

/** Options that a transform may see and change, by their names in either message. */
const options = [
  ["Provider", "Provider"],
  ["DependsOnList", "DependenciesList"],
  ["AdditionalSecretOutputsList", "AdditionalsecretoutputsList"],
  ["IgnoreChangesList", "IgnorechangesList"],
  ["Protect", "Protect"],
  ["Import", "Importid"],
  ["Version", "Version"],
] as const;

/** Applies all transforms that a registration is subject to. @throws what a transform throws */
export async function applyTransforms(monitor: object, request: Transformable): Promise<void> {
  const run = runs.get(monitor);
  if (!run) return;
  const { TransformRequest, TransformResourceOptions } = run.messages;
  if (!TransformRequest || !TransformResourceOptions) return;
  for (const token of tokensFor(run, request.getParent(), request.getTransformsList?.() ?? [])) {
    const opts = new TransformResourceOptions();
    for (const [to, from] of options) copy(request, from, opts, to);
    const asked = new TransformRequest();
    set(asked, "Type", request.getType());
    set(asked, "Name", request.getName());
    set(asked, "Custom", request.getCustom());
    set(asked, "Parent", request.getParent());
    set(asked, "Properties", request.getObject());
    set(asked, "Options", opts);
    const answer = await call(run, token, asked);
    request.setObject(get(answer, "Properties"));
    const changed = get(answer, "Options") as Message | undefined;
    if (changed) for (const [from, to] of options) copy(changed, from, request, to);
  }
}

/** Applies all transforms to a resource that a package's component makes. @throws what one throws */
export async function transformChild(monitor: object, args: CreateArgs): Promise<CreateArgs> {
  const { type, name, urn, parent = "", inputs } = args;
  noteResource(monitor, urn, parent, []);
  const run = runs.get(monitor);
  if (!run || !isTransformed(monitor, parent)) return args;
  let object = run.Struct.fromJavaScript(toSdkValue(inputs) as Props);
  await applyTransforms(monitor, {
    getType: () => type,
    getName: () => name,
    getParent: () => parent,
    getCustom: () => !type.startsWith("awsx:"),
    getObject: () => object,
    setObject: (changed) => (object = changed as typeof object),
  });
  return { ...args, inputs: plain(object.toJavaScript()) as Props };
}

/** A call of a provider function, as the SDK sends it. */
export interface TransformableCall {
  getTok(): string;
  getArgs(): unknown;
  setArgs(value: unknown): void;
  getProvider(): string;
  setProvider(value: string): void;
}

/** Applies the stack's transforms of calls. @throws what a transform throws */
export async function transformCall(monitor: object, request: TransformableCall): Promise<void> {
  const run = runs.get(monitor);
  const { TransformInvokeRequest, TransformInvokeOptions } = run?.messages ?? {};
  if (!run || !TransformInvokeRequest || !TransformInvokeOptions) return;
  for (const token of run.stackInvokes) {
    const opts = new TransformInvokeOptions();
    set(opts, "Provider", request.getProvider());
    const asked = new TransformInvokeRequest();
    set(asked, "Token", request.getTok());
    set(asked, "Args", request.getArgs());
    set(asked, "Options", opts);
    const answer = await call(run, token, asked);
    request.setArgs(get(answer, "Args"));
    const changed = get(answer, "Options") as Message | undefined;
    if (changed) request.setProvider(get(changed, "Provider") as string);
  }
}

async function call(run: Registered, token: string, asked: Message): Promise<Message> {
  const callback = run.callbacks._callbacks.get(token);
  if (!callback) throw new Error(`callback not found: ${token}`);
  return callback((asked as unknown as { serializeBinary(): Uint8Array }).serializeBinary());
}

function get(message: object, field: string): unknown {
  const read = (message as Fields)[`get${field}`];
  return typeof read === "function" ? (read.call(message) as unknown) : undefined;
}

function set(message: object, field: string, value: unknown): void {
  const write = (message as Fields)[`set${field}`];
  if (typeof write === "function" && value !== undefined) write.call(message, value);
}

function copy(from: object, field: string, to: object, as: string): void {
  set(to, as, get(from, field));
}
