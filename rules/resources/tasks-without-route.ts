import { block, blocks, boolean, text, texts } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { containersOf } from "../../topology/stack/containers";
import { hasEndpoint } from "../../topology/stack/endpoints";
import { opens } from "../../topology/stack/openPorts";
import { egressRouteOf, type EgressRoute } from "../../topology/stack/egressRoutes";
import type { Stack } from "../../topology/stack/stack";
import { callsOf, type TaskCall } from "../../topology/stack/taskCalls";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";
import { listText } from "../words";

const https = 443;

export const tasksWithoutRoute = stackRule({
  code: "tasks-without-route",
  severity: "error",
  lacks: "a route, a VPC endpoint or a rule of a security group",
  holds: "Fargate tasks reach their image registry, their secrets and their logs.",
  fix: "Give the subnets of the aws.ecs.Service a route to a NAT gateway, or to an internet gateway with assignPublicIp: true, or VPC endpoints (ecr.api, ecr.dkr, s3, logs, secretsmanager, ssm).",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) => {
    const { urn, name, props } = service;
    const network = block(props, "networkConfiguration") ?? {};
    const definition = stack.find(token.taskDefinition, text(props, "taskDefinition"));
    if (definition === undefined || !onFargate(props)) return undefined;
    const calls = callsOf(containersOf(definition.props) ?? []);
    const [first] = calls;
    if (first === undefined) return undefined;
    const fault = (cannot: TaskCall, because: string, where: string, fix: string): StackFault => ({
      urn,
      message: `The tasks of the service ${name} cannot ${cannot.does}: ${because}, so that no task starts${where}.`,
      fix,
      ...(where === "" && { stops: "no task starts" }),
    });
    if (opens(stack, texts(network, "securityGroups"), "egress", https) === false)
      return fault(
        first,
        `no rule of their security group lets them out to port ${https}`,
        "",
        `Add an egress rule to the security group of the aws.ecs.Service ${name}: protocol tcp, port ${https}. The provider removes AWS's own, which lets everything out.`,
      );
    const isPublic = boolean(network, "assignPublicIp") === true;
    const subnets = texts(network, "subnets");
    const lost = subnets.flatMap((id) => {
      const way = egressRouteOf(stack, id);
      const because = closed(way, isPublic, stack);
      const cannot = because && calls.find((call) => !mayReach(call, way, stack));
      return cannot ? [{ way, because, cannot }] : [];
    });
    const [worst] = lost;
    if (worst === undefined) return undefined;
    const { because, cannot } = worst;
    const alike = lost.filter((one) => one.because === because);
    const names = alike.map(({ way }) => way.subnet?.name ?? "");
    const plural = names.length > 1 ? "s" : "";
    const endpoints =
      cannot.endpoints.length > 0
        ? `, or VPC endpoints of ${cannot.endpoints.join(", ")}`
        : "; a registry on the internet has no VPC endpoint";
    return fault(
      cannot,
      `in their subnet${plural} ${listText(names)} ${because}`,
      lost.length < subnets.length ? " there" : "",
      `Give the aws.ec2.Subnet${plural} ${listText(names)} a route to an aws.ec2.NatGateway in a public subnet, or to an internet gateway with assignPublicIp: true on the aws.ecs.Service ${name}${endpoints}.`,
    );
  },
});

/** Where EC2 instances run the tasks, their own network does it. */
function onFargate(service: Props): boolean {
  const providers = blocks(service, "capacityProviderStrategies").map((s) =>
    text(s, "capacityProvider"),
  );
  return (
    text(service, "launchType") === "FARGATE" ||
    (providers.length > 0 && providers.every((p) => p?.startsWith("FARGATE")))
  );
}

/** Why tasks in a subnet do not get to the internet; undefined where they do, or nobody knows. */
function closed({ kind, nat }: EgressRoute, isPublic: boolean, stack: Stack): string | undefined {
  if (kind === "none") return "there is no route to the internet";
  if (kind === "gateway" && !isPublic)
    return "the way out is an internet gateway, but without assignPublicIp they have no public address";
  if (kind !== "nat" || nat === undefined) return undefined;
  if (text(nat.props, "connectivityType") === "private") return undefined;
  const { kind: natKind, subnet: at } = egressRouteOf(stack, text(nat.props, "subnetId") ?? "");
  if (natKind === "gateway" || natKind === "other") return undefined;
  return `the way out is the NAT gateway ${nat.name}, whose own subnet ${at?.name ?? ""} has no route to an internet gateway`;
}

/** What another VPC's owner made endpoints for is not known. */
function mayReach({ endpoints }: TaskCall, way: EgressRoute, stack: Stack): boolean {
  if (endpoints.length === 0) return false;
  const vpc = stack.find(token.vpc, way.subnet && text(way.subnet.props, "vpcId"));
  return vpc === undefined || endpoints.every((service) => hasEndpoint(stack, way, service));
}
