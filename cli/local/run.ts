import { resolve } from "node:path";
import { findNginx, howToGetNginx, minimumNginx, type NginxChoice } from "../../local/nginx";
import { describeFailure, exitCodeOf } from "../failure";
import { screenOf, type Screen } from "../screen";
import { count, wrap } from "../text";
import { check } from "./check";
import { evaluateProgram } from "./evaluateProgram";
import { eventLines } from "./events";
import { Lifetime } from "./lifetime";
import type { LocalOptions } from "./options";
import {
  describe,
  heading,
  printDead,
  printNotes,
  printPath,
  printTries,
  printWarnings,
  warningsOf,
} from "./present";
import { worthSeeing } from "./probes";
import { serveProgram } from "./serveProgram";
import { Trail } from "./trail";

/** Longest time that `--check` may take as a whole. */
const checkSeconds = 60;

/** Runs `hopwise local`. Returns the exit code; nothing that it started is left by then. */
export async function runLocal(options: LocalOptions): Promise<number> {
  const lifetime = new Lifetime();
  if (options.check) lifetime.endAfter(checkSeconds, "hopwise local --check");
  try {
    return await run(options, lifetime, screenOf());
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    return exitCodeOf(error);
  } finally {
    await lifetime.close();
  }
}

async function run(options: LocalOptions, lifetime: Lifetime, screen: Screen): Promise<number> {
  const { stack, verbose = false } = options;
  const projectDir = resolve(options.project);
  const nginx = await chooseNginx(options);
  const program = await evaluateProgram(projectDir, stack, screen, verbose);
  if (nginx === "embedded" && !options.embeddedOrigin) printNginxMissing(screen);

  const trail = new Trail();
  // Events are shown only once the path stands on the screen.
  let showing = false;
  const served = await serveProgram(program, {
    projectDir,
    stack,
    port: options.port,
    callerAddress: options.callerAddress,
    nginx,
    onEvent: (event) => {
      trail.onEvent(event);
      if (showing) for (const line of eventLines(event, screen, verbose)) screen.print(line);
    },
  });
  lifetime.onClose(() => served.close());

  const described = describe(program.outputs, served.path);
  printPath(stack, described, screen);
  printWarnings(warningsOf(program, described.findings), screen);
  printDead(program.account.review(), screen);
  printNotes(served.notes, screen);
  const probes = worthSeeing(served.path, served.places);

  if (options.check) {
    showing = verbose;
    heading("Requests", screen);
    const bad = await check(probes, served.caFile, trail, screen);
    screen.print();
    screen.print(
      bad === 0
        ? screen.style(
            "green",
            `All ${count(probes.length, "request")} got what the path's rules say.`,
          )
        : screen.style("red", `${bad} of ${count(probes.length, "request")} got something else.`),
    );
    return bad === 0 ? 0 : 1;
  }

  printTries(probes, served.caFile, screen);
  heading(`Serving ${served.url}`, screen);
  screen.print(screen.style("dim", "  Requests show below, hop by hop. Ctrl-C ends it."));
  screen.print();
  showing = true;
  await lifetime.untilInterrupted();
  showing = false;
  return 0;
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
