import * as pulumi from "@pulumi/pulumi";
import { Alarms, type PathAlarmsArgs } from "./alarms";
import type { OriginParts } from "./originParts";
import type { PathDns } from "./pathDns";

/**
 * The alarms of a path, where they are asked for. They come after the tasks: before the first one
 * is registered, the silence of the target group would be an alarm.
 */
export function pathAlarms(
  name: string,
  args: { alarms?: PathAlarmsArgs; tags?: Record<string, pulumi.Input<string>> },
  parts: OriginParts,
  dns: PathDns,
  variant: { component: pulumi.ComponentResource; region: string | undefined; edge: boolean },
): Alarms | undefined {
  if (args.alarms === undefined) return undefined;
  return new Alarms(
    name,
    {
      ...args.alarms,
      region: variant.region,
      loadBalancerArnSuffix: parts.loadBalancer.loadBalancer.arnSuffix,
      targetGroupArnSuffix: parts.loadBalancer.targetGroup.arnSuffix,
      loadBalancerCertificateArn: dns.loadBalancerCertificateArn,
      edgeCertificateArn: variant.edge ? dns.edgeCertificateArn : undefined,
      tags: args.tags,
    },
    { parent: variant.component, dependsOn: parts.service },
  );
}
