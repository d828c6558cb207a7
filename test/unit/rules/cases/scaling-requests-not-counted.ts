import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const suffix = arn.tasks.split(":").at(-1) ?? "";
const label = `app/alb/50dc6c495c0c9188/${suffix}`;
const other = "app/alb/50dc6c495c0c9188/targetgroup/other/0123456789abcdef";

const policy = (specification: object = {}, inputs: object = {}) =>
  resource("aws:appautoscaling/policy:Policy", "requests", {
    ...{ serviceNamespace: "ecs", resourceId: "service/main/web-3c4d5e6" },
    ...{ scalableDimension: "ecs:service:DesiredCount", policyType: "TargetTrackingScaling" },
    targetTrackingScalingPolicyConfiguration: {
      targetValue: 1000,
      predefinedMetricSpecification: {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: label,
        ...specification,
      },
    },
    ...inputs,
  });
const web = (inputs: object, scaling = policy()) =>
  plus(sound({ web: { name: "web-3c4d5e6", ...inputs } }), scaling);
const group = { containerName: "nginx", containerPort: 8080, targetGroupArn: arn.tasks };

export const cases: Case = {
  broken: {
    "another target group": [
      web({}, policy({ resourceLabel: other })),
      "requests",
      /targetgroup\/other.*none of the service's/,
    ],
    "a service without a load balancer": [
      web({ loadBalancers: [] }),
      "requests",
      /does not follow/,
    ],
    "blue/green deployments by CodeDeploy": [
      web({ deploymentController: { type: "CODE_DEPLOY" } }),
      "requests",
      /blue\/green.*no longer counted/,
    ],
    "blue/green deployments by ECS": [
      web({
        loadBalancers: [{ ...group, advancedConfiguration: { alternateTargetGroupArn: "arn:x" } }],
      }),
      "requests",
      /blue\/green/,
    ],
  },
  fine: {
    "the service's own": web({}),
    "CPU is followed": web({}, policy({ predefinedMetricType: "ECSServiceAverageCPUUtilization" })),
    "a service of another program": web(
      {},
      policy({ resourceLabel: other }, { resourceId: "service/main/other" }),
    ),
  },
  fix: "CPU is followed",
  unknown: {
    "the label": web({ loadBalancers: [] }, policy({ resourceLabel: unknown })),
    "the target groups": web({ loadBalancers: unknown }),
    "what is scaled": web({ loadBalancers: [] }, policy({}, { resourceId: unknown })),
  },
};
