/** The deployments of a served program: moved by a person, or step by step in a check. */
import { createInterface } from "node:readline";
import type { DeploymentStep, ServedDeployment } from "../../local/serve/deployments";
import { describeFailure } from "../failure";
import type { CheckedPath } from "./checkedPaths";
import { type Probe, probesFor } from "./probes";
import type { Reporter } from "./reporter";
import type { ServedProgram } from "./serveProgram";

/** Requests that are sent at a step at which both old and new tasks answer. */
const sharedTimes = 20;

/** A step in words: `5 % to the new tasks`. */
export function stepText({ stage, percent }: DeploymentStep): string {
  switch (stage) {
    case "before":
      return "before: all requests to the old tasks (blue)";
    case "started":
      return "new tasks (green) started: viewers still get the old ones (blue)";
    case "shifting":
      return `${percent} % of the requests to the new tasks (green)`;
    case "all":
      return "all requests to the new tasks (green)";
  }
}

/** One move of a check: where the deployment goes, and the requests that are then made. */
interface Move {
  readonly service: string;
  readonly at: number;
  readonly probes: readonly Probe[];
}

/** Every step of every deployment, and the way back from the last one. */
export function movesOf(
  deployments: readonly ServedDeployment[],
  checked: readonly CheckedPath[],
): Move[] {
  return deployments.flatMap(({ service, steps }) => {
    const own = checked.filter((path) => path.service === service);
    const order = [...steps.keys(), 0];
    return order.map((at, i): Move => {
      const step = steps[at] ?? { stage: "before", percent: 0 };
      const back = i > 0 && at === 0;
      const title = back ? "rolled back" : shortText(step);
      const probes = own.flatMap((path) => probesAt(path, step, `${service}, ${title}`));
      return { service, at, probes };
    });
  });
}

/** A viewer's first request of a path that reaches the tasks, and whose may answer it. */
function probesAt(
  { path, places, forTests, of }: CheckedPath,
  step: DeploymentStep,
  title: string,
): Probe[] {
  const [first] = probesFor(path, places, true).filter(({ expected }) => expected.reaches);
  if (first === undefined) return [];
  const shared = step.stage === "shifting" && forTests !== true;
  const green = forTests === true ? step.stage !== "before" : step.percent > 0;
  return [
    {
      ...first,
      title: forTests === true ? `${title}, a test of ${of}` : `${title}: ${first.title}`,
      ...(shared && { times: sharedTimes }),
      revisions: shared ? ["blue", "green"] : [green ? "green" : "blue"],
    },
  ];
}

function shortText({ stage, percent }: DeploymentStep): string {
  return { before: "before", started: "0 %", shifting: `${percent} %`, all: "100 %" }[stage];
}

/**
 * Reads what a person types: `next` and `back`, with the service's name where there are several.
 *
 * @returns ends the reading
 */
export function moveByHand(served: ServedProgram, reporter: Reporter): () => Promise<void> {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const [word = "", named] = line.trim().split(/\s+/);
    if (word === "") return;
    const { deployments } = served;
    const one = deployments.find(({ service }) => named === undefined || service === named);
    const last = (one?.steps.length ?? 1) - 1;
    const at = { next: Math.min((one?.at ?? 0) + 1, last), back: 0 }[word];
    if (one === undefined || at === undefined || (named === undefined && deployments.length > 1)) {
      const names = deployments.map(({ service }) => service).join(", ");
      const which = deployments.length > 1 ? `, and a service: ${names}` : "";
      reporter.event({ kind: "trouble", at: word, message: `type next or back${which}` });
      return;
    }
    served.moveDeployment(one.service, at).catch((error: unknown) => {
      reporter.notChanged(describeFailure(error));
    });
  });
  return () => {
    lines.close();
    process.stdin.destroy();
    return Promise.resolve();
  };
}
