/** A path in one line. */
import type { StackPath } from "../topology/stack/paths";
import type { Role } from "../topology/stack/provenance";

/** The names of the path's resources: `Distribution main (*) -> load balancer web, …`. */
export function routeOf({ resources, found }: StackPath): string {
  const { via } = found;
  const name = (role: Role): string => resources[role][0]?.name ?? "?";
  const steps = [
    via.distributionId !== undefined &&
      `distribution ${name("distribution")} (${via.pathPattern ?? "*"})`,
    `load balancer ${name("loadBalancer")}, listener ${name("listener")}` +
      (via.rulePriority === undefined ? "" : `, rule of priority ${via.rulePriority}`),
    `target group ${name("targetGroup")}`,
    via.serviceArn !== undefined && `service ${name("service")}`,
  ];
  const route = steps.filter((step) => step !== false).join(" -> ");
  return route.charAt(0).toUpperCase() + route.slice(1);
}
