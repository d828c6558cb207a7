import { zonesWithoutVpcOrigins } from "../../path/cloudfront";
import { sources } from "../../path/sources";
import { block, text } from "../../topology/props";
import { Unknown, NotKnown } from "../../topology/stack/unknown";
import { subnetsOf } from "../../topology/stack/subnetsOf";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

const excluded = Object.values(zonesWithoutVpcOrigins);

export const vpcOriginZone = stackRule({
  code: "vpc-origin-zone",
  severity: "error",
  holds: "A load balancer behind a VPC origin has no subnet in a zone without VPC origins.",
  fix: `Give the aws.lb.LoadBalancer subnets outside ${excluded.join(", ")}.`,
  source: sources.vpcOrigins,
  refusedAs: { code: "InvalidArgument", message: /where VPC origins are not supported/ },
  subjects: (stack) => stack.of(token.vpcOrigin),
  check: ({ urn, name, props }, stack) => {
    const arn = text(block(props, "vpcOriginEndpointConfig") ?? {}, "arn");
    const balancer = stack.find(token.loadBalancer, arn);
    if (balancer === undefined) return undefined;
    const region = text(balancer.props, "region") ?? balancer.region;
    if (region !== undefined && zonesWithoutVpcOrigins[region] === undefined) return undefined;
    const subnets = subnetsOf(stack, balancer);
    // A model's answer is not the account's: of what the program declares, only an id that it states.
    const zoneOf = (subnet: (typeof subnets)[number]) => text(subnet.inputs, "availabilityZoneId");
    const faults = subnets.flatMap((subnet): StackFault[] => {
      const zone = zoneOf(subnet) ?? "";
      if (!excluded.includes(zone)) return [];
      return [
        {
          urn,
          message: `CloudFront does not support VPC origins in ${zone}, and the load balancer ${balancer.name} behind the VPC origin ${name} has the subnet ${subnet.name} there.`,
          fix: `Put the aws.ec2.Subnet ${subnet.name} into another zone, or name other subnets in subnets of the aws.lb.LoadBalancer ${balancer.name}.`,
          settings:
            "Set network.availabilityZoneNames to zones that are not this one, or name other subnets in network.loadBalancerSubnetIds.",
        },
      ];
    });
    const unsure = subnets.find((subnet) => zoneOf(subnet) === undefined);
    if (faults.length === 0 && unsure !== undefined)
      throw new NotKnown(new Unknown(unsure.urn, ["availabilityZoneId"]));
    return faults;
  },
});
