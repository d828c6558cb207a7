import { direct, grpc, plus, sound, type Case, unknown, viaOrigin } from "../caseParts";
import { arn, behaviour, resource } from "../program";

export const cases: Case = {
  broken: {
    "an HTTP2 group": [
      sound({ tasks: { protocolVersion: "HTTP2" } }),
      "tasks",
      /464.*protocolVersion: "HTTP1" on the aws.lb.TargetGroup tasks/s,
    ],
    "one of two groups of a weighted forward": [
      plus(
        sound({
          guarded: {
            actions: [
              {
                type: "forward",
                forward: {
                  targetGroups: [
                    { arn: arn.tasks, weight: 9 },
                    { arn: "arn:next", weight: 1 },
                  ],
                },
              },
            ],
          },
        }),
        resource(
          "aws:alb/targetGroup:TargetGroup",
          "next",
          { port: 80, protocol: "HTTP", protocolVersion: "HTTP2", targetType: "ip" },
          { arn: "arn:next" },
        ),
      ),
      "next",
      /target group next/,
    ],
  },
  fine: {
    "an HTTP2 group without CloudFront": direct({ tasks: { protocolVersion: "HTTP2" } }),
    "an HTTP2 group for gRPC": sound({
      tasks: { protocolVersion: "HTTP2" },
      cdn: { defaultCacheBehavior: behaviour(grpc) },
    }),
  },
  unknown: {
    "the version": sound({ tasks: { protocolVersion: unknown } }),
    "the load balancer that the origin is": sound({
      tasks: { protocolVersion: "HTTP2" },
      ...viaOrigin({}, { domainName: unknown }),
    }),
    "the distribution's origins": sound({
      tasks: { protocolVersion: "HTTP2" },
      cdn: { origins: unknown },
    }),
    "the rule's action": sound({
      tasks: { protocolVersion: "HTTP2" },
      guarded: { actions: unknown },
    }),
  },
};
