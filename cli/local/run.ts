import { setFlagsFromString } from "node:v8";
import { findNginx, howToGetNginx, minimumNginx, type NginxChoice } from "../../local/nginx";
import type { Evaluation } from "../../local/program";
import { evaluationOf } from "../evaluation/options";
import { describeFailure, exitCodeOf } from "../failure";
import { screenOf, type Screen } from "../screen";
import { explainUnwritable } from "../serving";
import { wrap } from "../text";
import { moveByHand, movesOf } from "./deployments";
import { runProbes } from "./runProbes";
import { evaluateQuietly, evaluateProgram } from "./evaluateProgram";
import { jsonReporter } from "./jsonReporter";
import { Lifetime } from "./lifetime";
import type { LocalOptions } from "./options";
import type { CheckedPath } from "./checkedPaths";
import { type Probe, probesFor } from "./probes";
import type { Reporter } from "./reporter";
import { reloadOnChange, watchedFolders } from "./reload";
import { screenReporter } from "./screenReporter";
import { serveProgram } from "./serveProgram";
import { ProtocolTrace } from "./protocolTrace";

/** Longest time that `--check` may take as a whole. */
const checkSeconds = 60;

/** Runs `hopwise local`. Returns the exit code; nothing that it started is left by then. */
export async function runLocal(options: LocalOptions): Promise<number> {
  const lifetime = new Lifetime();
  if (options.check) lifetime.endAfter(checkSeconds, "hopwise local --check");
  const screen = screenOf();
  // With JSON on standard output everything else would be in its way.
  const shown: Screen = options.json ? { ...screen, live: false, print: () => undefined } : screen;
  const reporter = options.json
    ? jsonReporter((line) => process.stdout.write(line))
    : screenReporter(screen, options.verbose ?? false);
  try {
    return await run(options, lifetime, shown, reporter);
  } catch (error) {
    const said = explainUnwritable(error, options.program);
    process.stderr.write(`${describeFailure(said)}\n`);
    return exitCodeOf(error);
  } finally {
    reporter.end();
    await lifetime.close();
  }
}

async function run(
  options: LocalOptions,
  lifetime: Lifetime,
  screen: Screen,
  reporter: Reporter,
): Promise<number> {
  const { port, callerAddress, securityGroups, upstream, run: commands, verbose = false } = options;
  const nginx = await chooseNginx(options);
  const evaluating = evaluationOf(options);
  const { projectDir } = evaluating;
  const program = await evaluateProgram(evaluating, screen, verbose);
  if (nginx === "embedded" && !options.embeddedOrigin) printNginxMissing(screen);

  collectOften();
  // Only for the requests of a check: a server that runs for days would keep all of them.
  const trace = options.check ? new ProtocolTrace() : undefined;
  const served = await serveProgram(program, {
    projectDir,
    port,
    callerAddress,
    securityGroups,
    nginx,
    upstreams: upstream,
    commands,
    onEvent: (event) => {
      trace?.onEvent(event);
      reporter.event(event);
    },
  });
  lifetime.onClose(() => served.close());
  reporter.serving(program, served);
  const probes = probesOf(served.checked);

  if (trace) {
    const moves = movesOf(served.deployments, served.checked);
    const ofMoves = moves.flatMap((move) => move.probes);
    reporter.checking([...probes, ...ofMoves]);
    const check = (some: readonly Probe[]): Promise<number> =>
      runProbes(some, served.caFile, trace, (verdict) => {
        reporter.verdict(verdict);
      });
    let bad = await check(probes);
    for (const move of moves) {
      await served.moveDeployment(move.service, move.at);
      bad += await check(move.probes);
    }
    const count = probes.length + ofMoves.length;
    reporter.checked(count, bad, served.unchecked);
    return bad === 0 && count > 0 ? 0 : 1;
  }

  if (options.watch) {
    const evaluate = (signal: AbortSignal): Promise<Evaluation> =>
      evaluateQuietly({ ...evaluating, signal });
    const folders = watchedFolders(projectDir, program);
    const reload = await reloadOnChange({ folders, program, served, evaluate, reporter });
    lifetime.onClose(() => reload.close());
  }
  reporter.ready(served, probes, options.watch ?? false);
  if (served.deployments.length > 0) lifetime.onClose(moveByHand(served, reporter));
  await lifetime.untilInterrupted();
  return 0;
}

/** The probes of all paths; with several paths each title names its path. */
export function probesOf(checked: readonly CheckedPath[]): Probe[] {
  const several = new Set(checked.filter(({ example }) => !example).map(({ of }) => of)).size > 1;
  return checked.flatMap(({ of, path, places, example }) =>
    probesFor(path, places, example).map((probe) =>
      !several && !example ? probe : { ...probe, title: `${of}: ${probe.title}` },
    ),
  );
}

/**
 * Collects garbage before as much of it has come together as a server would let: this process shares
 * a laptop with the program's own. Measured, a quarter less memory under load for a thirtieth of the
 * requests.
 */
function collectOften(): void {
  setFlagsFromString("--heap-growing-percent=140");
}

/** Real nginx where there is one and nobody said otherwise. */
async function chooseNginx({ embeddedOrigin }: LocalOptions): Promise<NginxChoice> {
  return embeddedOrigin ? "embedded" : ((await findNginx()) ?? "embedded");
}

function printNginxMissing(screen: Screen): void {
  const text =
    `No nginx ${minimumNginx} or newer here: a small origin of the same protocol behaviour ` +
    "answers instead.";
  wrap(text, screen.width - 2).forEach((line, i) => {
    screen.print(`${i === 0 ? screen.style("yellow", screen.signs.warn) : " "} ${line}`);
  });
  for (const line of howToGetNginx().split("\n"))
    for (const part of wrap(line, screen.width - 2)) screen.print(`  ${screen.style("dim", part)}`);
}
