import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const forward = [{ type: "forward", targetGroupArn: arn.tasks }];

export const cases: Case = {
  broken: {
    "nothing forwards to it": [
      sound({ guarded: undefined }),
      "web",
      /target group tasks.*refuses to create the service/,
    ],
  },
  fine: {
    "a default action": sound({ guarded: undefined, https: { defaultActions: forward } }),
    "a group of another program": sound({
      guarded: undefined,
      web: {
        loadBalancers: [{ targetGroupArn: "arn:given", containerName: "nginx", containerPort: 80 }],
      },
    }),
    "a listener of another package": plus(
      sound({ guarded: undefined }),
      resource("aws-native:elasticloadbalancingv2:Listener", "native", {
        defaultActions: [{ type: "forward", targetGroupArn: arn.tasks }],
      }),
    ),
    "a group without a service": sound({ guarded: undefined, web: undefined }),
    "one that CodeDeploy switches to": plus(
      sound({ guarded: undefined }),
      resource("aws:codedeploy/deploymentGroup:DeploymentGroup", "deploy", {
        loadBalancerInfo: { targetGroupPairInfo: { targetGroups: [{ name: "tasks-0a1b2c3" }] } },
      }),
    ),
  },
  unknown: {
    "what a rule forwards to": sound({
      guarded: { actions: [{ type: "forward", targetGroupArn: unknown }] },
    }),
    "the group": sound({ web: { loadBalancers: [{ targetGroupArn: unknown }] } }),
  },
};
