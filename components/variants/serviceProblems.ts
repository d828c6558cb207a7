/** What is wrong with the arguments of the tasks. Plain values to plain values. */
import { dependencyProblems, limitKinds, limitOverrun, startNodes } from "../../path/containers";
import { hasNginx } from "../../path/appSocket";
import { defaults } from "../../path/defaults";
import { egressProblems } from "../../path/egress";
import { execNeedsWritableRoot, execOn, execReaches } from "../../path/exec";
import { fargateProblem, tmpLimit } from "../../path/fargate";
import { checkTimesProblem } from "../../path/healthChecks";
import { secretReference } from "../../path/secrets";
import { volumeProblems } from "../../path/volumes";
import { repeatedVariables } from "../../path/taskDefinitions";
import type { OwnContainerArgs } from "../service/appArgs";
import type { PathPlanArgs } from "./planArgs";
import { scalingTexts } from "./scalingTexts";

type Service = PathPlanArgs["service"];

/**
 * Every problem of a service, one text each.
 *
 * @param key the argument that the service is, for the texts: `service`
 * @param grpcCheck the argument with the method that is checked instead of a path, where the
 *   service's group is for gRPC only
 */
export function serviceProblems(
  key: string,
  service: Service,
  placement: PathPlanArgs["placement"],
  grpcCheck?: string,
): string[] {
  return [
    ...fargateProblems(service),
    ...tmpProblems(service),
    ...scalingTexts(service),
    ...ownContainers(service).flatMap(([where, container]) => variableProblems(where, container)),
    ...sidecarProblems(service),
    ...permissionProblems(service),
    ...(grpcCheck === undefined ? [] : grpcCheckProblems(service, grpcCheck)),
    ...healthCheckProblems(service),
    ...execProblems(service),
    ...egressTexts(service, placement),
  ].map((problem) => problem.replace(/\bservice\./g, `${key}.`));
}

/** The stack's settings always have both paths. */
function grpcCheckProblems(service: Service, grpcCheck: string): string[] {
  const usual = defaults.service;
  const given: [string, string | undefined, string][] = [
    ["service.healthCheckPath", service?.healthCheckPath, usual.healthCheckPath],
    ["service.app.healthCheck.path", service?.app?.healthCheck?.path, usual.appHealthCheck.path],
  ];
  return given
    .filter(([, path, byDefault]) => path !== undefined && path !== byDefault)
    .map(
      ([argument]) =>
        `${argument} has no effect where all requests are gRPC: the load balancer calls the method ` +
        `${grpcCheck}. Set that, or leave it out.`,
    );
}

function healthCheckProblems(service: Service): string[] {
  if (service?.app === undefined) return [];
  const times = checkTimesProblem(service.app.healthCheck ?? {});
  return [
    // The stack's settings always have it.
    ...((service.healthCheckPath ?? defaults.service.healthCheckPath) ===
    defaults.service.healthCheckPath
      ? []
      : [
          `service.healthCheckPath has no effect with service.app, whose own path is checked: ` +
            `set service.app.healthCheck.path, or leave it out.`,
        ]),
    ...(times === undefined ? [] : [`service.app.healthCheck.timeout: expected ${times}.`]),
  ];
}

function execProblems(service: Service): string[] {
  const own = ownContainers(service).map(([, container]) => container);
  if (!execOn(service?.exec) || execReaches(own)) return [];
  return [
    `service.exec can run no command: ${execNeedsWritableRoot}. Set service.app.readOnlyRoot to ` +
      `false, or leave service.exec out.`,
  ];
}

function fargateProblems(service: Service): string[] {
  const problem = fargateProblem(
    service?.cpu ?? defaults.service.cpu,
    service?.memory ?? defaults.service.memory,
  );
  return problem === undefined ? [] : [`service.cpu and service.memory: ${problem}`];
}

function tmpProblems(service: Service): string[] {
  const memory = service?.memory ?? defaults.service.memory;
  const containers = (hasNginx(service?.app) ? 1 : 0) + ownContainers(service).length;
  const tmpMiB = service?.tmpMiB ?? defaults.service.tmpMiB;
  const most = tmpLimit(tmpMiB, { containers, memory });
  if (most === undefined) return [];
  return [
    `service.tmpMiB is ${tmpMiB}, and may be at most ${most} for each of ${containers} containers: ` +
      `/tmp is kept in memory, and half of service.memory (${memory}) stays for the processes.`,
  ];
}

/** The app and the sidecars, each with the argument that it is. */
function ownContainers(service: Service): [where: string, container: Partial<OwnContainerArgs>][] {
  const { app, sidecars = {} } = service ?? {};
  return [
    ...(app === undefined ? [] : [["service.app", app] as [string, Partial<OwnContainerArgs>]]),
    ...Object.entries(sidecars).map(([name, one]): [string, Partial<OwnContainerArgs>] => [
      `service.sidecars.${name}`,
      one,
    ]),
  ];
}

function sidecarProblems(service: Service): string[] {
  const { app, sidecars = {}, port = defaults.service.port } = service ?? {};
  const names = Object.keys(sidecars);
  const ports = [
    hasNginx(app) ? port : undefined,
    app?.port,
    ...Object.values(sidecars).map((one) => one.port),
  ];
  const listening = ports.filter((one) => one !== undefined);
  return [
    ...names
      .filter((name) => !/^(?!(?:nginx|app)$)[A-Za-z0-9_-]{1,64}$/.test(name))
      .map(
        (name) =>
          `service.sidecars.${name}: expected a name of up to 64 letters, digits, _ and -, not nginx or app.`,
      ),
    ...dependencyProblems(startNodes({ app, sidecars })).map(
      ({ container, on, expected }) =>
        `service.${container === "app" ? "app" : `sidecars.${container}`}.dependsOn.${on}: expected ${expected}.`,
    ),
    ...(new Set(listening).size < listening.length
      ? ["Two containers of service listen on one port, and share a network: give each its own."]
      : []),
    ...limitKinds.flatMap((kind) => {
      const task = service?.[kind] ?? defaults.service[kind];
      const sum = limitOverrun(kind, Object.values(sidecars), task);
      if (sum === undefined) return [];
      return [
        `The ${kind} of service.sidecars is ${sum}, more than service.${kind} (${task}): raise that, or lower theirs.`,
      ];
    }),
  ];
}

function permissionProblems(service: Service): string[] {
  const { taskRoleStatements = [], volumes = {}, app, sidecars = {} } = service ?? {};
  const containers = startNodes({ app, sidecars }).map(({ name }) => name);
  return [
    ...taskRoleStatements.flatMap(({ actions, resources }, i) =>
      actions.length === 0 || resources.length === 0
        ? [`service.taskRoleStatements[${i}]: expected one or more actions and resources.`]
        : [],
    ),
    ...volumeProblems(volumes, containers).map(
      ({ volume, expected }) => `service.volumes.${volume}: expected ${expected}.`,
    ),
  ];
}

function variableProblems(
  where: string,
  { environment, secretEnvironment, secrets }: Partial<OwnContainerArgs>,
): string[] {
  const repeated = repeatedVariables(environment, secretEnvironment, secrets);
  const unread = Object.entries(secrets ?? {}).filter(
    ([, from]) => typeof from === "string" && secretReference(from) === undefined,
  );
  return [
    ...repeated.map(
      (variable) =>
        `The environment variable ${variable} of ${where} has two values: name it in one of ` +
        `environment, secretEnvironment and secrets.`,
    ),
    ...unread.map(
      ([variable]) =>
        `${where}.secrets.${variable}: expected secretsmanager:NAME, secretsmanager:NAME:KEY, ` +
        `ssm:NAME, or the ARN of a secret or parameter.`,
    ),
  ];
}

function egressTexts(service: Service, placement: PathPlanArgs["placement"]): string[] {
  const { endpointSecurityGroupId } = placement ?? {};
  const route = endpointSecurityGroupId === undefined ? "unknown" : "endpoints";
  return egressProblems(service?.egress, route).map(
    ({ entry, expected }) =>
      `service.egress${entry === undefined ? "" : `[${entry}]`}: expected ${expected}.`,
  );
}
