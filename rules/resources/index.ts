/** Every rule about resources around a path, and about a whole stack. */
import type { Rule } from "../rule";
import { accessLogsOff } from "./access-logs-off";
import { alarmNotDelivered } from "./alarm-not-delivered";
import { alarmWithoutData } from "./alarm-without-data";
import { athenaQueryDatabaseMissing } from "./athena-query-database-missing";
import { behaviorNeverReached } from "./behavior-never-reached";
import { behaviorQuota } from "./behavior-quota";
import { bucketClosedToEdge } from "./bucket-closed-to-edge";
import { certificateNotValidated } from "./certificate-not-validated";
import { certificateUsedBeforeIssued } from "./certificate-used-before-issued";
import { deploymentFasterThanAlarms } from "./deployment-faster-than-alarms";
import { deploymentProtocolVersionsDiffer } from "./deployment-protocol-versions-differ";
import { deploymentRuleNotMoved } from "./deployment-rule-not-moved";
import { desiredCountNotIgnored } from "./desired-count-not-ignored";
import { distributionDisabled } from "./distribution-disabled";
import { edgeCertificateRegion } from "./edge-certificate-region";
import { edgeMinimumTlsIgnored } from "./edge-minimum-tls-ignored";
import { errorPageHidesApi } from "./error-page-hides-api";
import { functionNotPermitted } from "./function-not-permitted";
import { headerGuardOpen } from "./header-guard-open";
import { headerGuardOtherGroup } from "./header-guard-other-group";
import { healthCheckCannotPass } from "./health-check-cannot-pass";
import { imageFollowsLatest } from "./image-follows-latest";
import { listenerCertificateQuota } from "./listener-certificate-quota";
import { listenerPortClosed } from "./listener-port-closed";
import { listenerRuleNeverReached } from "./listener-rule-never-reached";
import { listenerRuleQuota } from "./listener-rule-quota";
import { listenerWithoutCertificate } from "./listener-without-certificate";
import { loadBalancerWithoutInternetRoute } from "./load-balancer-without-internet-route";
import { loadBalancerWithoutListener } from "./load-balancer-without-listener";
import { logGroupMissing } from "./log-group-missing";
import { logsWithoutBucket } from "./logs-without-bucket";
import { nameTooLong } from "./name-too-long";
import { originWithoutConfig } from "./origin-without-config";
import { prefixListQuota } from "./prefix-list-quota";
import { redirectPortClosed } from "./redirect-port-closed";
import { roleTrustsEveryone } from "./role-trusts-everyone";
import { roleUnused } from "./role-unused";
import { scalesToZero } from "./scales-to-zero";
import { scalingRequestsNotCounted } from "./scaling-requests-not-counted";
import { secretHeaderRandomWildcard } from "./secret-header-random-wildcard";
import { secretHeaderWildcard } from "./secret-header-wildcard";
import { securityGroupRuleQuota } from "./security-group-rule-quota";
import { serviceBeforeListener } from "./service-before-listener";
import { serviceTargetGroupUnused } from "./service-target-group-unused";
import { serviceTargetMissing } from "./service-target-missing";
import { serviceWithoutRoom } from "./service-without-room";
import { serviceWithoutTasks } from "./service-without-tasks";
import { signInWithoutEgress } from "./sign-in-without-egress";
import { spotOnly } from "./spot-only";
import { tagKeysDifferInCase } from "./tag-keys-differ-in-case";
import { targetGroupFixedName } from "./target-group-fixed-name";
import { targetGroupQuota } from "./target-group-quota";
import { targetGroupUnused } from "./target-group-unused";
import { targetGroupWithoutTargets } from "./target-group-without-targets";
import { targetTypeNotInstance } from "./target-type-not-instance";
import { targetTypeNotIp } from "./target-type-not-ip";
import { taskDefinitionTooLarge } from "./task-definition-too-large";
import { tasksWithoutRoute } from "./tasks-without-route";
import { tlsPolicyDefault } from "./tls-policy-default";
import { vpcOriginUnused } from "./vpc-origin-unused";
import { vpcOriginWithoutInternetGateway } from "./vpc-origin-without-internet-gateway";
import { vpcOriginZone } from "./vpc-origin-zone";
import { vpcRangeReserved } from "./vpc-range-reserved";
import { webAclAssociationReplaced } from "./web-acl-association-replaced";
import { webAclUnused } from "./web-acl-unused";
import { webAclWithoutRules } from "./web-acl-without-rules";

/** Errors first, then who gets in, then other warnings, then notes; written as `rules/path` is. */
export const resourceRules: readonly Rule[] = [
  edgeCertificateRegion,
  originWithoutConfig,
  listenerWithoutCertificate,
  prefixListQuota,
  nameTooLong,
  serviceTargetMissing,
  targetTypeNotIp,
  serviceTargetGroupUnused,
  healthCheckCannotPass,
  tagKeysDifferInCase,
  taskDefinitionTooLarge,
  serviceWithoutRoom,
  distributionDisabled,
  loadBalancerWithoutInternetRoute,
  listenerPortClosed,
  tasksWithoutRoute,
  roleTrustsEveryone,
  headerGuardOpen,
  secretHeaderWildcard,
  secretHeaderRandomWildcard,
  targetGroupUnused,
  targetGroupWithoutTargets,
  targetGroupFixedName,
  loadBalancerWithoutListener,
  listenerRuleNeverReached,
  redirectPortClosed,
  behaviorNeverReached,
  vpcRangeReserved,
  listenerRuleQuota,
  tlsPolicyDefault,
  edgeMinimumTlsIgnored,
  serviceWithoutTasks,
  vpcOriginUnused,
  certificateNotValidated,
  certificateUsedBeforeIssued,
  serviceBeforeListener,
  logGroupMissing,
  logsWithoutBucket,
  alarmWithoutData,
  alarmNotDelivered,
  webAclWithoutRules,
  webAclUnused,
  webAclAssociationReplaced,
  athenaQueryDatabaseMissing,
  accessLogsOff,
  imageFollowsLatest,
  errorPageHidesApi,
  headerGuardOtherGroup,
  roleUnused,
  vpcOriginWithoutInternetGateway,
  vpcOriginZone,
  signInWithoutEgress,
  deploymentProtocolVersionsDiffer,
  deploymentRuleNotMoved,
  behaviorQuota,
  listenerCertificateQuota,
  targetGroupQuota,
  desiredCountNotIgnored,
  scalesToZero,
  scalingRequestsNotCounted,
  spotOnly,
  functionNotPermitted,
  targetTypeNotInstance,
  bucketClosedToEdge,
  securityGroupRuleQuota,
  deploymentFasterThanAlarms,
];
