import { sources } from "../../path/sources";
import { block, text } from "../../topology/props";
import { subnetsOf } from "../../topology/stack/subnetsOf";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const vpcOriginWithoutInternetGateway = stackRule({
  code: "vpc-origin-without-internet-gateway",
  severity: "error",
  lacks: "an internet gateway",
  holds: "The VPC of a load balancer behind a VPC origin has an internet gateway.",
  fix: "Attach an aws.ec2.InternetGateway to the VPC. It needs no route: it only marks the VPC as one that may receive traffic from the internet.",
  source: sources.vpcOrigins,
  refusedAs: { code: "InvalidArgument", message: /has no internet gateway/ },
  subjects: (stack) => stack.of(token.vpcOrigin),
  check: ({ urn, name, props }, stack) => {
    const arn = text(block(props, "vpcOriginEndpointConfig") ?? {}, "arn");
    const balancer = stack.find(token.loadBalancer, arn);
    if (balancer === undefined) return undefined;
    const vpcs = new Set(
      subnetsOf(stack, balancer).flatMap((one) => {
        return stack.find(token.vpc, text(one.props, "vpcId")) ?? [];
      }),
    );
    return [...vpcs].flatMap((vpc): StackFault[] => {
      const attached = [token.internetGateway, token.internetGatewayAttachment].some((type) =>
        stack.of(type).some((gateway) => text(gateway.props, "vpcId") === vpc.id),
      );
      if (attached) return [];
      return [
        {
          urn,
          message: `CloudFront reaches nothing through the VPC origin ${name}: the VPC ${vpc.name} of the load balancer ${balancer.name} has no internet gateway, which VPC origins need although it carries none of their traffic.`,
          fix: `Make an aws.ec2.InternetGateway with the vpcId of the aws.ec2.Vpc ${vpc.name}. It needs no route.`,
        },
      ];
    });
  },
});
