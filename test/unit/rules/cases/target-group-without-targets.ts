import { direct, plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const without = (changes = {}) => sound({ web: undefined, ...changes });

export const cases: Case = {
  broken: {
    addresses: [without(), "tasks", /get 503/],
    "instances, which are the default": [
      without({ tasks: { targetType: undefined } }),
      "tasks",
      /get 503/,
    ],
    "without CloudFront": [direct({ web: undefined }), "tasks", /registers targets/],
  },
  fine: {
    "a service": sound({}),
    "a function": without({ tasks: { targetType: "lambda" } }),
    "an attachment": plus(
      without(),
      resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "one", {
        ...{ targetGroupArn: arn.tasks, targetId: "10.0.0.4" },
      }),
    ),
    "an Auto Scaling group": plus(
      without(),
      resource("aws:autoscaling/group:Group", "fleet", { targetGroupArns: [arn.tasks] }),
    ),
    "an attachment of an Auto Scaling group": plus(
      without(),
      resource("aws:autoscaling/attachment:Attachment", "one", { lbTargetGroupArn: arn.tasks }),
    ),
    "a traffic source of an Auto Scaling group": plus(
      without(),
      resource("aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment", "one", {
        trafficSource: { identifier: arn.tasks, type: "elbv2" },
      }),
    ),
    "a resource of another package": plus(
      without(),
      resource("aws-native:autoscaling:AutoScalingGroup", "one", { targetGroupArns: [arn.tasks] }),
    ),
    "a task set": plus(
      without(),
      resource("aws:ecs/taskSet:TaskSet", "green", {
        loadBalancers: [{ targetGroupArn: arn.tasks, containerName: "nginx" }],
      }),
    ),
    "CodeDeploy, for instances": plus(
      without(),
      resource("aws:codedeploy/deploymentGroup:DeploymentGroup", "deploy", {
        loadBalancerInfo: { targetGroupInfos: [{ name: "tasks-0a1b2c3" }] },
      }),
    ),
    "a group that is not used either": without({ guarded: undefined }),
  },
  unknown: {
    "the service's group": sound({ web: { loadBalancers: [{ targetGroupArn: unknown }] } }),
    "the type of target": without({ tasks: { targetType: unknown } }),
  },
};
