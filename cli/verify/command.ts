import { Command } from "commander";
import { withProgramOptions } from "../evaluation/options";
import {
  parseHostPort,
  parsePath,
  parseResolve,
  parseSeconds,
  type VerifyOptions,
} from "./options";

/** `hopwise verify`: checks that a deployed site does what its program promises. */
export function verifyCommand(): Command {
  const command = new Command("verify").description(
    "check from outside that a deployed site works as its program declares",
  );
  return withProgramOptions(command)
    .argument(
      "[url]",
      "what viewers call; with a URL alone, no stack is read (default: the stack's output `url`)",
    )
    .option("--local", "verify what `hopwise local` serves now")
    .option("--load-balancer <host[:port]>", "the load balancer's own address", parseHostPort)
    .option("--ca <file>", "certificate authority to trust, PEM")
    .option("--cert <file>", "client certificate to show, PEM")
    .option("--key <file>", "its private key, PEM")
    .option(
      "--resolve <host:port:address>",
      "connect to this address instead of looking the name up (repeatable)",
      parseResolve,
    )
    .option("--grpc <path>", "make a gRPC call, e.g. /grpc.health.v1.Health/Check", parsePath)
    .option("--websocket <path>", "open a WebSocket", parsePath)
    .option("--timeout <seconds>", "timeout for all requests together", parseSeconds, 60)
    .option("--json", "write the report as JSON")
    .option("--junit <file>", "also write a JUnit XML report")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      "\nSends at most 12 requests. Exit status: 0, 1 when a check fails, 2 for a wrong\ncommand line.",
    )
    .action(async (url: string | undefined, options: VerifyOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runVerify } = require("./run") as typeof import("./run");
      process.exitCode = await runVerify(url, options);
    });
}
