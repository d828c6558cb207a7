import { Command } from "commander";

/** `hopwise completion`: prints a script for the shell. */
export function completionCommand(): Command {
  const command = new Command("completion").description(
    "print a script that completes commands, options and stacks in bash and zsh",
  );
  return command
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", '\nIn ~/.bashrc: eval "$(hopwise completion)". For zsh see the script.')
    .action(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { completionScript } = require("./script") as typeof import("./script");
      process.stdout.write(completionScript(command.parent ?? command));
    });
}
