/** The containers of a task: the order in which they start, and what each may take. */

import { hasNginx } from "./appSocket";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
export const dependencyConditions = ["START", "COMPLETE", "SUCCESS", "HEALTHY"] as const;

/** What a container waits for: another one started, ended, ended with 0, or passed its check. */
export type DependencyCondition = (typeof dependencyConditions)[number];

/** The page about dependencies. */
export const dependencyPage =
  "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html";

/** A container, as far as others wait for it. */
export interface StartNode {
  readonly name: string;
  /** The task ends when it does. @default true */
  readonly essential?: boolean;
  /** True if it has a health check. */
  readonly checked: boolean;
  /** Conditions by the name of the container that is waited for. */
  readonly dependsOn: Readonly<Record<string, string>>;
}

/** A dependency that ECS refuses. */
export interface DependencyProblem {
  /** The container that waits. */
  readonly container: string;
  /** The one that it waits for. */
  readonly on: string;
  /** Completes "expected". */
  readonly expected: string;
  readonly message: string;
}

/** What ECS refuses about the order in which containers start. */
export function dependencyProblems(containers: readonly StartNode[]): DependencyProblem[] {
  const named = new Map(containers.map((container) => [container.name, container]));
  const ofOne = (container: string, on: string, condition: string) => {
    const other = named.get(on);
    const problem = (expected: string, message: string) => [{ container, on, expected, message }];
    if (other === undefined)
      return problem(
        `the name of another container of the task: ${[...named.keys()].filter((name) => name !== container).join(", ")}`,
        `A container depends on '${on}', which does not exist.`,
      );
    if (condition === "HEALTHY" && !other.checked)
      return problem(
        `another condition than HEALTHY: ${on} has no health check of its own`,
        `A container waits until '${on}' is HEALTHY, which has no health check.`,
      );
    if (["COMPLETE", "SUCCESS"].includes(condition) && other.essential !== false)
      return problem(
        `another condition than ${condition}: ${on} is essential, and the task ends with it`,
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.",
      );
    if (reaches(on, container, named))
      return problem(
        `no circle: ${on} waits for ${container} too`,
        `The containers '${container}' and '${on}' wait for each other.`,
      );
    return [];
  };
  return containers.flatMap(({ name, dependsOn }) =>
    Object.entries(dependsOn).flatMap(([on, condition]) => ofOne(name, on, condition)),
  );
}

/** True if `from` waits for `to`, directly or through others. */
function reaches(
  from: string,
  to: string,
  named: ReadonlyMap<string, StartNode>,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  return Object.keys(named.get(from)?.dependsOn ?? {}).some((next) =>
    reaches(next, to, named, new Set([...seen, from])),
  );
}

/** A container next to nginx, as far as the rules about all of them need it. */
interface OwnContainer {
  /** Of the app: false if there is no nginx. */
  readonly behindNginx?: boolean;
  readonly essential?: boolean;
  readonly dependsOn?: Readonly<Record<string, string>>;
  readonly healthCheck?: { readonly command?: readonly string[] };
}

/** The containers of a service's tasks, in the order of the task definition. */
export function startNodes({
  app,
  sidecars = {},
}: {
  readonly app?: OwnContainer;
  readonly sidecars?: Readonly<Record<string, OwnContainer>>;
}): StartNode[] {
  const node = (name: string, container: OwnContainer): StartNode => ({
    name,
    essential: container.essential,
    checked: container.healthCheck?.command !== undefined,
    dependsOn: container.dependsOn ?? {},
  });
  return [
    ...(hasNginx(app) ? [{ name: "nginx", checked: false, dependsOn: nginxDependsOn(app) }] : []),
    ...(app === undefined ? [] : [node("app", app)]),
    ...Object.entries(sidecars).map(([name, sidecar]) => node(name, sidecar)),
  ];
}

/** What nginx waits for: the app, and where that has a check, that it passes. */
export function nginxDependsOn(
  app: Pick<OwnContainer, "healthCheck"> | undefined,
): Readonly<Record<string, DependencyCondition>> {
  if (app === undefined) return {};
  return { app: app.healthCheck?.command === undefined ? "START" : "HEALTHY" };
}

/** What containers may take together. */
export const limitKinds = ["cpu", "memory"] as const;

/**
 * The sum of what containers may take, if it is more than their task has.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function limitOverrun(
  kind: (typeof limitKinds)[number],
  containers: readonly { readonly cpu?: number; readonly memory?: number }[],
  task: number,
): number | undefined {
  const sum = containers.reduce((total, container) => total + (container[kind] ?? 0), 0);
  return sum > task ? sum : undefined;
}
