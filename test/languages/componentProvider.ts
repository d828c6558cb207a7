/** The components' provider, as the engine starts it, in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { installMadeProvider } from "../madeProvider";

const ROOT = path.join(__dirname, "../..");

/** What the provider needs of a checkout. */
const FILES = [
  ...["provider", "components", "path", "topology", "rules", "logs", "startup", "nginx"],
  "package.json",
];

export interface ComponentProvider {
  /** For `PULUMI_DEBUG_PROVIDERS`. */
  readonly debugProviders: string;
  close(): Promise<void>;
}

/**
 * Starts it with an @pulumi/aws that can deploy every variant. The engine attaches to it; the address
 * on its command line is what it has until then.
 */
export async function startComponentProvider(): Promise<ComponentProvider> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-provider-"));
  for (const file of FILES)
    fs.cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  installMadeProvider(folder, ["customOriginConfig", "vpcOriginConfig"]);
  const child = spawn(process.execPath, ["provider/main.js", "127.0.0.1:1"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const port = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`the provider ended with ${String(code)}`));
    });
    createInterface(child.stdout).once("line", resolve);
  });
  return {
    debugProviders: `hopwise:${port}`,
    close: async () => {
      child.kill();
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
