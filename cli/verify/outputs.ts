/** A deployed stack's outputs, from the pulumi CLI. */
import { CommandFailure } from "../failure";
import { runProgram } from "../program";

/** What a verification needs of them. */
export interface StackOutputs {
  readonly url?: string;
  readonly loadBalancerDnsName?: string;
}

/**
 * Runs `pulumi stack output --json`, which does not print secrets.
 * @throws {CommandFailure} if there is no pulumi CLI, or it does not know the stack
 */
export async function stackOutputs(
  projectDir: string,
  stack: string,
  pulumi = "pulumi",
): Promise<StackOutputs> {
  const words = [
    "stack",
    "output",
    "--json",
    "--stack",
    stack,
    "--non-interactive",
    "--color",
    "never",
  ];
  const { code, stdout, stderr } = await runProgram(pulumi, words, {
    cwd: projectDir,
    milliseconds: 60_000,
  });
  if (code === undefined)
    throw new CommandFailure(
      "The stack's outputs are read with the pulumi CLI, which is not installed. Install it, or give the URL and --load-balancer HOST.",
      2,
    );
  if (code !== 0)
    throw new CommandFailure(
      `pulumi cannot read the outputs of ${stack}:\n${stderr.trim() || stdout.trim()}`,
      2,
    );
  return outputsIn(JSON.parse(stdout) as Record<string, unknown>);
}

/** What a verification needs of all outputs. */
export function outputsIn(all: Readonly<Record<string, unknown>>): StackOutputs {
  const text = (key: string): string | undefined => {
    const value = all[key];
    return typeof value === "string" ? value : undefined;
  };
  return { url: text("url"), loadBalancerDnsName: text("loadBalancerDnsName") };
}
