/** The components, for programs that build a path of their own. */
export { Alarms, type AlarmsArgs, type AlarmThresholdsArgs, type PathAlarmsArgs } from "./alarms";
export { AlarmTopic, type AlarmTopicArgs } from "./alarmTopic";
export { AliasRecords, type AliasRecordsArgs } from "./aliasRecords";
export { DnsCertificate, type DnsCertificateArgs } from "./certificate";
export type { DomainArgs } from "./domain";
export { EdgeLogDelivery, type EdgeLogDeliveryArgs, type EdgeLogFormat } from "./edgeLogs";
export { FlowLogs, type FlowLogsArgs, type FlowTraffic } from "./flowLogs";
export { H1ViaCloudfront, secretHeaderName } from "./h1ViaCloudfront";
export type {
  H1LogsArgs,
  H1OriginArgs,
  H1TimeoutsArgs,
  H1ViaCloudfrontArgs,
  H1ViewersArgs,
} from "./h1ViaCloudfrontArgs";
export { H2Direct } from "./h2Direct";
export type { H2DirectArgs, H2OriginArgs, H2TimeoutsArgs, H2ViewersArgs } from "./h2DirectArgs";
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
export { OriginSecret, type OriginSecretArgs } from "./originSecret";
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
export { VpcEndpoints, type VpcEndpointsArgs } from "./vpcEndpoints";
export { WebAcl } from "./webAcl";
export type { WafArgs, WafRateLimitArgs, WebAclArgs } from "./webAclArgs";
export { WebAclLog, type WebAclLogArgs } from "./webAclLog";
export { WebService, type AppArgs, type ServiceArgs, type WebServiceArgs } from "./webService";
