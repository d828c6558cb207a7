import type * as pulumi from "@pulumi/pulumi";
import { nginxOf, type OriginParts } from "../edge/originParts";
import type { AcceptedHeader } from "../service/pathLoadBalancer";
import { ListenerService, type ListenerServiceArgs } from "../service/listenerService";
import type { ExecArgs } from "../service/exec";
import type { WebService } from "../service/webService";
import type { PathArgs, PathServiceArgs } from "./pathArgs";
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
    deletionProtection: args.deletionProtection,
    tags: args.tags,
  };
  const given = Object.entries(args.services ?? {}).map(([key, { signIn, ...one }]) => {
    const exec = inCluster(args, service, one.exec);
    return [key, { ...one, exec, signIn: signIn === true ? args.signIn : undefined }] as const;
  });
  return listenerServices(name, plan, Object.fromEntries(given), shared, parent);
}

/** Each planned service, with what it was given and what all of them share. */
export function listenerServices(
  name: string,
  { variant, services }: Pick<PathPlan, "variant" | "services">,
  given: Readonly<
    Record<
      string,
      Omit<PathServiceArgs, "signIn"> & { readonly signIn?: ListenerServiceArgs["signIn"] }
    >
  >,
  shared: Pick<
    ListenerServiceArgs,
    | "listener"
    | "placement"
    | "clusterArn"
    | "drainSeconds"
    | "runtimeMonitoring"
    | "deletionProtection"
    | "tags"
  >,
  parent: pulumi.ComponentResource,
): Record<string, ListenerService> {
  const made: Record<string, ListenerService> = {};
  for (const { name: key, spec } of services) {
    const own = given[key];
    if (own === undefined) continue;
    const { protocolVersion } = spec.target;
    const args = { ...own, ...shared, protocolVersion, nginx: nginxOf(spec, variant) };
    made[key] = new ListenerService(`${name}-${key}`, args, { parent });
  }
  return made;
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
