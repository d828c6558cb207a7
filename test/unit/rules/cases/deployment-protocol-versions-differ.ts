import type { Props } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const green = "arn:green";
const second = (inputs: Props) =>
  resource(
    "aws:lb/targetGroup:TargetGroup",
    "green",
    { port: 80, protocol: "HTTP", targetType: "ip", name: "green-1a2b3c4", ...inputs },
    { arn: green },
  );
const web = (alternateTargetGroupArn: unknown): Props => ({
  loadBalancers: [
    {
      ...{ targetGroupArn: arn.tasks, containerName: "nginx", containerPort: 8080 },
      advancedConfiguration: { alternateTargetGroupArn },
    },
  ],
});
const byCodeDeploy = (name: unknown = "green-1a2b3c4") =>
  resource("aws:codedeploy/deploymentGroup:DeploymentGroup", "deploy", {
    loadBalancerInfo: {
      targetGroupPairInfo: { targetGroups: [{ name: "tasks-0a1b2c3" }, { name }] },
    },
  });

export const cases: Case = {
  broken: {
    "the second group speaks HTTP/2": [
      plus(sound({ web: web(green) }), second({ protocolVersion: "HTTP2" })),
      "web",
      /from the target group tasks \(HTTP1 over HTTP\) to green \(HTTP2 over HTTP\)/,
    ],
    "the second group speaks TLS": [
      plus(sound({ web: web(green) }), second({ protocolVersion: "HTTP1", protocol: "HTTPS" })),
      "web",
      /to green \(HTTP1 over HTTPS\)/,
    ],
    "CodeDeploy moves requests to a group of gRPC": [
      plus(
        sound({ tasks: { name: "tasks-0a1b2c3" } }),
        second({ protocolVersion: "GRPC" }),
        byCodeDeploy(),
      ),
      "deploy",
      /A deployment of deploy moves requests from the target group tasks \(HTTP1 over HTTP\) to green \(GRPC over HTTP\)/,
    ],
  },
  fine: {
    "both groups of CodeDeploy speak HTTP/1.1": plus(sound({}), second({}), byCodeDeploy()),
    "a group of CodeDeploy's that is another program's": plus(sound({}), byCodeDeploy("given")),
    "both speak HTTP/1.1, one by default": plus(sound({ web: web(green) }), second({})),
    "both speak HTTP/2": plus(
      sound({ web: web(green), tasks: { protocolVersion: "HTTP2" } }),
      second({ protocolVersion: "HTTP2" }),
    ),
    "only the ports differ, which ECS does not use": plus(
      sound({ web: web(green) }),
      second({ port: 8081 }),
    ),
    "a group of another program": sound({ web: web("arn:given") }),
    "a service with one group": plus(sound({}), second({ protocolVersion: "HTTP2" })),
  },
  unknown: {
    "the version of the second group": plus(
      sound({ web: web(green) }),
      second({ protocolVersion: unknown }),
    ),
    "the second group of CodeDeploy": plus(
      sound({}),
      second({ protocolVersion: "GRPC" }),
      byCodeDeploy(unknown),
    ),
    "the second group": plus(sound({ web: web(unknown) }), second({ protocolVersion: "HTTP2" })),
  },
};
