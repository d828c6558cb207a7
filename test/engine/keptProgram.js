"use strict";
// Runs a project's program whenever the parent asks for it, in one process: what the program
// imports of Pulumi is loaded once, which is most of the time of a preview.
const { Buffer } = require("node:buffer");
const path = require("node:path");
const { RunRequest } = require("@pulumi/pulumi/proto/language_pb");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");

const directory = process.cwd() + path.sep;

/** The program as if it had not run: its own modules are loaded again, those of packages stay. */
async function program() {
  for (const file of Object.keys(require.cache))
    if (file.startsWith(directory)) delete require.cache[file];
  const exported = require(path.join(directory, process.argv[2]));
  return typeof exported === "function" ? exported() : { ...exported };
}

let current = 0;
for (const stream of [process.stdout, process.stderr])
  stream.write = (text) => process.send({ number: current, printed: String(text) });

process.on("message", ({ number, request, engineAddress }) => {
  const run = RunRequest.deserializeBinary(Buffer.from(request, "base64"));
  // Where Pulumi's server for programs within a process expects it.
  run.setArgsList([engineAddress]);
  current = number;
  let ended = false;
  new LanguageServer(program).run({ request: run }, (error) => {
    // After an error Pulumi's server calls back once more.
    if (!ended) process.send({ number, ended: true, error: error?.message });
    ended = true;
  });
});
