import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dashboardRows } from "../../path/dashboard";
import { dashboardBody } from "../../path/dashboardGrid";
import { webAclPlace } from "../alarms/alarmPlan";
import { accountName } from "../shared/accountName";
import type { PathDashboardArgs } from "./dashboardArgs";

/**
 * A CloudWatch dashboard of a path, hop by hop, with what each graph means and what to run next.
 * path/dashboard.ts has its rows, path/metrics.ts AWS's list of the metrics.
 */
export class PathDashboard extends pulumi.ComponentResource {
  public readonly dashboard: aws.cloudwatch.Dashboard;
  /** CloudFront's additional metrics; with `additionalMetrics` and a distribution only. */
  public readonly monitoring: aws.cloudfront.MonitoringSubscription | undefined;
  /** Address of the dashboard in AWS's console. */
  public readonly url: pulumi.Output<string>;

  constructor(name: string, args: PathDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathDashboard", name, {}, opts);
    const parent = { parent: this };
    const { region } = aws.getRegionOutput({}, parent);
    const { distributionId, webAclMetricName, additionalMetrics = false } = args;
    this.monitoring =
      additionalMetrics && distributionId !== undefined
        ? new aws.cloudfront.MonitoringSubscription(
            name,
            {
              distributionId,
              monitoringSubscription: {
                realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
              },
            },
            parent,
          )
        : undefined;
    const rows = dashboardRows<pulumi.Input<string>>({
      ...{ region, distributionId, additionalMetrics },
      webAcl:
        webAclMetricName === undefined
          ? undefined
          : { metricName: webAclMetricName, place: webAclPlace(args.webAclScope) },
      loadBalancerArnSuffix: args.loadBalancerArnSuffix,
      shared: args.shared,
      targets: Object.entries(args.targets).map(([of, targets]) => ({ name: of, ...targets })),
      alarmArns: args.alarmArns ?? [],
    });
    this.dashboard = new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: accountName(name),
        dashboardBody: pulumi.jsonStringify(dashboardBody(rows)),
      },
      parent,
    );
    this.url = pulumi.interpolate`https://console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${this.dashboard.dashboardName}`;
    this.registerOutputs({ url: this.url });
  }
}
