import type * as pulumi from "@pulumi/pulumi";
import type { OriginParts } from "../edge/originParts";
import { nginxOf } from "../edge/originParts";
import type { AcceptedHeader } from "../service/pathLoadBalancer";
import { ListenerService } from "../service/listenerService";
import type { ExecArgs } from "../service/exec";
import type { WebService } from "../service/webService";
import type { PathArgs } from "./pathArgs";
import type { PathPlan } from "./pathPlan";

/** The services that get some of the requests, by name. */
export function pathServices(
  name: string,
  plan: PathPlan,
  args: PathArgs,
  { loadBalancer, securityGroups, service }: OriginParts,
  secretHeader: AcceptedHeader | undefined,
  parent: pulumi.ComponentResource,
): Record<string, ListenerService> {
  const listener = {
    listenerArn: loadBalancer.listener.arn,
    securityGroupId: securityGroups.loadBalancer.id,
    secretHeader,
  };
  const shared = {
    listener,
    placement: args.placement,
    clusterArn: service.clusterArn,
    drainSeconds: args.origin?.timeouts?.drain,
    runtimeMonitoring: args.runtimeMonitoring,
    tags: args.tags,
  };
  const entries = plan.services.map(({ name: key, spec }) => [
    key,
    new ListenerService(
      `${name}-${key}`,
      {
        ...args.services?.[key],
        image: args.services?.[key]?.image ?? "",
        ...shared,
        exec: inCluster(args, service, args.services?.[key]?.exec),
        protocolVersion: spec.target.protocolVersion,
        nginx: nginxOf(spec, plan.variant),
      },
      { parent },
    ),
  ]);
  return Object.fromEntries(entries) as Record<string, ListenerService>;
}

/** Commands in a service of the shared cluster, whose configuration says how they are logged. */
function inCluster(
  { service: first }: PathArgs,
  { execLogGroup }: WebService,
  exec: ExecArgs | undefined,
): ExecArgs | undefined {
  if (exec === undefined || execLogGroup === undefined) return exec;
  return { ...exec, kmsKeyArn: first.exec?.kmsKeyArn, logGroupArn: execLogGroup.arn };
}
