/** A script that completes the command line, made of the commands' own definitions. */
import type { Command } from "commander";

/**
 * The script for bash, and for zsh with its `bashcompinit`: commands, options, the stacks in the
 * folder, and files.
 */
export function completionScript(program: Command): string {
  const names = program.commands.map((command) => command.name());
  const cases = program.commands.map(
    (command) => `    ${command.name()}) words="${optionsOf(command).join(" ")}" ;;`,
  );
  return `# bash: eval "$(hopwise completion)"
# zsh:  autoload -U bashcompinit && bashcompinit && eval "$(hopwise completion)"
_hopwise() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" words=""
  COMPREPLY=()
  if [ "$before" = --stack ] || [ "$before" = -s ] || [ "$before" = --diff ]; then
    words="$(for file in Pulumi.*.yaml; do file="\${file#Pulumi.}"; echo "\${file%.yaml}"; done)"
    COMPREPLY=($(compgen -W "\${words//\\*/}" -- "$word"))
    return
  fi
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "${[...names, ...optionsOf(program)].join(" ")}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _hopwise hopwise
`;
}

const optionsOf = (command: Command): string[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short }) => long ?? short ?? "");
