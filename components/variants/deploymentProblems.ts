/** What is wrong with how a service is deployed. Plain values to plain values. */
import {
  deploymentBounds,
  hasSecondGroup,
  hookStages,
  rollbackOf,
  shiftOf,
} from "../../path/deployments";
import { parseCidr } from "../../path/networks";
import { rollbackMinutes } from "../../path/rollbackAlarms";
import type { PathSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { findingOf } from "../../rules/found";
import {
  deploymentFasterThanAlarms,
  fasterThanAlarms,
} from "../../rules/resources/deployment-faster-than-alarms";
import type { DeploymentArgs } from "../service/deployment";
import type { PathPlanArgs, ServicePlanArgs } from "./planArgs";

/** Every problem of `service.deployment`, one text each. */
export function deploymentProblems(
  service: ServicePlanArgs | undefined,
  { edge, listener }: PathSpec,
  grpcSpec: PathSpec | undefined,
): string[] {
  const { deployment } = service ?? {};
  const { testPort, testCidrs = [] } = deployment ?? {};
  const taken = listener.redirectsHttp ? [listener.port, 80] : [listener.port];
  return [
    ...ownProblems("service.deployment", deployment),
    ...scalingProblems("service", service),
    ...(testPort !== undefined && testCidrs.length === 0
      ? [
          "service.deployment.testPort is closed to everybody: list who tests in " +
            "service.deployment.testCidrs, such as 203.0.113.0/24.",
        ]
      : []),
    ...(edge !== undefined && testCidrs.some((cidr) => parseCidr(cidr)?.prefix === 0)
      ? [
          "service.deployment.testCidrs admits everybody past CloudFront, without the secret header: " +
            "list the ranges of those who test, such as 203.0.113.0/24.",
        ]
      : []),
    ...(testPort === undefined && testCidrs.length > 0
      ? [
          "service.deployment.testCidrs has no effect without service.deployment.testPort: name a " +
            "port, such as 8443, or leave it out.",
        ]
      : []),
    ...(testPort !== undefined && taken.includes(testPort)
      ? [
          `service.deployment.testPort is ${testPort}, on which the load balancer already listens for ` +
            "viewers: choose another port, such as 8443.",
        ]
      : []),
    ...(hasSecondGroup(deployment) && grpcSpec?.target.protocolVersion === "GRPC"
      ? [
          "service.deployment cannot shift requests here: grpc.services gives the service a target " +
            "group for gRPC of its own, and AWS does not document deployments of two kinds of " +
            "requests at once. Set service.deployment.strategy to rolling, or make the gRPC services " +
            "one of `services`, with protocol grpc.",
        ]
      : []),
  ];
}

/** The same for a service that gets some of the requests, by as many rules as it has routes. */
export function serviceDeploymentProblems(
  at: string,
  service: ServicePlanArgs | undefined,
  routes: number,
): string[] {
  const { deployment } = service ?? {};
  const key = `${at}.deployment`;
  return [
    ...ownProblems(key, deployment),
    ...scalingProblems(at, service),
    ...(deployment?.testPort === undefined && deployment?.testCidrs === undefined
      ? []
      : [
          `${key}.testPort and testCidrs are for \`service\` only: the listener for tests leads to its ` +
            "new tasks. Leave them out.",
        ]),
    ...(hasSecondGroup(deployment) && routes !== 1
      ? [
          `${key} cannot shift requests of ${routes} listener rules: ECS changes the weights of one ` +
            `rule. Give ${at} one path or host, or set ${key}.strategy to rolling.`,
        ]
      : []),
  ];
}

/** What the rules say of the deployments of a path's services. */
export function deploymentFindings(
  name: string,
  { service, services = {} }: Pick<PathPlanArgs, "service" | "services">,
): Finding[] {
  return [
    ...findingsOf(name, "service", service?.deployment),
    ...Object.entries(services).flatMap(([key, { deployment }]) =>
      findingsOf(`${name}-${key}`, `services.${key}`, deployment),
    ),
  ];
}

/** Where the service's own alarms are all that ECS goes back by: others may be faster. */
function findingsOf(name: string, key: string, deployment: DeploymentArgs | undefined): Finding[] {
  const shift = shiftOf(deployment);
  const others = deployment?.rollbackAlarms ?? [];
  if (shift === undefined || rollbackOf(deployment) === undefined || others.length > 0) return [];
  const fault = fasterThanAlarms(name, shift, rollbackMinutes, key);
  return fault ? [findingOf(deploymentFasterThanAlarms, fault, true)] : [];
}

function ownProblems(key: string, deployment: DeploymentArgs = {}): string[] {
  const { hooks = [], testPort } = deployment;
  const { minutes, canaryPercent, stepPercent, errorPercent, errors } = deploymentBounds;
  const bounds = [
    ["bakeMinutes", deployment.bakeMinutes, minutes],
    ["stepMinutes", deployment.stepMinutes, minutes],
    ["canaryPercent", deployment.canaryPercent, canaryPercent],
    ["stepPercent", deployment.stepPercent, stepPercent],
    ["rollback.errorPercent", deployment.rollback?.errorPercent, errorPercent],
    ["rollback.errors", deployment.rollback?.errors, errors],
  ] as const;
  return [
    ...bounds.flatMap(([name, value, { least, most }]) => {
      const fits = value === undefined || (value >= least && value <= most);
      return fits
        ? []
        : [`${key}.${name} is ${value}: expected a number from ${least} to ${most}.`];
    }),
    ...(hooks.length > 0 && shiftOf(deployment) === undefined
      ? [
          `${key}.hooks has no effect with strategy rolling: set ${key}.strategy to blue-green, linear ` +
            "or canary, or leave it out.",
        ]
      : []),
    ...(testPort !== undefined && !hasSecondGroup(deployment)
      ? [
          `${key}.testPort has no effect with strategy rolling: set ${key}.strategy to blue-green, ` +
            "linear or canary, or leave it out.",
        ]
      : []),
    ...hooks.flatMap(({ functionArn, stages }, i) => [
      ...(typeof functionArn === "string" && !/^arn:[^:]+:lambda:/.test(functionArn)
        ? [`${key}.hooks[${i}].functionArn: expected the ARN of a Lambda function.`]
        : []),
      ...(stages.length > 0 && stages.every((stage) => hookStages.includes(stage))
        ? []
        : [`${key}.hooks[${i}].stages: expected one or more of ${hookStages.join(", ")}.`]),
    ]),
  ];
}

/**
 * Requests are counted for one target group, and the tasks change theirs.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
function scalingProblems(at: string, service: ServicePlanArgs = {}): string[] {
  const { deployment, scaling } = service;
  if (scaling?.requestsPerTarget === undefined || !hasSecondGroup(deployment)) return [];
  return [
    `${at}.scaling.requestsPerTarget cannot be used with two target groups (${at}.deployment): AWS does ` +
      `not support that metric then. Scale by ${at}.scaling.cpuPercent, or deploy with rolling.`,
  ];
}
