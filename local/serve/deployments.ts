/**
 * The deployments of ECS that shift requests, step by step. ECS's timing, alarms and hooks are not
 * imitated: the person who serves the stack moves it from step to step.
 */
import { isDeepStrictEqual } from "node:util";
import { shiftSteps } from "../../path/deployments";
import type {
  ListenerAction,
  LoadBalancer,
  Service,
  ServiceTarget,
  TargetGroup,
  Topology,
} from "../../topology/types";

/** Where a deployment is: how many percent of the viewers' requests the new tasks get. */
export interface DeploymentStep {
  /** `before`: only the old tasks run. `started`: the new ones run, and take tests. */
  readonly stage: "before" | "started" | "shifting" | "all";
  readonly percent: number;
}

/** A service with two target groups, and where its deployment is. */
export interface ServedDeployment {
  /** Name of the service. */
  readonly service: string;
  readonly steps: readonly DeploymentStep[];
  /** Index of the current step. */
  readonly at: number;
}

/** The old and the new tasks of one service. */
interface State {
  /** What the old tasks run. */
  readonly blue: Service;
  /** What the new ones run: the same, until the program changes. */
  readonly green: Service;
  /** True while the old tasks are in the second target group. */
  readonly swapped: boolean;
  readonly at: number;
}

/** True for a service whose deployments shift requests between two target groups. */
const shifts = ({ shift, targets }: Service): boolean =>
  shift !== undefined && targets.some(({ alternate }) => alternate !== undefined);

/** The name of the second group's tasks, by which options name their containers. */
export const secondName = ({ name }: Pick<Service, "name">): string => `${name}-green`;

/** The steps of a service, from before a deployment to the end of it. */
function stepsOf({ shift }: Service): DeploymentStep[] {
  if (shift === undefined) return [];
  return [
    { stage: "before", percent: 0 },
    { stage: "started", percent: 0 },
    ...shiftSteps(shift).map(({ percent }): DeploymentStep => ({
      stage: percent === 100 ? "all" : "shifting",
      percent,
    })),
  ];
}

/** The deployments of what is served. */
export class Deployments {
  /** By ARN of the service. */
  private states = new Map<string, State>();
  private before = this.states;

  /** Takes a program over: one whose tasks change is deployed, and stops at the first step. */
  adopt({ services }: Topology): void {
    this.before = this.states;
    const next = services.filter(shifts).map((service): [string, State] => {
      const state = this.states.get(service.arn);
      if (state === undefined)
        return [service.arn, { blue: service, green: service, swapped: false, at: 0 }];
      if (sameTasks(state.green, service))
        return [
          service.arn,
          { ...state, green: service, blue: sameTasks(state.blue, service) ? service : state.blue },
        ];
      // The deployment before this one ends where all requests are at its new tasks.
      const done = state.at === stepsOf(state.green).length - 1;
      const blue = done ? state.green : state.blue;
      return [service.arn, { blue, green: service, swapped: state.swapped !== done, at: 1 }];
    });
    this.states = new Map(next);
  }

  /** Moves a deployment to one of its steps; 0 is also the way back. */
  move(service: string, at: number): void {
    this.before = this.states;
    this.states = new Map(
      [...this.states].map(([arn, state]) => {
        const last = stepsOf(state.green).length - 1;
        const here = state.green.name === service;
        return [arn, here ? { ...state, at: Math.min(Math.max(at, 0), last) } : state];
      }),
    );
  }

  /** Reverts the last `adopt` or `move`. */
  revert(): void {
    this.states = this.before;
  }

  /** Where each deployment is. */
  get all(): ServedDeployment[] {
    return [...this.states.values()].map(({ green, at }) => ({
      service: green.name,
      steps: stepsOf(green),
      at,
    }));
  }

  /** What is to run at this point, with the weights that ECS would set. */
  apply(topology: Topology): Topology {
    let applied = topology;
    for (const [arn, state] of this.states) applied = atStep(applied, arn, state);
    return applied;
  }
}

/** True where two services run the same containers. */
const sameTasks = (one: Service, other: Service): boolean =>
  isDeepStrictEqual(one.containers, other.containers);

function atStep(topology: Topology, arn: string, state: State): Topology {
  const { blue, green, swapped, at } = state;
  const step = stepsOf(green)[at];
  if (step === undefined) return topology;
  const running = step.stage !== "before";
  const old = inGroup(blue, arn, swapped);
  const services = topology.services.flatMap((service) => {
    if (service.arn !== arn) return [service];
    return running ? [old, inGroup(green, arn, !swapped)] : [old];
  });
  let { loadBalancers, targetGroups } = topology;
  for (const { alternate, targetGroupArn } of green.targets) {
    if (alternate === undefined) continue;
    const pair = [targetGroupArn, alternate.targetGroupArn] as const;
    const [from, to] = swapped ? ([pair[1], pair[0]] as const) : pair;
    const weights = (percent: number) => [
      { arn: from, weight: 100 - percent },
      { arn: to, weight: percent },
    ];
    loadBalancers = loadBalancers.map((one) =>
      withWeights(
        withWeights(one, alternate.productionRuleArn, weights(step.percent)),
        alternate.testRuleArn ?? "",
        weights(running ? 100 : 0),
      ),
    );
    targetGroups = new Map(
      [...targetGroups].map(([key, group]): [string, TargetGroup] => {
        if (key === from) return [key, { ...group, revision: "blue" }];
        return [key, key === to ? { ...group, revision: "green" } : group];
      }),
    );
  }
  return { ...topology, services, loadBalancers, targetGroups };
}

/** A service as it runs in one of its two target groups. */
function inGroup(service: Service, arn: string, second: boolean): Service {
  if (!second) return { ...service, arn };
  const targets = service.targets.map(({ alternate, ...target }): ServiceTarget => ({
    ...target,
    targetGroupArn: alternate?.targetGroupArn ?? target.targetGroupArn,
  }));
  return { ...service, arn: `${arn}#second`, name: secondName(service), of: service.name, targets };
}

function withWeights(
  loadBalancer: LoadBalancer,
  ruleArn: string,
  groups: Extract<ListenerAction, { type: "forward" }>["groups"],
): LoadBalancer {
  const listeners = loadBalancer.listeners.map((listener) => ({
    ...listener,
    rules: listener.rules.map((rule) =>
      rule.arn === ruleArn && rule.action.type === "forward"
        ? { ...rule, action: { ...rule.action, groups } }
        : rule,
    ),
  }));
  return { ...loadBalancer, listeners };
}
