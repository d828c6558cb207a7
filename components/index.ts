/** The components, for programs that build a path of their own. */
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Variant } from "../path/variants";
import { H1ViaCloudfront } from "./h1ViaCloudfront";
import { H2Direct } from "./h2Direct";
import type { PathComponent } from "./pathComponent";

export { H1ViaCloudfront, H2Direct };

/** The class of each variant's component. */
export const pathComponents = {
  "h1-via-cloudfront": H1ViaCloudfront,
  "h2-direct": H2Direct,
} as const satisfies Record<
  Variant,
  new (name: string, args: never, opts?: ComponentResourceOptions) => PathComponent
>;

export { Alarms, type AlarmsArgs, type AlarmThresholdsArgs, type PathAlarmsArgs } from "./alarms";
export { AlarmTopic, type AlarmTopicArgs } from "./alarmTopic";
export { AliasRecords, type AliasRecordsArgs } from "./aliasRecords";
export { DnsCertificate, type DnsCertificateArgs } from "./certificate";
export type { DomainArgs } from "./domain";
export { EdgeLogDelivery, type EdgeLogDeliveryArgs, type EdgeLogFormat } from "./edgeLogs";
export { FlowLogs, type FlowLogsArgs, type FlowTraffic } from "./flowLogs";
export type { H2DirectArgs, H2ViewersArgs } from "./h2DirectArgs";
export { LogBucket, type LogBucketArgs } from "./logBucket";
export { logBuckets, type LogBuckets, type LogBucketsArgs } from "./logBuckets";
export {
  logBucketPolicy,
  logBucketStatements,
  type EdgeLogs,
  type LogBucketPlace,
  type LogWriters,
  type PolicyStatement,
} from "./logBucketPolicy";
export { LogQueries, type LogQueriesArgs, type QueriedEdgeArgs } from "./logQueries";
export { Network, type NetworkArgs } from "./network";
export { NginxImage, type NginxImageArgs } from "./nginxImage";
export { OriginSecret, type OriginSecretArgs, secretHeaderName } from "./originSecret";
export type {
  PathArgs,
  PathOriginArgs,
  PathOriginArgs as H2OriginArgs,
  PathTimeoutsArgs,
  PathTimeoutsArgs as H2TimeoutsArgs,
  PathViewersArgs,
} from "./pathArgs";
export { PathDistribution, type PathDistributionArgs } from "./pathDistribution";
export {
  PathLoadBalancer,
  type LoadBalancerLogsArgs,
  type PathLoadBalancerArgs,
} from "./pathLoadBalancer";
export { PathSecurityGroups, type PathSecurityGroupsArgs } from "./pathSecurityGroups";
export { PathVpcOrigin, type PathVpcOriginArgs } from "./pathVpcOrigin";
export type { EgressArgs, PlacementArgs } from "./placement";
export { StaticSite, type SiteArgs, type StaticSiteArgs } from "./staticSite";
export { TaskRoles, type TaskRolesArgs } from "./taskRoles";
export { ThreatDetection, type ThreatDetectionArgs } from "./threatDetection";
export type {
  CloudfrontLogsArgs,
  CloudfrontLogsArgs as H1LogsArgs,
  CloudfrontOriginArgs,
  CloudfrontOriginArgs as H1OriginArgs,
  CloudfrontTimeoutsArgs,
  CloudfrontTimeoutsArgs as H1TimeoutsArgs,
  CloudfrontViewersArgs,
  CloudfrontViewersArgs as H1ViewersArgs,
  ViaCloudfrontArgs,
  ViaCloudfrontArgs as H1ViaCloudfrontArgs,
} from "./viaCloudfrontArgs";
export { VpcEndpoints, type VpcEndpointsArgs } from "./vpcEndpoints";
export { WebAcl } from "./webAcl";
export type { WafArgs, WafRateLimitArgs, WebAclArgs } from "./webAclArgs";
export { WebAclLog, type WebAclLogArgs } from "./webAclLog";
export { WebService, type AppArgs, type ServiceArgs, type WebServiceArgs } from "./webService";
