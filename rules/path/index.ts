/**
 * Every rule that a path alone can break. Written by test/unit/rules/registry.test.ts.
 */
import type { Rule } from "../rule";
import { clientCertificateBehindEdge } from "./client-certificate-behind-edge";
import { containerLacksProtocol } from "./container-lacks-protocol";
import { containerPortMismatch } from "./container-port-mismatch";
import { containerTlsMismatch } from "./container-tls-mismatch";
import { directHttp1Clients464 } from "./direct-http1-clients-464";
import { directNoStaticSite } from "./direct-no-static-site";
import { directOpenToInternet } from "./direct-open-to-internet";
import { directWafInsideVpc } from "./direct-waf-inside-vpc";
import { edgeGrpcOnlyTarget } from "./edge-grpc-only-target";
import { edgeHttp1ToGrpcTarget } from "./edge-http1-to-grpc-target";
import { edgeHttp1ToHttp2Target } from "./edge-http1-to-http2-target";
import { edgeHttp2Fallback } from "./edge-http2-fallback";
import { edgeHttp2NoEffect } from "./edge-http2-no-effect";
import { edgeIdleTimeoutOrder } from "./edge-idle-timeout-order";
import { healthCheckPortClosed } from "./health-check-port-closed";
import { hostRuleBehindEdge } from "./host-rule-behind-edge";
import { httpListenerHttp2Target } from "./http-listener-http2-target";
import { http3UnavailableOnAlb } from "./http3-unavailable-on-alb";
import { idleTimeoutOrder } from "./idle-timeout-order";
import { invalidCidr } from "./invalid-cidr";
import { listenerHttp2Off } from "./listener-http2-off";
import { loadBalancerClosedToEdge } from "./load-balancer-closed-to-edge";
import { loadBalancerOpenBehindEdge } from "./load-balancer-open-behind-edge";
import { loadBalancerWithoutEgress } from "./load-balancer-without-egress";
import { noSecretHeader } from "./no-secret-header";
import { originCertificateNameMismatch } from "./origin-certificate-name-mismatch";
import { originMtlsRequests } from "./origin-mtls-requests";
import { originProtocolMismatch } from "./origin-protocol-mismatch";
import { plainHttpToPublicLoadBalancer } from "./plain-http-to-public-load-balancer";
import { plainTextInsideAws } from "./plain-text-inside-aws";
import { plainTextSharedVpc } from "./plain-text-shared-vpc";
import { publicOriginInternalLoadBalancer } from "./public-origin-internal-load-balancer";
import { requestKindCannotWork } from "./request-kind-cannot-work";
import { requestKindNotKnown } from "./request-kind-not-known";
import { secretHeaderNotSent } from "./secret-header-not-sent";
import { signInBehindEdge } from "./sign-in-behind-edge";
import { tasksClosedToLoadBalancer } from "./tasks-closed-to-load-balancer";
import { tasksOpen } from "./tasks-open";
import { viewersPlainHttp } from "./viewers-plain-http";
import { vpcOriginGrpc } from "./vpc-origin-grpc";
import { vpcOriginPublicLoadBalancer } from "./vpc-origin-public-load-balancer";
import { vpcOriginWithoutSecretHeader } from "./vpc-origin-without-secret-header";

export const pathRules: readonly Rule[] = [
  // HTTP versions and ports.
  edgeHttp1ToHttp2Target,
  edgeHttp1ToGrpcTarget,
  edgeGrpcOnlyTarget,
  edgeHttp2Fallback,
  edgeHttp2NoEffect,
  httpListenerHttp2Target,
  listenerHttp2Off,
  containerLacksProtocol,
  containerPortMismatch,
  vpcOriginGrpc,
  // TLS.
  viewersPlainHttp,
  originProtocolMismatch,
  plainHttpToPublicLoadBalancer,
  originCertificateNameMismatch,
  clientCertificateBehindEdge,
  containerTlsMismatch,
  plainTextInsideAws,
  plainTextSharedVpc,
  // Who may call.
  invalidCidr,
  vpcOriginPublicLoadBalancer,
  publicOriginInternalLoadBalancer,
  loadBalancerClosedToEdge,
  loadBalancerOpenBehindEdge,
  loadBalancerWithoutEgress,
  tasksClosedToLoadBalancer,
  healthCheckPortClosed,
  tasksOpen,
  // The secret header.
  noSecretHeader,
  vpcOriginWithoutSecretHeader,
  secretHeaderNotSent,
  // Timeouts.
  idleTimeoutOrder,
  edgeIdleTimeoutOrder,
  // Requests.
  hostRuleBehindEdge,
  requestKindCannotWork,
  requestKindNotKnown,
  // Without CloudFront.
  directHttp1Clients464,
  directOpenToInternet,
  directWafInsideVpc,
  directNoStaticSite,
  http3UnavailableOnAlb,
  signInBehindEdge,
  originMtlsRequests,
];
