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
      "running server that replaces a container (repeatable)",
      parseUpstream,
    )
    .option(
      "--run <name=command>",
      "command that replaces a container, started once per task (repeatable)",
      parseRun,
    )
    .option("-w, --watch", "update what is served when the program's files change")
    .option("--check", "send the example requests, compare the results, and exit")
    .addOption(
      new Option(
        "--security-groups <how>",
        "how connections that are not admitted end: reset at once, or no answer, as on AWS",
      )
        .choices(["reset", "drop"])
        .default("reset"),
    )
    .option(
      "--caller-address <ip>",
      "public address that 127.0.0.1 and ::1 represent (default: 198.51.100.7, over IPv6 2001:db8::7)",
      parseAddress,
    )
    .option("--embedded-origin", "use the small built-in origin instead of nginx")
    .option("--json", "print events as JSON, one object per line")
    .option("-v, --verbose", "also show every resource, log line and health check")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      "\nExit status: 0, 1 if the program is refused or fails, or with --check a request\ngets something else, 2 for a wrong command line.",
    )
    .action(async (options: LocalOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runLocal } = require("./run") as typeof import("./run");
      process.exitCode = await runLocal(options);
    });
}
