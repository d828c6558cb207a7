/** A language host, as far as running a program needs it. The engine attaches to it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listenGrpc, unary, type Listening } from "../../local/provider/grpc";

/** A program ends with this code when it has already reported the error to the engine. */
const ALREADY_REPORTED = 32;

export interface LanguageHost {
  /** Value of `PULUMI_DEBUG_LANGUAGES`. */
  readonly debugLanguages: string;
  close(): void;
}

/** A run of a program. */
export interface Running {
  readonly request: language.RunRequest;
  readonly call: grpc.ServerUnaryCall<unknown, unknown>;
  readonly engineAddress: string;
}

/** Serves what the engine asks of a language host, which is little where every provider is attached. */
export async function serveLanguage(
  name: string,
  run: (running: Running) => Promise<language.RunResponse>,
): Promise<LanguageHost> {
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
      run({ request, call, engineAddress }),
    ),
  };
  const server: Listening = await listenGrpc([[LanguageRuntimeService, host]]);
  return {
    debugLanguages: `${name}:${server.port}`,
    close: () => {
      server.close();
    },
  };
}

/** Runs the process that is the program. */
export async function runCommand(
  [file, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  { request, call, engineAddress }: Running,
): Promise<language.RunResponse> {
  const child = spawn(file, args, {
    cwd: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  call.on("cancelled", () => child.kill());
  const forwarded = forward(child, engineAddress);
  const [code] = (await once(child, "exit")) as [number | null];
  await forwarded;

  const response = new language.RunResponse();
  if (code === 0) return response;
  if (code === ALREADY_REPORTED) return response.setBail(true);
  return response.setError(`Program exited with non-zero exit code: ${String(code)}`);
}

/** What the program prints appears as the engine's information, as with Pulumi's own host. */
async function forward(child: ChildProcess, engineAddress: string): Promise<void> {
  const { send, close } = informer(engineAddress);
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  await Promise.all(
    streams.map(async (stream) => {
      for await (const line of createInterface(stream)) await send(`${line}\n`);
    }),
  );
  close();
}

interface Informer {
  readonly send: (text: string) => Promise<void>;
  readonly close: () => void;
}

/** Shows texts as the engine's information. */
export function informer(engineAddress: string): Informer {
  const client = new EngineClient(engineAddress, grpc.credentials.createInsecure());
  return {
    send: (text) =>
      new Promise((resolve) => {
        const request = new engine.LogRequest().setSeverity(engine.LogSeverity.INFO);
        client.log(request.setMessage(text), () => {
          resolve();
        });
      }),
    close: () => {
      client.close();
    },
  };
}
