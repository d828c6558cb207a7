import { Command } from "commander";
import { withProgramOptions } from "../evaluation/options";
import { parsePair, type AdoptOptions } from "./options";

/** `hopwise adopt`: brings resources that exist under the components. */
export function adoptCommand(): Command {
  const command = new Command("adopt").description(
    "say which resources of a stack the components of its changed program take over",
  );
  return withProgramOptions(command)
    .requiredOption("--state <file>", "the stack's state: pulumi stack export --file state.json")
    .option(
      "--pair <old=new>",
      "type::name of a resource and of the child that takes it over (repeatable)",
      parsePair,
    )
    .option("--json", "print the result as JSON, with resources as URNs")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      "\nExit status: 0, 1 if something would be replaced or deleted that requests\nneed, 2 for a wrong command line.",
    )
    .action(async (options: AdoptOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runAdopt } = require("./run") as typeof import("./run");
      process.exitCode = await runAdopt(options);
    });
}
