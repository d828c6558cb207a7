/** The real Pulumi CLI, for tests: finding it, and running it on a project of its own. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startProviders, type Providers } from "../../local/provider";
import type { Account } from "../../local/model/account";
import { findPulumi, found, pulumiEnvironment } from "../tools";
import { startLanguageHost } from "./languageHost";
import type { LanguageHost } from "./serveLanguage";

const ROOT = path.join(__dirname, "../..");

interface CliResult {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/** What the engine keeps of a stack, as far as the tests read it. */
interface State {
  readonly pending_operations?: readonly unknown[];
  readonly resources?: readonly {
    readonly type: string;
    readonly id?: string;
    readonly custom: boolean;
    readonly delete?: boolean;
    readonly urn: string;
    readonly dependencies?: readonly string[];
  }[];
}

export interface Project {
  readonly directory: string;
  readonly providers: Providers;
  /** Environment in which `pulumi` works on the project. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs `pulumi ARGS --non-interactive` on the project. Never rejects for an exit code. */
  readonly run: (...args: string[]) => Promise<CliResult>;
  /** As {@link run}, but a non-zero exit is an error that holds the output. */
  readonly ok: (...args: string[]) => Promise<CliResult>;
  /** As {@link ok}, of a command that prints JSON; gives the file that then holds it. */
  readonly writeOutput: (file: string, ...args: string[]) => Promise<string>;
  /** The only stack's state, from the file of the backend: what `pulumi stack export` shows. */
  readonly state: () => State;
  /** Stops the project's servers and removes its files. */
  readonly close: () => void;
}

/** What the engine finds in addition to AWS and Node.js. */
interface Also {
  /** More of `PULUMI_DEBUG_PROVIDERS`. */
  readonly debugProviders?: string;
  /** More of `PULUMI_DEBUG_LANGUAGES`. */
  readonly debugLanguages?: string;
  /** A folder with language hosts. */
  readonly folder?: string;
}

/**
 * A throw-away copy of a Pulumi project with a file backend, a Pulumi home and an AWS account of
 * its own.
 * @param files paths under `source` to copy; `node_modules` is linked from this checkout
 * @param kept true: the program runs in a process that is kept for other runs, see languageHost.ts
 */
export async function createProject(
  source: string,
  files: readonly string[],
  account?: Account,
  { kept = false, also = {} }: { readonly kept?: boolean; readonly also?: Also } = {},
): Promise<Project> {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-engine-"));
  const directory = path.join(base, "project");
  fs.mkdirSync(directory);
  for (const file of files)
    fs.cpSync(path.join(source, file), path.join(directory, file), { recursive: true });
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
  fs.mkdirSync(path.join(base, "state"));

  const providers: Providers = await startProviders({ account });
  const languageHost: LanguageHost = await startLanguageHost(kept);
  const env = {
    ...pulumiEnvironment(),
    PULUMI_HOME: path.join(base, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(base, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of the test",
    PULUMI_DEBUG_PROVIDERS: joined(",", providers.debugProviders, also.debugProviders),
    PULUMI_DEBUG_LANGUAGES: joined(",", languageHost.debugLanguages, also.debugLanguages),
    PATH: joined(path.delimiter, also.folder, process.env.PATH),
  };

  const pulumi = found(findPulumi());
  const run = async (...args: string[]): Promise<CliResult> => {
    const child = spawn(pulumi, [...args, "--non-interactive", "--color=never"], {
      cwd: directory,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        resolve(status ?? -1);
      });
    });
    return { code, output };
  };
  const ok = async (...args: string[]): Promise<CliResult> => {
    const result = await run(...args);
    if (result.code === 0) return result;
    throw new Error(`pulumi ${args.join(" ")} ended with ${result.code}:\n${result.output}`);
  };
  const writeOutput = async (name: string, ...args: string[]): Promise<string> => {
    const { output } = await ok(...args);
    const file = path.join(directory, name);
    fs.writeFileSync(file, output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
    return file;
  };
  const state = (): State => {
    const folder = path.join(base, "state/.pulumi/stacks");
    const [file = ""] = fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"));
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    return (JSON.parse(text) as { checkpoint: { latest: State | null } }).checkpoint.latest ?? {};
  };
  const close = (): void => {
    languageHost.close();
    providers.close();
    fs.rmSync(base, { recursive: true, force: true });
  };
  return { directory, providers, env, run, ok, writeOutput, state, close };
}

const joined = (by: string, ...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(by);
