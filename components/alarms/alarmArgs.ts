import type * as pulumi from "@pulumi/pulumi";
import type { AlarmName } from "../../path/alarmRow";

/** The thresholds at which alarms fire; most of them in three of five minutes. */
export interface AlarmThresholdsArgs {
  /**
   * 4xx responses a minute that the load balancer itself makes. 464 is counted here. @default 10
   */
  loadBalancer4xx?: number;
  /** 5xx responses a minute that the load balancer itself makes. @default 5 */
  loadBalancer5xx?: number;
  /** 5xx responses a minute of the tasks. @default 10 */
  target5xx?: number;
  /** Tasks that fail their health check. @default 1 */
  unhealthyTargets?: number;
  /**
   * Days before a certificate expires. ACM renews its own 45 days before: with 45 or more, the alarm
   * fires before each renewal. @default 30
   */
  certificateDays?: number;
  /** Percent of the CPU that a service's tasks have reserved, on average. @default 85 */
  cpuPercent?: number;
  /** Percent of the memory that a service's tasks have reserved, on average. @default 85 */
  memoryPercent?: number;
  /** Milliseconds until 99 of 100 answers of the tasks have begun. @default 2000 */
  targetP99?: number;
  /** Percent of viewers' requests that CloudFront answers with 5xx. @default 5 */
  edge5xxPercent?: number;
  /** Requests a minute that the web ACL blocks. @default 500 */
  wafBlocked?: number;
}

/** A Slack channel, in a workspace that someone connected in the console of Amazon Q Developer in chat applications. */
export interface SlackArgs {
  /** Id of the workspace, such as `T07EA123LEP`. */
  workspaceId: string;
  /** Id of the channel, such as `C07EZ1ABC23`. */
  channelId: string;
}

/** A channel of Microsoft Teams, in a team that someone connected in the same console. */
export interface TeamsArgs {
  /** Id of the Microsoft tenant, a UUID. */
  tenantId: string;
  /** Id of the team, a UUID. */
  teamId: string;
  /** Id of the channel as its link has it, such as `19%3aab6ef35e%40thread.tacv2`. */
  channelId: string;
}

/** A monthly budget. */
export interface BudgetArgs {
  /** US dollars a month. The topic is notified at 80 percent of it, at 100, and when 100 are forecast. */
  monthlyDollars: number;
  /**
   * A key of `tags`: only what has that tag with its value is counted. The tag has to be activated as
   * a cost allocation tag; until then nothing is counted. @default the whole account
   */
  tag?: string;
}

/** Whom the alarms notify, and when. */
export interface PathAlarmsArgs {
  /** Address that the topics created here send to, once its owner has confirmed. @default nobody */
  email?: pulumi.Input<string>;
  /**
   * Existing SNS topic in the stack's region, which CloudWatch may publish to; EventBridge and Budgets
   * too, where they are used.
   * @default a new one
   */
  topicArn?: pulumi.Input<string>;
  /**
   * Existing SNS topic in us-east-1 for what is watched at CloudFront, whose metrics are there.
   * @default the other topic if it is known to be in us-east-1 too, otherwise a new one
   */
  edgeTopicArn?: pulumi.Input<string>;
  thresholds?: AlarmThresholdsArgs;
  /** Alarms that are not wanted, by the ends of their names, such as `target-p99`. @default none */
  without?: AlarmName[];
  /** A Slack channel that every topic posts to. @default none */
  slack?: SlackArgs;
  /** A channel of Microsoft Teams that every topic posts to. @default none */
  teams?: TeamsArgs;
  /** A monthly budget. @default none */
  budget?: BudgetArgs;
}

/** An ECS service that is watched. */
export interface WatchedServiceArgs {
  /** Name of its cluster, not the ARN. */
  clusterName: pulumi.Input<string>;
  /** Name of the service, not the ARN. */
  serviceName: pulumi.Input<string>;
  /** Of the service: failed deployments of it are reported. @default they are not */
  serviceArn?: pulumi.Input<string>;
}

export interface AlarmsArgs extends PathAlarmsArgs {
  /** `arnSuffix` of the load balancer. */
  loadBalancerArnSuffix: pulumi.Input<string>;
  /** `arnSuffix` of its target group. */
  targetGroupArnSuffix: pulumi.Input<string>;
  /** `arnSuffix` of further target groups, by the start of their alarms' names. @default none */
  furtherTargetGroupArnSuffixes?: Record<string, pulumi.Input<string>>;
  /**
   * Groups that have no tasks after every other deployment, by the same names; the first one's is
   * empty. That no task is registered there is no alarm. @default none
   */
  alternatingTargetGroups?: string[];
  /** The ECS service. @default no alarms for it */
  service?: WatchedServiceArgs;
  /** Further ECS services, by the start of their alarms' names. @default none */
  furtherServices?: Record<string, WatchedServiceArgs>;
  /** Id of the distribution. @default no alarm for it */
  distributionId?: pulumi.Input<string>;
  /** Name of the web ACL's metric. @default no alarm for it */
  webAclMetricName?: pulumi.Input<string>;
  /** Where the web ACL is. @default "REGIONAL" */
  webAclScope?: "CLOUDFRONT" | "REGIONAL";
  /** Certificate in the stack's region. @default no alarm for it */
  loadBalancerCertificateArn?: pulumi.Input<string>;
  /** Certificate in us-east-1, of CloudFront. @default no alarm for it */
  edgeCertificateArn?: pulumi.Input<string>;
  /** The stack's region, if known: in us-east-1 one topic is enough. @default two topics */
  region?: string;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}
