/** Plugins in Node.js, as Pulumi's language host starts them: `PulumiPlugin.yaml` with `runtime: nodejs`. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";

type Call = grpc.ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;

/** Starts a plugin with the SDK's own `cmd/run-plugin`, and passes on what it prints. */
export function runPlugin(call: Call): void {
  const { request } = call;
  const directory = request.getInfo()?.getProgramDirectory() ?? "";
  const run = createRequire(path.join(directory, "index.js")).resolve(
    "@pulumi/pulumi/cmd/run-plugin",
  );
  const child = spawn(process.execPath, [run, directory, ...request.getArgsList()], {
    cwd: request.getPwd(),
    env: Object.fromEntries(
      request.getEnvList().map((one) => one.split(/=(.*)/s, 2) as [string, string]),
    ),
    stdio: ["ignore", "pipe", "pipe"],
  });
  call.on("cancelled", () => child.kill());
  child.stdout.on("data", (text: Buffer) => {
    call.write(new language.RunPluginResponse().setStdout(text));
  });
  child.stderr.on("data", (text: Buffer) => {
    call.write(new language.RunPluginResponse().setStderr(text));
  });
  child.once("close", (code) => {
    call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
}
