/** How connections leave a subnet, by the routes of its table. */
import { blocks, text, texts } from "../props";
import { token } from "../tokens";
import type { Stack, StackResource } from "./stack";

/** How connections of a subnet get to the internet. */
export interface EgressRoute {
  /**
   * `gateway`: over an internet gateway, which a public address is needed for. `nat`: over a NAT
   * gateway. `none`: no route leads there. `other`: over something else, or nobody knows.
   */
  readonly kind: "gateway" | "nat" | "none" | "other";
  /** The subnet, where the program makes it. */
  readonly subnet?: StackResource;
  /** Its route table, where the program makes it and it is not the VPC's main one. */
  readonly table?: StackResource;
  /** With `nat`: the gateway, where the program makes it. */
  readonly nat?: StackResource;
}

/**
 * The way out of a subnet. `other` where the subnet or its route table is not the program's.
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 *
 * @throws {NotKnown} where it depends on what is not known
 */
export function egressRouteOf(stack: Stack, subnetId: string): EgressRoute {
  const subnet = stack.find(token.subnet, subnetId);
  if (subnet === undefined) return { kind: "other" };
  const table = tableOf(stack, subnet);
  if (table === undefined) return { kind: "other", subnet };
  const own = table.main ? {} : { table: table.resource };
  return { subnet, ...own, ...leading(stack, table) };
}

/** A route table: a resource, or the main one that AWS makes with a VPC. */
interface Table {
  readonly main: boolean;
  readonly resource?: StackResource;
  readonly ids: readonly string[];
}

/** Undefined where the program does not have it. */
function tableOf(stack: Stack, subnet: StackResource): Table | undefined {
  const association = stack
    .of(token.routeTableAssociation)
    .find(({ props }) => text(props, "subnetId") === subnet.id);
  const explicit = association && text(association.props, "routeTableId");
  const vpc = stack.find(token.vpc, text(subnet.props, "vpcId"));
  const replaced = stack
    .of(token.mainRouteTable)
    .find(({ props }) => vpc !== undefined && text(props, "vpcId") === vpc.id);
  const named = explicit ?? (replaced && text(replaced.props, "routeTableId"));
  const resource = stack.find(token.routeTable, named);
  if (resource) return { main: false, resource, ids: [resource.id] };
  if (vpc === undefined) return undefined;
  const ids = ["mainRouteTableId", "defaultRouteTableId"].flatMap((k) => text(vpc.props, k) ?? []);
  if (named !== undefined && !ids.includes(named)) return undefined;
  const adopted = stack
    .of(token.defaultRouteTable)
    .find(({ props }) => ids.includes(text(props, "defaultRouteTableId") ?? ""));
  return { main: true, ids: [...ids, ...(adopted ? [adopted.id] : [])], resource: adopted };
}

/** Where a table's default route leads. */
function leading(stack: Stack, { resource, ids }: Table): Pick<EgressRoute, "kind" | "nat"> {
  const routes = [
    ...blocks(resource?.props ?? {}, "routes"),
    ...stack
      .of(token.route)
      .filter(({ props }) => ids.includes(text(props, "routeTableId") ?? ""))
      .map(({ props }) => props),
  ].filter((route) => text(route, "gatewayId") !== "local");
  const all = routes.find((route) =>
    [text(route, "cidrBlock"), text(route, "destinationCidrBlock")].includes("0.0.0.0/0"),
  );
  // Routes of other ranges, over IPv6, or of a VPN's gateway may lead there as well.
  if (all === undefined)
    return routes.length > 0 || texts(resource?.props ?? {}, "propagatingVgws").length > 0
      ? { kind: "other" }
      : { kind: "none" };
  const nat = text(all, "natGatewayId") ?? "";
  if (nat !== "") return { kind: "nat", nat: stack.find(token.natGateway, nat) };
  const gateway = text(all, "gatewayId") ?? "";
  const known = gateway.startsWith("igw-") || stack.find(token.internetGateway, gateway);
  return { kind: known ? "gateway" : "other" };
}
