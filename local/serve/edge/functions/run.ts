/**
 * Runs CloudFront Functions in a separate JavaScript context. That limits a function's globals and
 * time. It is no protection against the program's author, whose program runs here as well.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
import crypto from "node:crypto";
import querystring from "node:querystring";
import vm from "node:vm";
import type { EdgeFunction } from "../../../../topology/types";
import type { FunctionEvent } from "./event";

/**
 * Milliseconds that a function may take. AWS counts compute units, about a millisecond on its own
 * machines; this limit only ends functions that never would. It is far above what one needs, since
 * it counts the time in which a busy machine runs something else.
 */
const timeout = 2_000;

/** The modules that `require` and `import` return. */
const modules: Readonly<Record<string, unknown>> = {
  crypto: {
    createHash: (name: string) => crypto.createHash(name),
    createHmac: (name: string, key: string | Buffer) => crypto.createHmac(name, key),
  },
  querystring,
};

/** A function that can be called. */
export interface Callable {
  /** Returns the handler's result as plain data. @throws whatever the function throws */
  call(event: FunctionEvent): unknown;
}

const callables = new WeakMap<EdgeFunction, Callable>();

/** The function, compiled on its first call. `onLog` gets what it writes to the console. */
export function callable(fn: EdgeFunction, onLog: (line: string) => void): Callable {
  let made = callables.get(fn);
  if (!made) {
    made = compile(fn, onLog);
    callables.set(fn, made);
  }
  return made;
}

function compile(fn: EdgeFunction, onLog: (line: string) => void): Callable {
  const log = (...parts: unknown[]): void => {
    onLog(parts.map(String).join(" "));
  };
  const globals = {
    console: { log, error: log },
    require: (name: string) => {
      if (name in modules) return modules[name];
      throw new Error(`there is no module ${name} in CloudFront Functions`);
    },
    Buffer,
    TextEncoder,
    TextDecoder,
    atob,
    btoa,
    given: "",
    result: undefined as string | undefined,
    error: undefined as unknown,
  };
  // Promises of an async handler settle before the run ends.
  const context = vm.createContext(globals, {
    name: fn.name,
    microtaskMode: "afterEvaluate",
    codeGeneration: { strings: false, wasm: false },
  });
  // The runtime accepts modules; of their syntax, only imports are impossible in a script.
  const code = fn.code.replace(
    /^\s*import\s+(?:\*\s+as\s+)?([\w{},\s]+?)\s+from\s+["']([\w-]+)["'];?/gm,
    (_all, names: string, module: string) => `const ${names} = require("${module}");`,
  );
  new vm.Script(code, { filename: `${fn.name}.js` }).runInContext(context, { timeout });
  // The handler starts outside of any promise: Node ends the whole process where a time limit stops
  // what runs inside of one while hooks on promises are on, as they are with Pulumi's SDK.
  const run = new vm.Script(
    `result = error = undefined;
     try {
       const value = handler(JSON.parse(given));
       if (typeof value?.then !== "function") result = JSON.stringify(value);
       else value.then(
         (value) => { result = JSON.stringify(value); },
         (reason) => { error = reason ?? "rejected"; });
     } catch (reason) { error = reason ?? "thrown"; }`,
  );
  return {
    call: (event) => {
      globals.given = JSON.stringify(event);
      run.runInContext(context, { timeout });
      if (globals.error !== undefined) throw asError(globals.error);
      return globals.result === undefined ? undefined : (JSON.parse(globals.result) as unknown);
    },
  };
}

/** Errors of another context are not instances of this one's classes. */
function asError(reason: unknown): Error {
  const message = (reason as { message?: unknown }).message;
  return new Error(typeof message === "string" ? message : String(reason));
}
