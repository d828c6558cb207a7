import { Command } from "commander";
import { parseStack, withProgramOptions } from "../evaluation/options";
import { parseFormat, type PlanOptions } from "./options";

/** `hopwise plan`: shows what a stack will be, without AWS. */
export function planCommand(): Command {
  const command = new Command("plan").description(
    "show a stack's paths hop by hop, what is open to whom and what it costs, without AWS",
  );
  return withProgramOptions(command)
    .option("-f, --format <format>", "text, json, mermaid or svg", parseFormat, "text")
    .option("--diff <stack>", "compare with another stack of the same program", parseStack)
    .option(
      "--diff-program <folder>",
      "compare with the program in another folder, such as a checkout of another branch",
    )
    .option("-o, --output <file>", "write to a file instead of standard output")
    .option("--all", "show the reason for each hop, all access rules, resources and costs")
    .option(
      "--policy-pack-config <file>",
      "configuration of the policy pack, as JSON: accept what it disables or excepts",
    )
    .option("--strict", "exit with status 1 on warnings too")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      "\nExit status: 0, 1 on errors (with --strict on warnings too), 2 for a wrong\ncommand line.",
    )
    .action(async (options: PlanOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runPlan } = require("./run") as typeof import("./run");
      process.exitCode = await runPlan(options);
    });
}
