/** The components, for programs that build their own path. */
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Variant } from "../path/variants";
import { GrpcViaCloudfront } from "./variants/grpcViaCloudfront";
import { H1ViaCloudfront } from "./variants/h1ViaCloudfront";
import { H2Direct } from "./variants/h2Direct";
import { H2ViaCloudfront } from "./variants/h2ViaCloudfront";
import type { PathComponent } from "./variants/pathComponent";

export { GrpcViaCloudfront, H1ViaCloudfront, H2Direct, H2ViaCloudfront };

/** The class of each variant's component. */
export const pathComponents = {
  "h1-via-cloudfront": H1ViaCloudfront,
  "h2-via-cloudfront": H2ViaCloudfront,
  "grpc-via-cloudfront": GrpcViaCloudfront,
  "h2-direct": H2Direct,
} as const satisfies Record<
  Variant,
  new (name: string, args: never, opts?: ComponentResourceOptions) => PathComponent
>;

export { Alarms } from "./alarms/alarms";
export type {
  AlarmsArgs,
  AlarmThresholdsArgs,
  BudgetArgs,
  PathAlarmsArgs,
  SlackArgs,
  TeamsArgs,
  WatchedServiceArgs,
} from "./alarms/alarmArgs";
export { AlarmTopic, type AlarmPublisher, type AlarmTopicArgs } from "./alarms/alarmTopic";
export type {
  DashboardArgs,
  DashboardTargetsArgs,
  PathDashboardArgs,
} from "./dashboard/dashboardArgs";
export { PathDashboard } from "./dashboard/pathDashboard";
export { AliasRecords, type AliasRecordsArgs } from "./dns/aliasRecords";
export { DnsCertificate, type DnsCertificateArgs } from "./dns/certificate";
export {
  ExternalDnsCertificates,
  type DnsRecordToCreate,
  type ExternalDnsCertificatesArgs,
} from "./dns/externalDns";
export type { DomainArgs } from "./dns/domain";
export { EdgeLogDelivery, type EdgeLogDeliveryArgs, type EdgeLogFormat } from "./edge/edgeLogs";
export type {
  CountriesArgs,
  ErrorPagesArgs,
  MaintenanceArgs,
  ViewerPasswordArgs,
} from "./edge/frontArgs";
export { FlowLogs, type FlowLogsArgs, type FlowTraffic } from "./logs/flowLogs";
export type { H1OriginArgs, H1ViaCloudfrontArgs } from "./variants/h1ViaCloudfrontArgs";
export type { H2DirectArgs, H2ViewersArgs } from "./variants/h2DirectArgs";
export { LogBucket, type LogBucketArgs } from "./logs/logBucket";
export { logBuckets, type LogBuckets, type LogBucketsArgs } from "./logs/logBuckets";
export {
  logBucketPolicy,
  logBucketStatements,
  type EdgeLogs,
  type LogBucketPlace,
  type LogWriters,
  type PolicyStatement,
} from "./logs/logBucketPolicy";
export { LogQueries, type LogQueriesArgs, type QueriedEdgeArgs } from "./logs/logQueries";
export { Network, type NetworkArgs } from "./network/network";
export type {
  DeploymentArgs,
  DeploymentHookArgs,
  RollbackArgs,
  TrafficArgs,
} from "./service/deployment";
export type { NginxArgs, NginxGrpcArgs } from "./service/nginxArgs";
export {
  ListenerService,
  type ListenerServiceArgs,
  type ServedListenerArgs,
} from "./service/listenerService";
export { NginxImage, type NginxImageArgs } from "./service/nginxImage";
export {
  ClientTrust,
  type ClientCertificatesArgs,
  type ClientTrustArgs,
  type TrustedCertificatesArgs,
} from "./security/clientCertificates";
export { OriginSecret, type OriginSecretArgs, secretHeaderName } from "./security/originSecret";
export type {
  GrpcArgs,
  PathArgs,
  PathServiceArgs,
  PathOriginArgs,
  PathOriginArgs as H2OriginArgs,
  PathTimeoutsArgs,
  PathTimeoutsArgs as H2TimeoutsArgs,
  PathViewersArgs,
} from "./variants/pathArgs";
export { PathDistribution, type PathDistributionArgs } from "./edge/pathDistribution";
export {
  PathLoadBalancer,
  type LoadBalancerLogsArgs,
  type PathLoadBalancerArgs,
} from "./service/pathLoadBalancer";
export {
  ServiceScaling,
  type ScalingArgs,
  type ScalingScheduleArgs,
  type ServiceScalingArgs,
} from "./service/scaling";
export type { SpotArgs } from "./service/spot";
export { PathSecurityGroups, type PathSecurityGroupsArgs } from "./security/pathSecurityGroups";
export { PathVpcOrigin, type PathVpcOriginArgs } from "./edge/pathVpcOrigin";
export type { EgressArgs, PlacementArgs } from "./network/placement";
export { ServicesAtListener, type ServicesAtListenerArgs } from "./variants/servicesAtListener";
export { StaticSite, type SiteArgs, type StaticSiteArgs } from "./site/staticSite";
export type { CognitoArgs, OidcArgs, SignInArgs, SignInProviderArgs } from "./service/signIn";
export type { PriorityRange, RouteArgs } from "./service/routes";
export type { TargetArgs } from "./service/taskGroup";
export type { TaskRoleStatementArgs } from "./service/taskPolicy";
export type { VolumeArgs } from "./service/volumes";
export { TaskRoles, type TaskRolesArgs } from "./service/taskRoles";
export { ThreatDetection, type ThreatDetectionArgs } from "./security/threatDetection";
export type {
  CloudfrontLogsArgs,
  CloudfrontLogsArgs as H1LogsArgs,
  CloudfrontOriginArgs,
  CloudfrontTimeoutsArgs,
  CloudfrontTimeoutsArgs as H1TimeoutsArgs,
  CloudfrontViewersArgs,
  CloudfrontViewersArgs as H1ViewersArgs,
  ViaCloudfrontArgs,
  ViaCloudfrontArgs as GrpcViaCloudfrontArgs,
  ViaCloudfrontArgs as H2ViaCloudfrontArgs,
} from "./variants/viaCloudfrontArgs";
export { VpcEndpoints, type VpcEndpointsArgs } from "./network/vpcEndpoints";
export { WebAcl } from "./security/webAcl";
export type { WafArgs, WafRateLimitArgs, WebAclArgs } from "./security/webAclArgs";
export { WebAclLog, type WebAclLogArgs } from "./security/webAclLog";
export type { AppArgs, OwnContainerArgs } from "./service/appArgs";
export type { ExecArgs } from "./service/exec";
export type { ContainerCheckArgs, SidecarArgs } from "./service/sidecars";
export { WebService, type ServiceArgs, type WebServiceArgs } from "./service/webService";
export { adopted, type AdoptedChild } from "./variants/adopted";
export type { Transform, TransformedChild } from "./variants/transform";
