import { Command, CommanderError, Option } from "commander";
import { completionCommand } from "./completion/command";
import { describeFailure, exitCodeOf } from "./failure";
import { watchOutput } from "./output";
import { adoptCommand } from "./adopt/command";
import { explainCommand } from "./explain/command";
import { findingCommand } from "./finding/command";
import { languages, setLanguage, type Language } from "./language";
import { localCommand } from "./local/command";
import { planCommand } from "./plan/command";
import { verifyCommand } from "./verify/command";

/** Usage errors exit with 2, like those of most commands; `--help` and `--version` with 0. */
function usageExitCode(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2;
}

/** The `hopwise` command with all its subcommands. */
export function hopwise(version: string): Command {
  return new Command("hopwise")
    .description("Knows which protocol every hop between a viewer and your container speaks.")
    .version(version)
    .exitOverride()
    .configureHelp({ sortOptions: false })
    .addCommand(inLanguage(planCommand()).exitOverride())
    .addCommand(inLanguage(localCommand()).exitOverride())
    .addCommand(inLanguage(verifyCommand()).exitOverride())
    .addCommand(inLanguage(explainCommand()).exitOverride())
    .addCommand(inLanguage(findingCommand()).exitOverride())
    .addCommand(adoptCommand().exitOverride())
    .addCommand(completionCommand().exitOverride());
}

/** Adds `--lang`, for the texts of findings and of causes in logs. */
function inLanguage(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--lang <language>",
        "language of findings and causes (default: of the locale)",
      ).choices(languages),
    )
    .hook("preAction", () => {
      const { lang } = command.opts<{ lang?: Language }>();
      if (lang !== undefined) setLanguage(lang);
    });
}

/** Runs the command line; sets the exit code. */
export function main(argv: readonly string[], version: string): void {
  watchOutput();
  hopwise(version)
    .parseAsync(argv)
    .catch((error: unknown) => {
      if (error instanceof CommanderError) process.exitCode = usageExitCode(error);
      else {
        process.stderr.write(`${describeFailure(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}
