import { Command } from "commander";
import { parseAddress, parsePort, parseStack, type LocalOptions } from "./options";
import { runLocal } from "./run";

/** `hopwise local`: a stack's program on the local AWS, served on loopback. */
export function localCommand(): Command {
  return new Command("local")
    .description("run a stack on a local AWS and serve its path on this machine")
    .option("-s, --stack <name>", "stack whose settings are used", parseStack, "dev")
    .option("-p, --port <number>", "port that viewers call (default: 8443)", parsePort)
    .option("--check", "make the requests worth seeing, say what they got, and end")
    .option("--embedded-origin", "use the small built-in origin instead of nginx")
    .option(
      "--caller-address <ip>",
      "public address that a caller on 127.0.0.1 stands for (default: 198.51.100.7)",
      parseAddress,
    )
    .option("--project <folder>", "folder of the Pulumi program", ".")
    .option("-v, --verbose", "also show every resource, log line and health check")
    .helpOption("-h, --help", "show this help")
    .action(async (options: LocalOptions) => {
      process.exitCode = await runLocal(options);
    });
}
