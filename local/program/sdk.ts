/** The Pulumi SDK that a program itself uses, with the parts of it that a run without an engine needs. */
import type { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import { isNewer, newestSdk, sdkFrom, type SdkCopy } from "./sharedSdk";
import { installIn } from "./packages";
import { ProjectError } from "./projectFile";

export interface LogMessage {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly urn?: string;
}

/** The engine's side of what a program calls: logging, and naming its root resource. */
export interface EngineStub {
  log(request: LogRequest, callback: (error: null) => void): void;
  setRootResource(request: unknown, callback: (error: null) => void): void;
  close(): void;
}

interface LogRequest {
  getSeverity(): number;
  getMessage(): string;
  getUrn(): string;
  getEphemeral(): boolean;
}

export interface ProgramSdk {
  readonly pulumi: typeof Pulumi;
  /** State of a run. */
  readonly state: {
    getStore(): {
      settings: { engine?: EngineStub; monitor?: unknown };
      supportsResourceReferences?: boolean;
    };
  };
  /** Runs an action with separate state, as the Automation API does. */
  withState<T>(action: () => Promise<T>): Promise<T>;
  /** Makes the SDK ask these mocks instead of an engine, in this run. */
  setMocks(mocks: Pulumi.runtime.Mocks, project: string, stack: string): Promise<void>;
  readonly copy: SdkCopy;
  /** Version of the program's own copy, where that is too old and hopwise's is used for it. */
  readonly replaced?: string;
  /** A file from which `@pulumi/pulumi` resolves to the program's. */
  readonly file: string;
}

/** What the SDK keeps its state in: until 3.200 the storage itself is public, afterwards a function. */
interface StateModule {
  getStore: ProgramSdk["state"]["getStore"];
  withLocalStorage?: <T>(callback: () => Promise<T>) => Promise<T>;
  asyncLocalStorage?: AsyncLocalStorage<object>;
  LocalStore?: new () => object;
}

/** The oldest version of the SDK that can be run; older ones keep their state elsewhere. */
const oldest = "3.100.0";

/** What a stack's organization is called where no backend has any, as with a local backend. */
const organization = "organization";

/**
 * Loads the SDK that programs in this folder get. One that is too old is replaced by hopwise's own,
 * which is compatible with it, except in ES modules, whose imports cannot be led elsewhere.
 *
 * @param isModule true where the program is an ES module, which loads the copy nearest to it
 * @throws ProjectError when there is none, or one that is too old
 */
export function sdkOf(dir: string, isModule = false): ProgramSdk {
  const own = sdkFrom(dir);
  if (own === undefined)
    throw new ProjectError(`@pulumi/pulumi is not installed for ${dir}: run ${installIn(dir)}.`);
  const newest = isModule ? own : newestSdk(dir, own);
  const tooOld = ({ version }: SdkCopy): boolean => isNewer({ version: oldest }, { version });
  const ours = isModule || !tooOld(newest) ? undefined : sdkFrom(__dirname);
  const copy = ours ?? newest;
  if (tooOld(copy))
    throw new ProjectError(
      `${copy.folder} is @pulumi/pulumi ${copy.version}, which is too old to be run here: ` +
        `${oldest} or newer can be. Set "@pulumi/pulumi": "^${oldest}" in package.json, and run ${installIn(dir)}.`,
    );
  const file = path.join(copy.folder, "package.json");
  const load = createRequire(file);
  const pulumi = load(copy.folder) as typeof Pulumi;
  const state = load("./runtime/state") as StateModule;
  return {
    pulumi,
    state,
    copy,
    ...(ours && { replaced: newest.version }),
    file,
    withState: (action) => {
      const { withLocalStorage, asyncLocalStorage, LocalStore } = state;
      if (withLocalStorage) return withLocalStorage(action);
      if (!asyncLocalStorage || !LocalStore) return action();
      return asyncLocalStorage.run(new LocalStore(), action);
    },
    setMocks: async (mocks, project, stack) => {
      const { settings } = state.getStore();
      // A preview: what the program guards with isDryRun() does not happen, and what no model knows
      // stays unknown.
      await pulumi.runtime.setMocks(mocks, project, stack, true, organization);
      // Until 3.200 mocks are the process's, and a run with separate state does not see them.
      const { MockMonitor } = load("./runtime/mocks") as {
        MockMonitor: new (m: unknown) => object;
      };
      settings.monitor ??= new MockMonitor(mocks);
    },
  };
}

const severities = ["debug", "info", "warning", "error"] as const;

/** Collects what the program logs in place of the terminal. Debug messages are the SDK's own. */
export function engineThatLogs(logs: LogMessage[]): EngineStub {
  return {
    log(request, callback) {
      const severity = severities[request.getSeverity()] ?? "info";
      const urn = request.getUrn() || undefined;
      const shown = severity !== "debug" && !request.getEphemeral();
      if (shown) logs.push({ severity, message: request.getMessage(), urn });
      callback(null);
    },
    setRootResource(_request, callback) {
      callback(null);
    },
    close() {
      // Nothing is open.
    },
  };
}
