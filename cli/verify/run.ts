import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure } from "../failure";
import { evaluateStack } from "../plan/evaluateStack";
import { screenOf } from "../screen";
import { readServing } from "../serving";
import { startProgress } from "../show/progress";
import type { Targets } from "./context";
import { junitOf } from "./junit";
import type { VerifyOptions } from "./options";
import { stackOutputs } from "./outputs";
import { promiseOf, type Promised } from "./promise";
import { localTargets, targetsOf } from "./targets";
import { printReport } from "./text";
import { verify } from "./verify";

/** Runs `hopwise verify`. Returns the exit status: 1 when a check fails. */
export async function runVerify(url: string | undefined, options: VerifyOptions): Promise<number> {
  if (url === undefined && options.stack === undefined && options.local !== true)
    throw new Failure("Specify what to verify: a URL, --stack NAME, or --local.", 2);
  // Progress goes to stderr, so that it is not in a pipe.
  const screen = screenOf(process.stderr);
  const quiet = { ...screen, print: () => undefined };
  const progress = startProgress("Evaluating the expectations", quiet);
  try {
    const { targets, promised } = await prepare(url, options);
    const report = await verify(targets, promised, {
      seconds: options.timeout,
      grpc: options.grpc,
      websocket: options.websocket,
      onProgress: (what) => {
        progress.now(`${targets.url.href}: ${what}`);
      },
    });
    progress.clear();
    if (options.junit !== undefined) await write(options.junit, junitOf(report));
    if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else printReport(report, screenOf());
    return report.verdict === "ok" ? 0 : 1;
  } finally {
    progress.clear();
  }
}

/** The targets, and the promise. */
async function prepare(
  url: string | undefined,
  options: VerifyOptions,
): Promise<{ targets: Targets; promised?: Promised }> {
  const projectDir = resolve(options.program);
  if (options.local === true) {
    const stack = options.stack ?? "dev";
    const serving = readServing(projectDir, stack);
    if (serving === undefined)
      throw new Failure(
        `The stack ${stack} is not being served here. Start it in another terminal: hopwise local --stack ${stack}`,
        2,
      );
    const promised = promiseOf(await evaluateStack(projectDir, stack));
    return { targets: localTargets(serving, promised), promised };
  }
  if (options.stack === undefined) return { targets: targetsOf(url ?? "", options, undefined) };
  const promised = promiseOf(await evaluateStack(projectDir, options.stack));
  const complete = url !== undefined && (options.loadBalancer ?? !promised.loadBalancer);
  const outputs = complete ? {} : await outputsFor(url, projectDir, options.stack);
  const called = url ?? outputs.url;
  if (called === undefined)
    throw new Failure(`The stack ${options.stack} has no output \`url\`: pass the URL.`, 2);
  return { targets: targetsOf(called, options, promised, outputs), promised };
}

/** With a URL, missing outputs only leave the load balancer's address unknown. */
async function outputsFor(url: string | undefined, projectDir: string, stack: string) {
  try {
    return await stackOutputs(projectDir, stack);
  } catch (error) {
    if (url !== undefined && error instanceof Failure) return {};
    throw error;
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}
