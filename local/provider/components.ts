/** Starts and stops the process that serves awsx's components. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";

/** Loads TypeScript without type-checking: the process starts five times as fast. */
const startup = path.join(__dirname, "../../startup");

export interface Components {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts awsx.ts. It runs in its own process because Pulumi's provider host keeps the settings of
 * the run it serves in globals. It ends when its standard input closes, that is, with this process.
 * @param region of the account, whose availability zones a VPC spreads over
 * @throws with its output on standard error if it ends before it listens
 */
export async function startComponents(region: string): Promise<Components> {
  const child = spawn(process.execPath, ["-r", startup, path.join(__dirname, "awsx.ts")], {
    cwd: path.join(__dirname, "../.."),
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, AWS_REGION: region },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "exit");

  const port = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error(`The provider of awsx's components did not start:\n${stderr}`));
    });
    createInterface(child.stdout).once("line", (line) => {
      resolve(Number(line));
    });
  });
  return {
    port,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
