/** A deployed stack's outputs, by the pulumi CLI. */
import { spawn } from "node:child_process";
import { Failure } from "../failure";

/** What a verification needs of them. */
export interface StackOutputs {
  readonly url?: string;
  readonly loadBalancerDnsName?: string;
}

/**
 * Runs `pulumi stack output --json`, which keeps secrets to itself.
 * @throws {Failure} where there is no pulumi CLI, or it does not know the stack
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
  const { code, stdout, stderr } = await run(pulumi, words, projectDir);
  if (code === undefined)
    throw new Failure(
      "The stack's outputs are read by the pulumi CLI, which is not here. Install it, or give the URL and --load-balancer HOST yourself.",
      2,
    );
  if (code !== 0)
    throw new Failure(
      `pulumi says about the outputs of ${stack}:\n${stderr.trim() || stdout.trim()}`,
      2,
    );
  const parsed = JSON.parse(stdout) as Record<string, unknown>;
  const text = (key: string): string | undefined => {
    const value = parsed[key];
    return typeof value === "string" ? value : undefined;
  };
  return { url: text("url"), loadBalancerDnsName: text("loadBalancerDnsName") };
}

interface Ran {
  /** Undefined: the program is not there. */
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, words: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      timeout: 60_000,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve({ stdout, stderr });
      else reject(error);
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}
