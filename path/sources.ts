/**
 * The AWS and nginx pages on which the path rules are based. AWS may change a rule (gRPC to
 * CloudFront's origins has been an exception since 2024), so every rule names its page.
 */
const albGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/";
const cloudfrontGuide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/";

export const sources = {
  /** ALB: protocol versions of target groups. */
  targetProtocolVersion: `${albGuide}load-balancer-target-groups.html#target-group-protocol-version`,
  /** ALB: the meaning of its own status codes; the three causes of 464. */
  albStatusCodes: `${albGuide}load-balancer-troubleshooting.html#load-balancer-http-error-codes`,
  /** ALB: listeners, HTTP/2 and WebSockets. */
  albListeners: `${albGuide}load-balancer-listeners.html#listener-configuration`,
  /** ALB: HTTPS listeners and their certificates. */
  albCertificates: `${albGuide}https-listener-certificates.html`,
  /** ALB: attributes, the idle timeout among them. */
  albAttributes: `${albGuide}edit-load-balancer-attributes.html#connection-idle-timeout`,
  /** ALB: security groups. */
  albSecurityGroups: `${albGuide}load-balancer-update-security-groups.html`,
  /** ALB: internet-facing and internal load balancers. */
  albScheme: `${albGuide}application-load-balancers.html`,
  /** ALB: HTTP to HTTPS redirect actions and forward actions. */
  albActions: `${albGuide}rule-action-types.html`,
  /** ALB: sign-in, with what it needs of CloudFront and security groups. */
  albSignIn: `${albGuide}listener-authenticate-users.html`,
  /** ALB: client certificates. */
  albMutualTls: `${albGuide}mutual-authentication.html`,
  /** CloudFront: the client certificate that it shows to origins. */
  edgeOriginMtls: `${cloudfrontGuide}origin-mtls-authentication.html`,
  edgeOriginMtlsLimits: `${cloudfrontGuide}origin-enable-mtls-distributions.html`,
  /** CloudFront: "HTTP version" towards a custom origin, methods, timeouts. */
  edgeToOrigin: `${cloudfrontGuide}RequestAndResponseBehaviorCustomOrigin.html`,
  /** CloudFront: distribution settings; HTTP versions offered to viewers. */
  edgeSettings: `${cloudfrontGuide}DownloadDistValuesGeneral.html#DownloadDistValuesSupportedHTTPVersions`,
  /** CloudFront: whether a distribution is enabled. */
  edgeEnabled: `${cloudfrontGuide}DownloadDistValuesGeneral.html#DownloadDistValuesEnabled`,
  /** CloudFront: settings of a behaviour, allowed methods among them. */
  edgeBehaviour: `${cloudfrontGuide}DownloadDistValuesCacheBehavior.html`,
  /** CloudFront: settings of an origin, protocol and keep-alive among them. */
  edgeOrigin: `${cloudfrontGuide}DownloadDistValuesOrigin.html`,
  /** CloudFront: the HTTP version that it offers an origin. */
  edgeOriginHttpVersion: `${cloudfrontGuide}DownloadDistValuesOrigin.html#DownloadDistValuesOriginHttpVersion`,
  /** CloudFront: gRPC and its conditions. */
  edgeGrpc: `${cloudfrontGuide}distribution-using-grpc.html`,
  /** CloudFront: WebSockets. */
  edgeWebsocket: `${cloudfrontGuide}distribution-working-with.websockets.html`,
  /** CloudFront: viewer protocol policy; 301, 307 and 403. */
  edgeViewerHttps: `${cloudfrontGuide}using-https-viewers-to-cloudfront.html`,
  /** CloudFront: HTTPS to a custom origin; the name on its certificate. */
  edgeOriginHttps: `${cloudfrontGuide}using-https-cloudfront-to-custom-origin.html`,
  /** CloudFront: 502, its causes. */
  edge502: `${cloudfrontGuide}http-502-bad-gateway.html`,
  /** CloudFront: 504, its causes. */
  edge504: `${cloudfrontGuide}http-504-gateway-timeout.html`,
  /** CloudFront: VPC origins, their conditions. */
  vpcOrigins: `${cloudfrontGuide}private-content-vpc-origins.html`,
  /** CloudFront: restricting an ALB to one distribution with a secret header. */
  restrictAlb: `${cloudfrontGuide}restrict-access-to-load-balancer.html`,
  /** VPC: AWS-managed prefix lists and their weights. */
  prefixLists:
    "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html",
  /** VPC: 60 rules of a security group, per direction and IP family. */
  vpcQuotas:
    "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
  /** VPC: security group rules. */
  securityGroupRules: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  /** Fargate: CPU and memory pairs. */
  fargateSizes:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size",
  /** ALB: security policies for TLS. */
  albTlsPolicies: `${albGuide}describe-ssl-policies.html`,
  /** CloudFront: security policies for viewers. */
  edgeTlsPolicies: `${cloudfrontGuide}secure-connections-supported-viewer-protocols-ciphers.html`,
  /** Well-Architected: encryption in transit. */
  encryptInTransit:
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/protecting-data-in-transit.html",
  /** WAF: which resources a web ACL can protect, and where it acts. */
  waf: "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
  /** nginx: keepalive_timeout. */
  nginxKeepalive: "https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_timeout",
  /** nginx: `http2 on`. */
  nginxHttp2: "https://nginx.org/en/docs/http/ngx_http_v2_module.html",
  /** ECS: how alarms end a deployment. */
  ecsDeploymentAlarms:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html",
  /** ECS: what a deployment between two target groups needs of a load balancer. */
  ecsBlueGreen:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html",
} as const;
