import { Command } from "commander";

/** `hopwise finding`: the page of a finding's code. */
export function findingCommand(): Command {
  return new Command("finding")
    .description("print the page of a finding: its cause, an example and the fix")
    .argument("[code]", "the code, e.g. edge-http1-to-http2-target; without one, all are listed")
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", "\nExit status: 0, 2 for a code that does not exist.")
    .action((code: string | undefined) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runFinding } = require("./run") as typeof import("./run");
      runFinding(code);
    });
}
