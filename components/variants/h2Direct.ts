import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Alarms } from "../alarms/alarms";
import type { PathDashboard } from "../dashboard/pathDashboard";
import { watchPath } from "../dashboard/watchPath";
import type { H2DirectArgs } from "./h2DirectArgs";
import { PathComponent } from "./pathComponent";
import { loadBalancerTarget } from "../dns/pathDns";
import { createFrontRules } from "../service/frontRules";
import { requireImages } from "../service/images";
import { planPath, viewerNames } from "./pathPlan";
import { plannedRegion } from "../shared/region";

/**
 * viewer → ALB (HTTP/2) → target group HTTP2 → nginx over HTTP/2, without CloudFront.
 *
 * Every HTTP/1.1 client gets 464
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version).
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H2Direct extends PathComponent {
  public readonly url: pulumi.Output<string>;
  public readonly alarms: Alarms | undefined;
  public readonly dashboard: PathDashboard | undefined;
  /** Rules that answer before the services: maintenance page, redirects to the one name. */
  public readonly frontRules: readonly aws.lb.ListenerRule[];

  constructor(name: string, args: H2DirectArgs, opts?: pulumi.ComponentResourceOptions) {
    requireImages(name, args);
    const plan = planPath("h2-direct", name, args, plannedRegion(opts));
    super(plan, name, args, opts);
    const { domain, placement, tags } = args;
    const { loadBalancer, listener, targetGroup } = this.loadBalancer;
    const { front } = plan;
    this.frontRules = front
      ? createFrontRules(
          name,
          { front, listenerArn: listener.arn, targetGroupArn: targetGroup.arn, tags },
          this,
        )
      : [];
    const target = loadBalancerTarget(loadBalancer, placement.ipAddressType);
    for (const viewerName of viewerNames(args)) this.dns.alias("viewers", viewerName, target);
    ({ alarms: this.alarms, dashboard: this.dashboard } = watchPath(name, plan, args, this));

    this.url = pulumi.interpolate`https://${domain?.name ?? loadBalancer.dnsName}`;
    this.registerOutputs({ url: this.url });
    this.judgeChildren();
  }
}
