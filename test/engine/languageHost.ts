/**
 * The Node.js language host, as far as running a program needs it. Pulumi's own is a Go program
 * that comes with the CLI's installer and not with its Go module; the engine attaches to this one
 * (`PULUMI_DEBUG_LANGUAGES`), which starts the SDK's own `cmd/run` with the same arguments and
 * environment, so a program is loaded exactly as `pulumi up` loads it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import * as path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listen, unary, type Listening } from "../../local/provider/grpc";

/** `cmd/run` ends with this code when it has told the engine what is wrong by itself. */
const ALREADY_REPORTED = 32;

export interface LanguageHost {
  /** Value of `PULUMI_DEBUG_LANGUAGES`. */
  readonly debugLanguages: string;
  close(): void;
}

/** Serves the language host on loopback. */
export async function startLanguageHost(): Promise<LanguageHost> {
  let engineAddress = "";
  const host = {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      engineAddress = request.getEngineAddress();
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo()),
    // None: the providers are attached, so there is nothing for the engine to install.
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
    getProgramDependencies: unary(() => new language.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    about: unary(() =>
      new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
    ),
    cancel: unary(() => new Empty()),
    run: unary((request: language.RunRequest, call: grpc.ServerUnaryCall<unknown, unknown>) =>
      runProgram(request, engineAddress, (child) => {
        call.on("cancelled", () => child.kill());
      }),
    ),
  };
  const server: Listening = await listen([[LanguageRuntimeService, host]]);
  return {
    debugLanguages: `nodejs:${server.port}`,
    close: () => {
      server.close();
    },
  };
}

async function runProgram(
  request: language.RunRequest,
  engineAddress: string,
  started: (child: ChildProcess) => void,
): Promise<language.RunResponse> {
  const directory = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const child = spawn(process.execPath, programArguments(request, engineAddress), {
    cwd: directory,
    env: { ...process.env, ...programEnvironment(request) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started(child);
  const forwarded = forward(child, engineAddress);
  const [code] = (await once(child, "exit")) as [number | null];
  await forwarded;

  const response = new language.RunResponse();
  if (code === 0) return response;
  if (code === ALREADY_REPORTED) return response.setBail(true);
  return response.setError(`Program exited with non-zero exit code: ${String(code)}`);
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

/** What the program prints appears as the engine's information, as with Pulumi's own host. */
async function forward(child: ChildProcess, engineAddress: string): Promise<void> {
  const client = new EngineClient(engineAddress, grpc.credentials.createInsecure());
  const send = (line: string): Promise<void> =>
    new Promise((resolve) => {
      const request = new engine.LogRequest().setSeverity(engine.LogSeverity.INFO);
      client.log(request.setMessage(`${line}\n`), () => {
        resolve();
      });
    });
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  await Promise.all(
    streams.map(async (stream) => {
      for await (const line of createInterface(stream)) await send(line);
    }),
  );
  client.close();
}
