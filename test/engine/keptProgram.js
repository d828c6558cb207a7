"use strict";
// Runs the program of a project whenever the parent asks for it, in one process: what programs
// import of Pulumi is loaded once, which is most of the time of a preview.
const { Buffer } = require("node:buffer");
const path = require("node:path");
const { RunRequest } = require("@pulumi/pulumi/proto/language_pb");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { ResourceMonitorClient } = require("@pulumi/pulumi/proto/resource_grpc_pb");

/**
 * The program as if none had run: its own file is loaded again, what it imports stays. In a project's
 * folders is what it has of this checkout, which keeps nothing of a run.
 */
async function program(directory, entryPoint) {
  process.chdir(directory);
  for (const file of Object.keys(require.cache))
    if (path.dirname(file) === directory) delete require.cache[file];
  const exported = require(path.join(directory, entryPoint));
  return typeof exported === "function" ? exported() : { ...exported };
}

let current = 0;
/** Ends a run that failed and that nothing brings on any more. */
let giveUp = () => undefined;

/** Calls to the engine that it has not answered. */
let open = 0;
for (const [name, call] of Object.entries(ResourceMonitorClient.prototype)) {
  if (typeof call !== "function" || call.requestStream || call.responseStream) continue;
  ResourceMonitorClient.prototype[name] = function (...args) {
    const answered = args.pop();
    open += 1;
    return call.call(this, ...args, (...answer) => {
      open -= 1;
      answered(...answer);
      giveUp();
    });
  };
}

for (const stream of [process.stdout, process.stderr])
  stream.write = (text) => process.send({ number: current, printed: String(text) });

process.once("disconnect", () => process.exit());
process.on("message", ({ number, directory, entryPoint, request, engineAddress }) => {
  const run = RunRequest.deserializeBinary(Buffer.from(request, "base64"));
  // Where Pulumi's server for programs within a process expects it.
  run.setArgsList([engineAddress]);
  current = number;
  let ended = false;
  const end = (error, abandoned) => {
    // After an error Pulumi's server calls back once more.
    if (ended) return;
    ended = true;
    giveUp = () => undefined;
    // What an abandoned run has left would be in the way of the next one.
    process.send({ number, ended: true, error, abandoned }, () => abandoned && process.exit());
  };
  // A resource that waits for one that failed waits for ever, and Pulumi's server with it. A process of
  // the program's own ends then, for there is nothing left to do. The wait is for what the program does
  // between two calls; a run that ends in the middle of it has failed either way.
  const failed = (error) => {
    giveUp = () => setTimeout(() => open === 0 && end(String(error?.message ?? error), true), 100);
    giveUp();
  };
  process.on("unhandledRejection", failed).on("uncaughtException", failed);
  const server = new LanguageServer(() => program(directory, entryPoint));
  server.run({ request: run }, (error) => {
    process.off("unhandledRejection", failed).off("uncaughtException", failed);
    end(error?.message, false);
  });
});
