"use strict";
// Runs the program of a project whenever the parent asks for it, in one process: what programs
// import of Pulumi is loaded once, which is most of the time of a preview.
const { Buffer } = require("node:buffer");
const path = require("node:path");
const { RunRequest } = require("@pulumi/pulumi/proto/language_pb");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");

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
for (const stream of [process.stdout, process.stderr])
  stream.write = (text) => process.send({ number: current, printed: String(text) });

process.once("disconnect", () => process.exit());
process.on("message", ({ number, directory, entryPoint, request, engineAddress }) => {
  const run = RunRequest.deserializeBinary(Buffer.from(request, "base64"));
  // Where Pulumi's server for programs within a process expects it.
  run.setArgsList([engineAddress]);
  current = number;
  let ended = false;
  const server = new LanguageServer(() => program(directory, entryPoint));
  server.run({ request: run }, (error) => {
    // After an error Pulumi's server calls back once more.
    if (!ended) process.send({ number, ended: true, error: error?.message });
    ended = true;
  });
});
