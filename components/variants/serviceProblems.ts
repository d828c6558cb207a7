/** What is wrong with the arguments of the tasks. Plain values to plain values. */
import { defaults } from "../../path/defaults";
import { egressProblems } from "../../path/egress";
import { execNeedsWritableRoot, execReaches } from "../../path/exec";
import { fargateProblem, tmpLimit } from "../../path/fargate";
import { checkTimesProblem } from "../../path/healthChecks";
import { secretReference } from "../../path/secrets";
import { repeatedVariables } from "../../path/taskDefinitions";
import type { PathPlanArgs } from "./pathPlan";

type Service = PathPlanArgs["service"];

/** Every problem of `service`, one text each. */
export function serviceProblems(args: PathPlanArgs): string[] {
  const { service } = args;
  return [
    ...fargateProblems(service),
    ...tmpProblems(service),
    ...variableProblems(service?.app),
    ...healthCheckProblems(service),
    ...execProblems(service),
    ...egressTexts(args),
  ];
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
  if (service?.exec === undefined || execReaches([service.app])) return [];
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

function egressTexts(args: PathPlanArgs): string[] {
  const { endpointSecurityGroupId } = args.placement ?? {};
  const route = endpointSecurityGroupId === undefined ? "unknown" : "endpoints";
  return egressProblems(args.service?.egress, route).map(
    ({ entry, expected }) =>
      `service.egress${entry === undefined ? "" : `[${entry}]`}: expected ${expected}.`,
  );
}
