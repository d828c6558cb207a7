import type * as pulumi from "@pulumi/pulumi";
import type { WatchedServiceArgs } from "../alarms/alarmArgs";

/** What a path's dashboard shows in addition to what costs nothing. */
export interface DashboardArgs {
  /**
   * True to switch on CloudFront's additional metrics and to show them: cache hits, latency of the
   * origin, errors by code. They cost USD 2.40 a month. @default false
   */
  additionalMetrics?: boolean;
}

/** A target group on a dashboard. */
export interface DashboardTargetsArgs {
  /** `arnSuffix` of the target group. */
  arnSuffix: pulumi.Input<string>;
  /** The ECS service whose tasks are in it. @default its CPU and memory are not shown */
  service?: Omit<WatchedServiceArgs, "serviceArn">;
}

export interface PathDashboardArgs extends DashboardArgs {
  /** `arnSuffix` of the load balancer. */
  loadBalancerArnSuffix: pulumi.Input<string>;
  /** True if other stacks use the load balancer too. @default false */
  shared?: boolean;
  /** Target groups, by the name that the dashboard shows. */
  targets: Record<string, DashboardTargetsArgs>;
  /** Id of the distribution. @default no row for CloudFront */
  distributionId?: pulumi.Input<string>;
  /** Name of the web ACL's metric. @default no row for it */
  webAclMetricName?: pulumi.Input<string>;
  /** Where the web ACL is. @default "REGIONAL" */
  webAclScope?: "CLOUDFRONT" | "REGIONAL";
  /** Alarms whose states are shown. @default none */
  alarmArns?: pulumi.Input<string>[];
}
