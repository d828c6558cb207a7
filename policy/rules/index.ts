/** Every rule of the pack: those about whole paths first, in the order of a path. */
import type { Rule } from "../rule";
import { accessLogsOff } from "./access-logs-off";
import { containerLacksProtocol } from "./container-lacks-protocol";
import { containerPortMismatch } from "./container-port-mismatch";
import { containerTlsMismatch } from "./container-tls-mismatch";
import { directHttp1Clients464 } from "./direct-http1-clients-464";
import { edgeCertificateRegion } from "./edge-certificate-region";
import { edgeHttp1ToGrpcTarget } from "./edge-http1-to-grpc-target";
import { edgeHttp1ToHttp2Target } from "./edge-http1-to-http2-target";
import { headerGuardOpen } from "./header-guard-open";
import { healthCheckCannotPass } from "./health-check-cannot-pass";
import { httpListenerHttp2Target } from "./http-listener-http2-target";
import { idleTimeoutOrder } from "./idle-timeout-order";
import { invalidCidr } from "./invalid-cidr";
import { listenerHttp2Off } from "./listener-http2-off";
import { listenerWithoutCertificate } from "./listener-without-certificate";
import { loadBalancerOpenBehindEdge } from "./load-balancer-open-behind-edge";
import { nameTooLong } from "./name-too-long";
import { noSecretHeader } from "./no-secret-header";
import { originCertificateNameMismatch } from "./origin-certificate-name-mismatch";
import { originProtocolMismatch } from "./origin-protocol-mismatch";
import { plainHttpToPublicLoadBalancer } from "./plain-http-to-public-load-balancer";
import { prefixListQuota } from "./prefix-list-quota";
import { publicOriginInternalLoadBalancer } from "./public-origin-internal-load-balancer";
import { requestKindCannotWork } from "./request-kind-cannot-work";
import { roleTrustsEveryone } from "./role-trusts-everyone";
import { secretHeaderNotSent } from "./secret-header-not-sent";
import { secretHeaderWildcard } from "./secret-header-wildcard";
import { serviceTargetMissing } from "./service-target-missing";
import { targetGroupFixedName } from "./target-group-fixed-name";
import { targetGroupUnused } from "./target-group-unused";
import { targetTypeNotIp } from "./target-type-not-ip";
import { tasksOpen } from "./tasks-open";
import { tlsPolicyDefault } from "./tls-policy-default";
import { viewersPlainHttp } from "./viewers-plain-http";
import { vpcOriginGrpc } from "./vpc-origin-grpc";
import { vpcOriginPublicLoadBalancer } from "./vpc-origin-public-load-balancer";

/** In the order in which they are listed and checked. */
export const rules: readonly Rule[] = [
  edgeHttp1ToHttp2Target,
  edgeHttp1ToGrpcTarget,
  httpListenerHttp2Target,
  listenerHttp2Off,
  containerLacksProtocol,
  containerPortMismatch,
  vpcOriginGrpc,
  viewersPlainHttp,
  originProtocolMismatch,
  plainHttpToPublicLoadBalancer,
  originCertificateNameMismatch,
  containerTlsMismatch,
  invalidCidr,
  vpcOriginPublicLoadBalancer,
  publicOriginInternalLoadBalancer,
  loadBalancerOpenBehindEdge,
  tasksOpen,
  noSecretHeader,
  secretHeaderNotSent,
  idleTimeoutOrder,
  requestKindCannotWork,
  directHttp1Clients464,
  edgeCertificateRegion,
  headerGuardOpen,
  secretHeaderWildcard,
  prefixListQuota,
  targetGroupUnused,
  serviceTargetMissing,
  targetTypeNotIp,
  healthCheckCannotPass,
  nameTooLong,
  targetGroupFixedName,
  listenerWithoutCertificate,
  tlsPolicyDefault,
  accessLogsOff,
  roleTrustsEveryone,
];

/** Findings of a path that have no rule here, with the reason. */
export const withoutRule: Readonly<Record<string, string>> = {
  "direct-open-to-internet": "a note: what being called without CloudFront means",
  "direct-waf-inside-vpc": "a note: what being called without CloudFront means",
  "direct-no-static-site": "a note: what being called without CloudFront means",
  "http3-unavailable-on-alb": "a note: what being called without CloudFront means",
  "plain-text-inside-aws": "a note: nothing has to change",
  "plain-text-shared-vpc": "resources do not say who else is in their VPC",
};
