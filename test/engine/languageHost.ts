/**
 * The Node.js language host, as far as running a program needs it. Pulumi's own is a Go program
 * that comes with the CLI's installer and not with its Go module; this one starts the SDK's own `cmd/run` with the same arguments and
 * environment, so a program is loaded exactly as `pulumi up` loads it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { runPlugin } from "./runPlugin";
import {
  informer,
  type LanguageHost,
  runCommand,
  type Running,
  serveLanguage,
} from "./serveLanguage";

const ROOT = path.join(__dirname, "../..");

/**
 * Serves the language host on loopback.
 *
 * @param kept true: all runs share one process, as if the program had been started again, which
 *   saves half of a run's time. So do those of other projects, one after another
 */
export function startLanguageHost(kept: boolean): Promise<LanguageHost> {
  const run = (running: Running): Promise<language.RunResponse> =>
    kept ? runKept(keptFor(running.request), running) : runProgram(running);
  return serveLanguage("nodejs", run, { runPlugin, installDependencies });
}

/** A plugin of this checkout has its packages. */
function installDependencies(call: grpc.ServerWritableStream<unknown, unknown>): void {
  call.end();
}

function runProgram(running: Running): Promise<language.RunResponse> {
  const { request, engineAddress } = running;
  const args = programArguments(request, engineAddress);
  return runCommand([process.execPath, ...args], programEnvironment(request), running);
}

const keptProcesses = new Map<string, ChildProcess>();

/** The process of all runs with the same arguments for Node.js. It ends with this one. */
function keptFor(request: language.RunRequest): ChildProcess {
  const given = nodeArguments(request);
  // What reads TypeScript: that of this checkout, since a project's copy is removed with it.
  const args = given.length > 0 ? given : ["--require", "./startup"];
  const key = args.join(" ");
  const running = keptProcesses.get(key);
  if (running !== undefined) return running;
  const child = spawn(process.execPath, [...args, path.join(__dirname, "keptProgram.js")], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.once("exit", () => {
    forget(child);
  });
  child.unref();
  child.channel?.unref();
  keptProcesses.set(key, child);
  return child;
}

/** The next run gets another process. */
function forget(child: ChildProcess): void {
  for (const [key, kept] of keptProcesses) if (kept === child) keptProcesses.delete(key);
}

/** What {@link keptFor}'s process sends: what the program prints, and how a run ended. */
interface KeptMessage {
  /** Of the run: after a failed preview one may end late, or never, while the next has begun. */
  readonly number: number;
  readonly printed?: string;
  readonly ended?: true;
  readonly error?: string;
  /** True where the run had failed and did not end by itself: the process ends. */
  readonly abandoned?: boolean;
}

let runs = 0;

async function runKept(
  child: ChildProcess,
  { request, engineAddress }: Running,
): Promise<language.RunResponse> {
  const { send, close } = informer(engineAddress);
  const printed: Promise<void>[] = [];
  const number = (runs += 1);
  const error = await new Promise<string | undefined>((resolve, reject) => {
    const ended = (): void => {
      reject(new Error("the program's process ended"));
    };
    const take = (message: KeptMessage): void => {
      if (message.number !== number) return;
      if (message.printed !== undefined) printed.push(send(message.printed));
      if (!message.ended) return;
      if (message.abandoned) forget(child);
      child.off("message", take).off("exit", ended);
      resolve(message.error);
    };
    child.on("message", take).once("exit", ended);
    child.send({
      number,
      directory: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
      entryPoint: request.getInfo()?.getEntryPoint() ?? ".",
      request: Buffer.from(request.serializeBinary()).toString("base64"),
      engineAddress,
    });
  });
  await Promise.all(printed);
  close();
  const response = new language.RunResponse();
  return error === undefined ? response : response.setError(error);
}

/** The command line of the SDK's `cmd/run`, which documents it in its usage text. */
function programArguments(request: language.RunRequest, engineAddress: string): string[] {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const given = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: directory,
    parallel: String(request.getParallel()),
  };
  const flags = Object.entries(given).flatMap(([flag, value]) =>
    value === "" ? [] : [`--${flag}`, value],
  );
  return [
    ...nodeArguments(request),
    createRequire(path.join(directory, "index.js")).resolve("@pulumi/pulumi/cmd/run"),
    ...flags,
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() ?? ".",
    ...request.getArgsList(),
  ];
}

/** `runtime.options.nodeargs` of Pulumi.yaml. */
function nodeArguments(request: language.RunRequest): string[] {
  const nodeargs = options(request).nodeargs;
  return typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((word) => word !== "") : [];
}

/** What `cmd/run` and the SDK read from the environment. */
function programEnvironment(request: language.RunRequest): Record<string, string> {
  const config = Object.fromEntries(
    request
      .getConfigMap()
      .toArray()
      .map(([key, value]) => [key.replace(":", ":config:"), value]),
  );
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options(request).typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}

function options(request: language.RunRequest): Record<string, unknown> {
  return request.getInfo()?.getOptions()?.toJavaScript() ?? {};
}
