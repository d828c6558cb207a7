import { Command, Option } from "commander";
import { withProgramOptions } from "../evaluation/options";
import { parseAddress, parsePort, parseRun, parseUpstream, type LocalOptions } from "./options";

/** `hopwise local`: a stack's program on the local AWS, served on loopback. */
export function localCommand(): Command {
  const command = new Command("local").description(
    "run a stack on a local AWS and serve its path on this machine",
  );
  return withProgramOptions(command)
    .option("-p, --port <number>", "port that viewers call (default: 8443)", parsePort)
    .option(
      "--upstream <name=host:port>",
      "server that runs already and stands in for a container (repeatable)",
      parseUpstream,
    )
    .option(
      "--run <name=command>",
      "command that stands in for a container, started per task (repeatable)",
      parseRun,
    )
    .option("-w, --watch", "change what is served when the program's files change")
    .option("--check", "make the requests worth seeing, say what they got, and end")
    .addOption(
      new Option(
        "--security-groups <how>",
        "what becomes of who is not admitted: reset at once, or left waiting as on AWS",
      )
        .choices(["reset", "drop"])
        .default("reset"),
    )
    .option(
      "--caller-address <ip>",
      "public address that a caller on 127.0.0.1 stands for (default: 198.51.100.7)",
      parseAddress,
    )
    .option("--embedded-origin", "use the small built-in origin instead of nginx")
    .option("--json", "print what happens as JSON, an object a line")
    .option("-v, --verbose", "also show every resource, log line and health check")
    .helpOption("-h, --help", "show this help")
    .action(async (options: LocalOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runLocal } = require("./run") as typeof import("./run");
      process.exitCode = await runLocal(options);
    });
}
