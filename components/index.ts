/** The components, for programs that build a path of their own. */
export { AliasRecords, type AliasRecordsArgs } from "./aliasRecords";
export { DnsCertificate, type DnsCertificateArgs } from "./certificate";
export type { DomainArgs } from "./domain";
export { H1ViaCloudfront, secretHeaderName } from "./h1ViaCloudfront";
export type {
  H1OriginArgs,
  H1TimeoutsArgs,
  H1ViaCloudfrontArgs,
  H1ViewersArgs,
} from "./h1ViaCloudfrontArgs";
export { H2Direct } from "./h2Direct";
export type { H2DirectArgs, H2OriginArgs, H2TimeoutsArgs, H2ViewersArgs } from "./h2DirectArgs";
export { Network, type NetworkArgs } from "./network";
export { NginxImage, type NginxImageArgs } from "./nginxImage";
export { OriginSecret, type OriginSecretArgs } from "./originSecret";
export { PathDistribution, type PathDistributionArgs } from "./pathDistribution";
export { PathLoadBalancer, type PathLoadBalancerArgs } from "./pathLoadBalancer";
export { PathSecurityGroups, type PathSecurityGroupsArgs } from "./pathSecurityGroups";
export { PathVpcOrigin, type PathVpcOriginArgs } from "./pathVpcOrigin";
export type { EgressArgs, PlacementArgs } from "./placement";
export { TaskRoles, type TaskRolesArgs } from "./taskRoles";
export { VpcEndpoints, type VpcEndpointsArgs } from "./vpcEndpoints";
export { WebService, type AppArgs, type ServiceArgs, type WebServiceArgs } from "./webService";
