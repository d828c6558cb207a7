import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const forward = [{ type: "forward", targetGroupArn: arn.tasks }];

const spare = (inputs = {}) =>
  resource(
    "aws:lb/targetGroup:TargetGroup",
    "spare",
    { port: 80, protocol: "HTTP", targetType: "ip", ...inputs },
    { arn: "arn:spare" },
  );

export const cases: Case = {
  broken: {
    "nothing forwards to it, and no service needs it": [
      sound({ guarded: undefined, web: undefined }),
      "tasks",
      /its targets get no request, unless/,
    ],
    "without a service": [plus(sound({}), spare()), "spare", /its targets get no request/],
  },
  fine: {
    "a service's group, which is an error of its own": sound({ guarded: undefined }),
    "a default action": sound({ guarded: undefined, https: { defaultActions: forward } }),
    "one of several in a weighted forward": plus(
      sound({
        guarded: {
          actions: [
            {
              type: "forward",
              forward: { targetGroups: [{ arn: arn.tasks }, { arn: "arn:spare", weight: 0 }] },
            },
          ],
        },
      }),
      spare(),
    ),
    "the other one of a blue/green deployment": plus(
      sound({
        web: {
          loadBalancers: [
            {
              targetGroupArn: arn.tasks,
              containerName: "nginx",
              containerPort: 8080,
              advancedConfiguration: { alternateTargetGroupArn: "arn:spare" },
            },
          ],
        },
      }),
      spare(),
    ),
    "one that CodeDeploy switches to": plus(
      sound({}),
      spare({ name: "spare-1" }),
      resource("aws:codedeploy/deploymentGroup:DeploymentGroup", "deploy", {
        loadBalancerInfo: {
          targetGroupPairInfo: { targetGroups: [{ name: "tasks-0a1b2c3" }, { name: "spare-1" }] },
        },
      }),
    ),
  },
  unknown: {
    "what a rule forwards to": sound({
      guarded: { actions: [{ type: "forward", targetGroupArn: unknown }] },
    }),
  },
};
