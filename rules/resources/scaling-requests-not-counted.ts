import { block, blocks, text } from "../../topology/props";
import { isAbout } from "../../topology/scaling";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

const targetTracking =
  "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html";

export const scalingRequestsNotCounted = stackRule({
  code: "scaling-requests-not-counted",
  severity: "warning",
  holds: "A policy that follows requests counts those of the service that it scales.",
  fix: "Let resourceLabel of the aws.appautoscaling.Policy name a target group in loadBalancers of the service, and its load balancer.",
  source:
    "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
  subjects: (stack) => stack.of(token.scalingPolicy),
  check: (policy, stack) => {
    const { urn, name, props } = policy;
    const tracking = block(props, "targetTrackingScalingPolicyConfiguration") ?? {};
    const metric = block(tracking, "predefinedMetricSpecification") ?? {};
    if (text(metric, "predefinedMetricType") !== "ALBRequestCountPerTarget") return undefined;
    const suffix = /targetgroup\/.*$/.exec(text(metric, "resourceLabel") ?? "")?.[0];
    if (suffix === undefined) return undefined;
    const service = stack
      .of(token.service)
      .find((one) => isAbout({ inputs: props, outputs: props, props }, one));
    if (service === undefined) return undefined;
    const groups = blocks(service.props, "loadBalancers");
    const [own] = groups.filter((one) => text(one, "targetGroupArn")?.endsWith(`:${suffix}`));
    if (own === undefined)
      return {
        urn,
        message: `${name} scales the service ${service.name} by requests to ${suffix}, which is none of the service's target groups: the number of its tasks does not follow their load.`,
        fix: `Let resourceLabel of the aws.appautoscaling.Policy ${name} name a target group in loadBalancers of the aws.ecs.Service ${service.name}.`,
      };
    const controller = block(service.props, "deploymentController") ?? {};
    const twoGroups =
      text(controller, "type") === "CODE_DEPLOY" || block(own, "advancedConfiguration");
    if (!twoGroups) return undefined;
    return {
      urn,
      message: `${name} scales the service ${service.name} by requests to ${suffix}, and a blue/green deployment moves the requests to the service's other target group: they are no longer counted.`,
      fix: `Follow CPU or memory instead in the aws.appautoscaling.Policy ${name}: AWS does not support ALBRequestCountPerTarget with blue/green deployments.`,
      settings: "Replace service.scaling.requestsPerTarget by cpuPercent or memoryPercent.",
      source: targetTracking,
    };
  },
});
