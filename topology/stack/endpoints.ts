/** VPC endpoints: which services of AWS the subnets of a VPC reach without a way to the internet. */
import { text, texts } from "../props";
import { token } from "../tokens";
import { opens } from "./openPorts";
import type { EgressRoute } from "./egressRoutes";
import type { Stack, StackResource } from "./stack";

/**
 * True where an endpoint of the service can be called from the subnet: an interface in the VPC whose
 * security groups open HTTPS, or a gateway in the subnet's route table.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints.html
 *
 * @param service the end of its name, e.g. `ecr.dkr`
 * @throws {NotKnown} where it depends on what is not known
 */
export function hasEndpoint(
  stack: Stack,
  { subnet, table }: EgressRoute,
  service: string,
): boolean {
  const vpcId = subnet && text(subnet.props, "vpcId");
  return stack
    .of(token.vpcEndpoint)
    .filter(({ props }) => text(props, "vpcId") === vpcId)
    .filter(({ props }) => (text(props, "serviceName") ?? "").endsWith(`.${service}`))
    .some((endpoint) =>
      (text(endpoint.props, "vpcEndpointType") ?? "Gateway") === "Gateway"
        ? tablesOf(stack, endpoint).includes(table?.id ?? mainOf(stack, vpcId))
        : opens(stack, texts(endpoint.props, "securityGroupIds"), "ingress", 443) !== false,
    );
}

function tablesOf(stack: Stack, { id, props }: StackResource): string[] {
  const associated = stack
    .of(token.vpcEndpointRouteTable)
    .filter((association) => text(association.props, "vpcEndpointId") === id)
    .flatMap((association) => text(association.props, "routeTableId") ?? []);
  return [...texts(props, "routeTableIds"), ...associated];
}

function mainOf(stack: Stack, vpcId: string | undefined): string {
  const vpc = stack.find(token.vpc, vpcId);
  return (vpc && text(vpc.props, "mainRouteTableId")) ?? "";
}
