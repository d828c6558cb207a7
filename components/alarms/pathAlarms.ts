import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "./alarms";
import type { OriginParts } from "../edge/originParts";
import type { ListenerService } from "../service/listenerService";
import type { PathArgs } from "../variants/pathArgs";
import type { PathDns } from "../dns/pathDns";
import type { PathPlan } from "../variants/pathPlan";

/**
 * The alarms of a path, if it has any. They are created after the tasks: while no task is
 * registered, the target group's missing data would fire an alarm.
 */
export function pathAlarms(
  name: string,
  { spec, region }: PathPlan,
  { alarms, tags }: PathArgs,
  { loadBalancer, service }: OriginParts,
  services: Readonly<Record<string, ListenerService>>,
  dns: PathDns,
  parent: pulumi.ComponentResource,
): Alarms | undefined {
  if (alarms === undefined) return undefined;
  const { grpcTargetGroup, greenTargetGroup } = loadBalancer;
  const ofServices = Object.entries(services).flatMap(([key, one]) => [
    [key, one.targetGroup.arnSuffix] as const,
    ...(one.greenTargetGroup ? [[`${key}-green`, one.greenTargetGroup.arnSuffix] as const] : []),
  ]);
  const alternating = Object.entries(services).flatMap(([key, one]) =>
    one.greenTargetGroup ? [key, `${key}-green`] : [],
  );
  return new Alarms(
    name,
    {
      ...alarms,
      region,
      loadBalancerArnSuffix: loadBalancer.loadBalancer.arnSuffix,
      targetGroupArnSuffix: loadBalancer.targetGroup.arnSuffix,
      furtherTargetGroupArnSuffixes: {
        ...(grpcTargetGroup && { grpc: grpcTargetGroup.arnSuffix }),
        ...(greenTargetGroup && { green: greenTargetGroup.arnSuffix }),
        ...Object.fromEntries(ofServices),
      },
      alternatingTargetGroups: [...(greenTargetGroup ? ["", "green"] : []), ...alternating],
      loadBalancerCertificateArn: dns.loadBalancerCertificateArn,
      edgeCertificateArn: spec.edge && dns.edgeCertificateArn,
      tags,
    },
    { parent, dependsOn: [service, ...Object.values(services)] },
  );
}
