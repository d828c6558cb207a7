/** Rules about a service's own inputs. */
import { serviceCapacityRules } from "./ecsCapacity";
import { booleanAt, numberAt, textAt } from "../props";
import { Props } from "../types";
import { matchesPattern, oneOf, range, InputRule, when } from "../rules";

const guide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const createPage =
  "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html";
const invalid = "InvalidParameterException";

/** Whether ECS moves tasks between zones, which is the default of new services where it can. */
export function canRebalance(inputs: Props): boolean {
  const most = numberAt(inputs, "deploymentMaximumPercent");
  const controller = textAt(inputs, "deploymentController.type");
  return (
    (most === undefined || most > 100) &&
    textAt(inputs, "schedulingStrategy") !== "DAEMON" &&
    controller !== "EXTERNAL"
  );
}

export const serviceInputRules: InputRule[] = [
  ...serviceCapacityRules,
  matchesPattern(
    "name",
    /^[A-Za-z0-9_-]{1,255}$/,
    "made of letters, digits, hyphens and underscores",
    {
      code: invalid,
      source: createPage,
    },
  ),
  oneOf("launchType", ["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"], {
    code: invalid,
    source: createPage,
  }),
  oneOf("schedulingStrategy", ["REPLICA", "DAEMON"], { code: invalid, source: createPage }),
  oneOf("availabilityZoneRebalancing", ["ENABLED", "DISABLED"], {
    code: invalid,
    source: createPage,
  }),
  range("desiredCount", 0, 5000, { code: invalid, source: createPage }),
  range("healthCheckGracePeriodSeconds", 0, 2147483647, { code: invalid, source: createPage }),
  range("deploymentMinimumHealthyPercent", 0, 100, { code: invalid, source: createPage }),
  range("deploymentMaximumPercent", 100, 10000, { code: invalid, source: createPage }),
  when(
    (inputs) =>
      numberAt(inputs, "deploymentMinimumHealthyPercent") === 100 &&
      numberAt(inputs, "deploymentMaximumPercent") === 100,
    "deploymentMaximumPercent",
    {
      code: invalid,
      say: "With 100 as minimum and as maximum no task can be stopped or started: the deployment could not move.",
      source: createPage,
    },
  ),
  when(
    (inputs) =>
      textAt(inputs, "availabilityZoneRebalancing") === "ENABLED" && !canRebalance(inputs),
    "availabilityZoneRebalancing",
    {
      code: invalid,
      say: "Availability Zone rebalancing does not support maximumPercent <= 100, the DAEMON strategy, or the EXTERNAL controller.",
      source: `${guide}/service-rebalancing.html`,
    },
  ),
  when(
    (inputs) => {
      const breaker = booleanAt(inputs, "deploymentCircuitBreaker.enable") === true;
      const controller = textAt(inputs, "deploymentController.type");
      return breaker && controller !== undefined && controller !== "ECS";
    },
    "deploymentCircuitBreaker",
    {
      code: invalid,
      say: "The deployment circuit breaker works with the ECS deployment controller only.",
      source: `${guide}/deployment-circuit-breaker.html`,
    },
  ),
  when((inputs) => textAt(inputs, "launchType") === "FARGATE" && "iamRole" in inputs, "iamRole", {
    code: invalid,
    say: "You cannot specify an IAM role for services that require a service linked role.",
    source: createPage,
  }),
];
