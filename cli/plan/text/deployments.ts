/** Deployments that shift requests: what happens when, who tests, what requests get meanwhile. */
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { countText, wrap } from "../../text";
import type { Plan, PlanDeployment } from "../types";

/** Prints each deployment; nothing where new tasks replace old ones in place and no alarm ends that. */
export function printDeployments({ deployments, rollbacks }: Plan, screen: Screen): void {
  const inPlace = rollbacks.filter(({ service }) =>
    deployments.every((deployment) => deployment.service !== service),
  );
  const all = [
    ...deployments.map((one) => [...sentences(one), goingBack(one.service, rollbacks)]),
    ...inPlace.map(({ service }) => [`${service}: rolling.`, goingBack(service, rollbacks)]),
  ];
  if (all.length === 0) return;
  heading("Deployments", screen);
  for (const texts of all)
    texts.forEach((sentence, i) => {
      wrap(sentence, screen.width - 4).forEach((line, j) => {
        const sign = i + j === 0 ? screen.signs.dot : " ";
        screen.print(`  ${sign} ${i === 0 ? line : screen.style("dim", line)}`);
      });
    });
}

/** What is said of one deployment, the steps first. */
function sentences(deployment: PlanDeployment): string[] {
  const { service, strategy, steps, minutes, targetGroups, furtherTasks, test } = deployment;
  const shares = steps.map((step, i) =>
    i === steps.length - 1
      ? `all requests, and the old tasks run on for ${step.minutes} min`
      : `${step.percent} % for ${step.minutes} min`,
  );
  const { length } = shares;
  const shown =
    length > 4 ? [...shares.slice(0, 2), `… (${length} steps)`, shares[length - 1]] : shares;
  return [
    `${service}: ${strategy}. New tasks get ${shown.join(", then ")}: ${minutes} min in all, in addition to starting them.`,
    `${countText(furtherTasks, "further task")} ${furtherTasks === 1 ? "runs" : "run"} meanwhile, and ${furtherTasks === 1 ? "is" : "are"} paid for. The target groups ${targetGroups.join(" and ")} take turns.`,
    test === undefined
      ? "No listener leads to the new tasks before viewers do."
      : `Tests of the new tasks: port ${test.port}, for ${test.who}.`,
    answers(deployment),
  ];
}

function goingBack(service: string, rollbacks: Plan["rollbacks"]): string {
  const found = rollbacks.find((one) => one.service === service);
  if (found === undefined) return "No alarm makes ECS go back.";
  return `If one of these alarms fires meanwhile, ECS goes back: ${found.alarms.join(", ")}.`;
}

function answers({ requests }: PlanDeployment): string {
  const [first] = requests;
  if (first === undefined) return "What requests get meanwhile is not known.";
  const differing = requests.filter((request) => request.old !== request.new);
  if (differing.length === 0) return "At each step requests get the same from old and new tasks.";
  const all = differing.map(
    (one) => `${one.title}: ${one.old} from old tasks, ${one.new} from new ones`,
  );
  return `Old and new tasks do not answer alike. ${all.join("; ")}.`;
}
