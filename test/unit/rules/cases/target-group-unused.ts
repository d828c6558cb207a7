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
    "nothing forwards to it": [
      sound({ guarded: undefined }),
      "tasks",
      /refuses to create the service web/,
    ],
    "without a service": [plus(sound({}), spare()), "spare", /its targets get no request/],
  },
  fine: {
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
      spare(),
      resource("aws:codedeploy/deploymentGroup:DeploymentGroup", "deploy", {}),
    ),
  },
  unknown: {
    "what a rule forwards to": sound({
      guarded: { actions: [{ type: "forward", targetGroupArn: unknown }] },
    }),
  },
};
