/** What is wrong with the arguments of the tasks. Plain values to plain values. */
import { defaults } from "../../path/defaults";
import { egressProblems } from "../../path/egress";
import { fargateProblem, tmpLimit } from "../../path/fargate";
import { checkTimesProblem } from "../../path/healthChecks";
import { secretReference } from "../../path/secrets";
import { repeatedVariables } from "../../path/taskDefinitions";
import type { PathPlanArgs } from "./pathPlan";

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
    ...variableProblems(service?.app),
    ...(grpcCheck === undefined ? [] : grpcCheckProblems(service, grpcCheck)),
    ...healthCheckProblems(service),
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

function fargateProblems(service: Service): string[] {
  const problem = fargateProblem(
    service?.cpu ?? defaults.service.cpu,
    service?.memory ?? defaults.service.memory,
  );
  return problem === undefined ? [] : [`service.cpu and service.memory: ${problem}`];
}

function tmpProblems(service: Service): string[] {
  const memory = service?.memory ?? defaults.service.memory;
  const containers = service?.app === undefined ? 1 : 2;
  const tmpMiB = service?.tmpMiB ?? defaults.service.tmpMiB;
  const most = tmpLimit(tmpMiB, { containers, memory });
  if (most === undefined) return [];
  return [
    `service.tmpMiB is ${tmpMiB}, and may be at most ${most} for each of ${containers} containers: ` +
      `/tmp is kept in memory, and half of service.memory (${memory}) stays for the processes.`,
  ];
}

function variableProblems(app: NonNullable<Service>["app"]): string[] {
  const { environment, secretEnvironment, secrets } = app ?? {};
  const repeated = repeatedVariables(environment, secretEnvironment, secrets);
  const unread = Object.entries(secrets ?? {}).filter(
    ([, from]) => typeof from === "string" && secretReference(from) === undefined,
  );
  return [
    ...repeated.map(
      (variable) =>
        `The environment variable ${variable} of service.app has two values: name it in one of ` +
        `environment, secretEnvironment and secrets.`,
    ),
    ...unread.map(
      ([variable]) =>
        `service.app.secrets.${variable}: expected secretsmanager:NAME, secretsmanager:NAME:KEY, ` +
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
