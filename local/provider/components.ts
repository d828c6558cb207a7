/** Starts the process that serves awsx's components. */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import * as path from "node:path";
import { createInterface } from "node:readline";

/** Loads TypeScript without type-checking: the process starts five times as fast. */
const startup = path.join(__dirname, "../../startup");

const ports = new Map<string, Promise<number>>();

/**
 * Starts awsx.ts and gives its port. It runs in its own process because Pulumi's provider host keeps
 * the settings of the run it serves in globals: one run after another, of whatever project. It ends
 * when its standard input closes, that is, with this process, which it does not keep alive.
 * @param region of the account, whose availability zones a VPC spreads over
 * @throws with its output on standard error if it ends before it listens
 */
export function startComponents(region: string): Promise<number> {
  const port = ports.get(region) ?? start(region);
  ports.set(region, port);
  return port;
}

async function start(region: string): Promise<number> {
  const child = spawn(process.execPath, ["-r", startup, path.join(__dirname, "awsx.ts")], {
    cwd: path.join(__dirname, "../.."),
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, AWS_REGION: region },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.once("exit", () => ports.delete(region));
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", () => {
        reject(new Error(`The provider of awsx's components did not start:\n${stderr}`));
      });
      createInterface(child.stdout).once("line", (line) => {
        resolve(Number(line));
      });
    });
  } finally {
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
  }
}
