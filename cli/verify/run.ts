import { stacksOf } from "../../local/program/stackFile";
import { evaluationOf } from "../evaluation/options";
import { CommandFailure } from "../failure";
import { writeOutput } from "../output";
import { evaluateStack, identify, type EvaluatedStack } from "../plan/evaluateStack";
import { screenOf } from "../screen";
import { readServing } from "../serving";
import { startProgress } from "../show/progress";
import type { VerifyTargets } from "./context";
import { junitOf } from "./junit";
import type { VerifyOptions } from "./options";
import { outputsIn, stackOutputs } from "./outputs";
import { promiseOf, type Promised } from "./promise";
import { localTargets, targetsOf } from "./targets";
import { printReport } from "./text";
import { verify } from "./verify";

/** Runs `hopwise verify`. Returns the exit status: 1 when a check fails. */
export async function runVerify(url: string | undefined, options: VerifyOptions): Promise<number> {
  // Progress goes to stderr, out of the way of a pipe.
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
    if (options.junit !== undefined) await writeOutput(options.junit, junitOf(report));
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
): Promise<{ targets: VerifyTargets; promised?: Promised }> {
  const { projectDir, stack: wished, ...evaluation } = evaluationOf(options);
  const { from } = evaluation;
  const evaluated = (): Promise<EvaluatedStack> => evaluateStack(projectDir, wished, evaluation);
  if (options.local === true) {
    // A file has been read at once; a program is evaluated only if its stack is served.
    const read = from === undefined ? undefined : await evaluated();
    const { stack } = read ?? identify({ projectDir, stack: wished, ...evaluation });
    const serving = readServing(projectDir, stack);
    if (serving === undefined)
      throw new CommandFailure(
        `The stack ${stack} is not being served here. Start it in another terminal: hopwise local --stack ${stack}`,
        2,
      );
    const promised = promiseOf(read ?? (await evaluated()));
    return { targets: localTargets(serving, promised), promised };
  }
  if (wished === undefined && from === undefined && url !== undefined)
    return { targets: targetsOf(url, options, undefined) };
  const several = from === undefined && stacksOf(projectDir).length > 1;
  if (url === undefined && wished === undefined && several)
    throw new CommandFailure("Give what to verify: a URL, --stack NAME, or --local.", 2);
  const about = await evaluated();
  const { stack } = about;
  const promised = promiseOf(about);
  const complete = url !== undefined && (options.loadBalancer ?? !promised.loadBalancer);
  const outputs = complete
    ? {}
    : from === undefined
      ? await outputsFor(url, projectDir, stack)
      : outputsIn(about.evaluation.outputs);
  const called = url ?? outputs.url;
  if (called === undefined)
    throw new CommandFailure(`The stack ${stack} has no output \`url\`: give the URL.`, 2);
  return { targets: targetsOf(called, options, promised, outputs), promised };
}

/** With a URL, missing outputs only leave the load balancer's address unknown. */
async function outputsFor(url: string | undefined, projectDir: string, stack: string) {
  try {
    return await stackOutputs(projectDir, stack);
  } catch (error) {
    if (url !== undefined && error instanceof CommandFailure) return {};
    throw error;
  }
}
