/** One evaluation of a Pulumi program, in a process started as `pulumi up` starts it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { parse } from "yaml";
import { Account } from "../local/model";
import type { Props } from "../local/model/types";
import { startMonitor } from "./monitor";

export interface Program {
  /** Directory of Pulumi.yaml. */
  readonly directory: string;
  /** Configuration as the engine passes it: `hopwise:variant` to text or JSON. */
  readonly config: Readonly<Record<string, string>>;
  /** Options of the node process: `runtime.options.nodeargs` of Pulumi.yaml. */
  readonly nodeArguments?: readonly string[];
  /** Entry point relative to the directory. @default what package.json says */
  readonly entryPoint?: string;
  /** Answers the program's provider functions. */
  readonly invoke: (token: string, args: Props) => Props;
  /** `runtime.options.typescript` of Pulumi.yaml. @default true */
  readonly typescript?: boolean;
}

export interface Evaluation {
  /** Milliseconds from the start of the process to the last registration. */
  readonly registered: number;
  /** Milliseconds from the start of the process to its end. */
  readonly ended: number;
  /** Largest resident set, MB (10^6 bytes); undefined where there is no /proc. */
  readonly peakMemory: number | undefined;
  /** Milliseconds of processor time until then: what a busy machine does not change. */
  readonly processor: number | undefined;
  /** `type name` of what was registered, components and the stack included. */
  readonly resources: readonly string[];
}

/** @throws with the program's messages when it fails */
export async function evaluate(program: Program): Promise<Evaluation> {
  const found: { pid?: number; peak?: number; processor?: number } = {};
  const monitor = await startMonitor(program.invoke, () => {
    found.peak = peakMemory(found.pid);
    found.processor = processorTime(found.pid);
  });
  try {
    const { directory, nodeArguments = [], entryPoint = "." } = program;
    const start = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...nodeArguments,
        createRequire(path.join(directory, "index.js")).resolve("@pulumi/pulumi/cmd/run"),
        ...["--monitor", monitor.address, "--engine", monitor.address, "--project", "hopwise"],
        ...["--root-directory", directory, "--stack", "bench", "--pwd", directory],
        ...["--parallel", "16", "--dry-run", entryPoint],
      ],
      {
        cwd: directory,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          ...(program.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
          PULUMI_CONFIG: JSON.stringify(
            Object.fromEntries(
              Object.entries(program.config).map(([k, v]) => [k.replace(":", ":config:"), v]),
            ),
          ),
          PULUMI_CONFIG_SECRET_KEYS: "[]",
        },
      },
    );
    found.pid = child.pid;
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const [code] = (await once(child, "close")) as [number | null];
    const ended = performance.now() - start;
    if (code !== 0)
      throw new Error(
        `The program ended with ${String(code)}.\n${monitor.messages.join("\n")}\n${output}`,
      );
    return {
      registered: monitor.lastRegistration - start,
      ended,
      peakMemory: found.peak,
      processor: found.processor,
      resources: monitor.resources,
    };
  } finally {
    monitor.close();
  }
}

/**
 * A project's program, started as its Pulumi.yaml says.
 * @param config of the stack, as the engine passes it
 */
export function programOf(directory: string, config: Readonly<Record<string, string>>): Program {
  const file = fs.readFileSync(path.join(directory, "Pulumi.yaml"), "utf8");
  const { main: entryPoint, runtime } = parse(file) as {
    main?: string;
    runtime: string | { options?: { nodeargs?: string; typescript?: boolean } };
  };
  const options = typeof runtime === "string" ? {} : (runtime.options ?? {});
  const account = new Account({ region: config["aws:region"] });
  return {
    directory,
    config,
    entryPoint,
    nodeArguments: options.nodeargs?.split(" ") ?? [],
    typescript: options.typescript ?? true,
    invoke: (token, args) => account.invoke(token, args),
  };
}

/** Largest resident set of a process so far, MB (10^6 bytes); undefined where there is no /proc. */
export function peakMemory(pid: number | undefined): number | undefined {
  try {
    const status = fs.readFileSync(`/proc/${String(pid)}/status`, "utf8");
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}

/** User and system time; fields 14 and 15 of /proc/PID/stat, in ticks of 10 ms. */
export function processorTime(pid: number | undefined): number | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
