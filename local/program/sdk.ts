/** The Pulumi SDK that a program itself uses, with the parts of it that a run without an engine needs. */
import type { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import { endCallers } from "./mockMonitor";
import { ProjectError } from "./project";

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
  /** State of a run. `withLocalStorage` gives a run its own, as the Automation API does. */
  readonly state: {
    withLocalStorage<T>(callback: () => Promise<T>): Promise<T>;
    getStore(): { settings: { engine?: EngineStub }; supportsResourceReferences?: boolean };
  };
  /** A file from which `@pulumi/pulumi` resolves to the program's. */
  readonly file: string;
}

/** Loads the SDK that programs in this folder get. @throws ProjectError when there is none */
export function sdkOf(dir: string): ProgramSdk {
  const file = path.join(dir, "package.json");
  const load = createRequire(file);
  try {
    load.resolve("@pulumi/pulumi");
  } catch {
    throw new ProjectError(`@pulumi/pulumi is not installed for ${dir}: run npm install there.`);
  }
  return {
    pulumi: load("@pulumi/pulumi") as typeof Pulumi,
    state: load("@pulumi/pulumi/runtime/state") as ProgramSdk["state"],
    file,
  };
}

/**
 * Ends the tracking of asynchronous work that the SDK's local storage began, which costs whatever the
 * process does afterwards a tenth of its speed. The next run begins it anew. Only for a process that
 * runs no other program meanwhile.
 */
export function endTracking(): void {
  // Every copy of the SDK in a process shares it under this name.
  const { asyncLocalStorage } = globalThis as { asyncLocalStorage?: AsyncLocalStorage<unknown> };
  asyncLocalStorage?.disable();
  endCallers();
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
