/**
 * How fast `hopwise local` is there, how much it carries and how much memory it takes: CloudFront,
 * load balancer and tasks together, compared with the same nginx called directly in the same run.
 *
 *     node -r ./startup bench/serving.ts [--runs 3] [--requests 20000] [--check]
 *
 * Needs h2load (.ci/get-clients) and nginx. What else the machine does falls on both sides of a
 * ratio, but not on the other figures: `--check` compares those with the budgets and wants a quiet
 * machine.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { stacksOf } from "../local/program/stackFile";
import { type Variant, type VariantRow, variants } from "../path/variants";
import { load, type Load } from "./h2load";
import { median } from "./numbers";

const ROOT = path.join(__dirname, "..");

/** Of every stack, on a CI machine of two cores. */
const BUDGET = { seconds: 2.5, requestsPerSecond: 2000, megabytes: 250 };

/** Requests that are not counted. */
const warmUp = "5000";

/** A `hopwise local` that is ready. */
interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  /** From the start of its process. */
  readonly seconds: number;
}

/** What clients speak to the front door. */
const protocols = { h2: ["--npn-list", "h2"], "http/1.1": ["--npn-list", "http/1.1"] } as const;
type Protocol = keyof typeof protocols;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "3" },
      requests: { type: "string", default: "20000" },
      check: { type: "boolean" },
    },
  });
  const over: string[] = [];
  const limit = (what: string, is: boolean): void => {
    if (is) over.push(what);
  };
  console.log(
    "stack  ready    client     requests/s  mean      max       failed  nginx alone  of it  memory",
  );
  for (const stack of stacksOf(ROOT)) {
    const starts = [];
    for (let run = 1; run < Number(values.runs); run++) starts.push(await startAndStop(stack));
    const running = await start(stack);
    const ready = median([...starts, running.seconds]);
    limit(`${stack}: ready after ${ready.toFixed(1)} s`, ready > BUDGET.seconds);
    try {
      for (const protocol of protocolsOf(stack)) {
        // Everything that is measured runs warm.
        await front(running.port, protocol, warmUp);
        const load = await front(running.port, protocol, values.requests);
        const alone = await nginxAlone(stack, values.requests);
        const megabytes = memoryOf(running.child.pid ?? 0);
        console.log(line(stack, ready, protocol, load, alone, megabytes));
        const what = `${stack} over ${protocol}`;
        limit(
          `${what}: ${load.perSecond.toFixed(0)} requests/s`,
          load.perSecond < BUDGET.requestsPerSecond,
        );
        limit(`${what}: ${load.failed} failed`, load.failed > 0);
        limit(`${what}: ${megabytes} MB`, megabytes > BUDGET.megabytes);
      }
    } finally {
      await stop(running.child);
    }
  }
  const { seconds, requestsPerSecond, megabytes } = BUDGET;
  console.log(
    `budget: ${seconds} s, ${requestsPerSecond} requests/s without a failed one, ${megabytes} MB; ${over.length === 0 ? "all of it is kept" : `not kept: ${over.join("; ")}`}`,
  );
  if (values.check && over.length > 0) process.exitCode = 1;
}

/** An HTTP2 target group answers viewers that speak HTTP/1.1 to it with 464. */
function protocolsOf(stack: string): Protocol[] {
  const { edge, target } = variantOf(stack);
  return edge === undefined && target === "HTTP2" ? ["h2"] : ["h2", "http/1.1"];
}

function variantOf(stack: string): VariantRow {
  const settings = readFileSync(path.join(ROOT, `Pulumi.${stack}.yaml`), "utf8");
  const name = /hopwise:variant: (\S+)/.exec(settings)?.[1];
  return variants[name as Variant];
}

function start(stack: string): Promise<Running> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [path.join(ROOT, "cli", "hopwise.js"), "local", "--stack", stack, "--port", "0"],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
  );
  let printed = "";
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (printed.includes("Serving https://")) return;
      printed += text;
      const port = /Serving https:\/\/[^:]+:(\d+)/.exec(printed)?.[1];
      if (port !== undefined)
        resolve({ child, port: Number(port), seconds: (performance.now() - started) / 1000 });
    });
    child.on("close", (code) => {
      reject(
        new Error(`hopwise local --stack ${stack} ended with ${code ?? "a signal"}:\n${printed}`),
      );
    });
  });
}

async function startAndStop(stack: string): Promise<number> {
  const { child, seconds } = await start(stack);
  await stop(child);
  return seconds;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("close", () => {
      resolve();
    });
    child.kill("SIGINT");
  });
}

/** Load on the front door, which a loopback address may be called by. */
function front(port: number, protocol: Protocol, requests: string): Promise<Load> {
  const many = protocol === "h2" ? ["-c", "8", "-m", "8"] : ["-c", "64"];
  return load([...many, "-n", requests, ...protocols[protocol], `https://127.0.0.1:${port}/`]);
}

/** The same load on one of the stack's nginx, in the protocol of the last hop, without anything before it. */
function nginxAlone(stack: string, requests: string): Promise<Load> {
  const many = variantOf(stack).target === "HTTP1" ? ["--h1", "-c", "64"] : ["-c", "8", "-m", "8"];
  return load([...many, "-n", requests, `http://${nginxOf(stack)}/`]);
}

/** Where a task's nginx listens, as its configuration says. */
function nginxOf(stack: string): string {
  const folder = path.join(ROOT, ".hopwise", stack, "tasks");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".conf")) continue;
    const text = readFileSync(path.join(folder, file), "utf8");
    const address = /listen\s+(127\.[\d.]+:\d+)/.exec(text)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`no nginx of ${stack} in ${folder}: is there one on this machine?`);
}

/** The most memory that a process has taken so far, in megabytes. Linux only. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function line(
  stack: string,
  ready: number,
  protocol: Protocol,
  { perSecond, mean, max, failed }: Load,
  alone: Load,
  megabytes: number,
): string {
  return [
    stack.padEnd(6),
    `${ready.toFixed(2)} s`.padEnd(8),
    protocol.padEnd(10),
    perSecond.toFixed(0).padEnd(11),
    mean.padEnd(9),
    max.padEnd(9),
    String(failed + alone.failed).padEnd(7),
    `${alone.perSecond.toFixed(0)}/s`.padEnd(12),
    (perSecond / alone.perSecond).toFixed(2).padEnd(6),
    `${megabytes} MB`,
  ].join(" ");
}

void main();
