import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "./alarms";
import type { OriginParts } from "../edge/originParts";
import type { PathArgs } from "../variants/pathArgs";
import type { PathDns } from "../dns/pathDns";
import type { PathPlan } from "../variants/pathPlan";

/**
 * The alarms of a path, where they are asked for. They come after the tasks: before the first one
 * is registered, the silence of the target group would be an alarm.
 */
export function pathAlarms(
  name: string,
  { spec, region }: PathPlan,
  { alarms, tags }: PathArgs,
  { loadBalancer, service }: OriginParts,
  dns: PathDns,
  parent: pulumi.ComponentResource,
): Alarms | undefined {
  if (alarms === undefined) return undefined;
  return new Alarms(
    name,
    {
      ...alarms,
      region,
      loadBalancerArnSuffix: loadBalancer.loadBalancer.arnSuffix,
      targetGroupArnSuffix: loadBalancer.targetGroup.arnSuffix,
      loadBalancerCertificateArn: dns.loadBalancerCertificateArn,
      edgeCertificateArn: spec.edge && dns.edgeCertificateArn,
      tags,
    },
    { parent, dependsOn: service },
  );
}
