import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { WatchedServiceArgs } from "../alarms/alarmArgs";
import { Alarms } from "../alarms/alarms";
import type { PathDns } from "../dns/pathDns";
import type { WebAcl } from "../security/webAcl";
import type { ListenerService } from "../service/listenerService";
import type { PathLoadBalancer } from "../service/pathLoadBalancer";
import type { WebService } from "../service/webService";
import { lastPart } from "../shared/arn";
import type { PathArgs } from "../variants/pathArgs";
import type { PathPlan } from "../variants/pathPlan";
import type { DashboardTargetsArgs } from "./dashboardArgs";
import { PathDashboard } from "./pathDashboard";

/** The parts of a path that can be watched. */
export interface WatchablePath extends pulumi.ComponentResource {
  readonly loadBalancer: PathLoadBalancer;
  readonly service: WebService;
  readonly services: Readonly<Record<string, ListenerService>>;
  readonly dns: PathDns;
  readonly waf: WebAcl | undefined;
}

/** The alarms and the dashboard of a path, as far as the arguments ask for them. */
export function watchPath(
  name: string,
  plan: PathPlan,
  args: PathArgs,
  path: WatchablePath,
  distribution?: aws.cloudfront.Distribution,
): { alarms: Alarms | undefined; dashboard: PathDashboard | undefined } {
  const alarms = pathAlarms(name, plan, args, path, distribution);
  const { loadBalancer, service, services } = path;
  const { grpcTargetGroup, greenTargetGroup } = loadBalancer;
  const targets: Record<string, DashboardTargetsArgs> = {
    [name]: { arnSuffix: loadBalancer.targetGroup.arnSuffix, service: watched(service) },
    ...(greenTargetGroup && { [`${name}, green`]: { arnSuffix: greenTargetGroup.arnSuffix } }),
    ...(grpcTargetGroup && { gRPC: { arnSuffix: grpcTargetGroup.arnSuffix } }),
    ...graphedServices(services),
  };
  const dashboard =
    args.dashboard &&
    new PathDashboard(
      name,
      {
        ...args.dashboard,
        ...shared(plan, path, distribution),
        loadBalancerArnSuffix: loadBalancer.loadBalancer.arnSuffix,
        targets,
        alarmArns: alarms?.alarms.map(({ arn }) => arn),
      },
      { parent: path },
    );
  return { alarms, dashboard };
}

/** The rows of services at a listener. */
export function graphedServices(
  services: Readonly<Record<string, ListenerService>>,
): Record<string, DashboardTargetsArgs> {
  const entries = Object.entries(services).flatMap(
    ([key, { targetGroup, greenTargetGroup, service }]): [string, DashboardTargetsArgs][] => [
      [key, { arnSuffix: targetGroup.arnSuffix, service: watched(service) }],
      ...(greenTargetGroup
        ? [
            [`${key}, green`, { arnSuffix: greenTargetGroup.arnSuffix }] as [
              string,
              DashboardTargetsArgs,
            ],
          ]
        : []),
    ],
  );
  return Object.fromEntries(entries);
}

/**
 * The alarms of a path, if it has any. They are created after the tasks: while no task is
 * registered, the target group's missing data would fire an alarm.
 */
function pathAlarms(
  name: string,
  plan: PathPlan,
  { alarms, tags }: PathArgs,
  path: WatchablePath,
  distribution: aws.cloudfront.Distribution | undefined,
): Alarms | undefined {
  if (alarms === undefined) return undefined;
  const { loadBalancer, service, services, dns } = path;
  const { grpcTargetGroup, greenTargetGroup } = loadBalancer;
  const each = Object.entries(services);
  const shifting = each.flatMap(([key, { greenTargetGroup: green }]) =>
    green ? [[key, `${key}-green`, green.arnSuffix] as const] : [],
  );
  return new Alarms(
    name,
    {
      ...alarms,
      ...shared(plan, path, distribution),
      region: plan.region,
      loadBalancerArnSuffix: loadBalancer.loadBalancer.arnSuffix,
      targetGroupArnSuffix: loadBalancer.targetGroup.arnSuffix,
      furtherTargetGroupArnSuffixes: {
        ...(grpcTargetGroup && { grpc: grpcTargetGroup.arnSuffix }),
        ...(greenTargetGroup && { green: greenTargetGroup.arnSuffix }),
        ...Object.fromEntries(shifting.map(([, green, arnSuffix]) => [green, arnSuffix])),
        ...Object.fromEntries(each.map(([key, one]) => [key, one.targetGroup.arnSuffix])),
      },
      alternatingTargetGroups: [
        ...(greenTargetGroup ? ["", "green"] : []),
        ...shifting.flatMap(([blue, green]) => [blue, green]),
      ],
      service: watched(service),
      furtherServices: Object.fromEntries(each.map(([key, one]) => [key, watched(one.service)])),
      loadBalancerCertificateArn: dns.loadBalancerCertificateArn,
      edgeCertificateArn: plan.spec.edge && dns.edgeCertificateArn,
      tags,
    },
    { parent: path, dependsOn: [service, ...Object.values(services)] },
  );
}

/** What alarms and dashboard know of CloudFront and the web ACL. */
function shared(
  { wafScope }: PathPlan,
  { waf }: WatchablePath,
  distribution: aws.cloudfront.Distribution | undefined,
) {
  return {
    distributionId: distribution?.id,
    webAclMetricName: waf?.webAcl.visibilityConfig.metricName,
    webAclScope: wafScope,
  };
}

/** The names of a service in its metrics; a given cluster's is the end of its ARN. */
function watched({ cluster, clusterArn, service }: WebService): WatchedServiceArgs {
  return {
    clusterName: cluster?.name ?? clusterArn.apply(lastPart),
    serviceName: service.name,
    serviceArn: service.id,
  };
}
