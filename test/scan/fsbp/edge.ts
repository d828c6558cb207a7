/** https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html and waf-controls.html */
import { token } from "../../../topology/tokens";
import type { LocalResource, Props } from "../../../local/model/types";
import { bagOf, bags, type Bag } from "../bag";
import { each, ofType, unless, type Control } from "./control";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const origins = (distribution: Props): readonly Bag[] => bags(distribution.origins);
const behaviors = (distribution: Props): readonly Bag[] => [
  ...[bagOf(distribution.defaultCacheBehavior), ...bags(distribution.orderedCacheBehaviors)],
];
const certificate = (distribution: Props): Bag => bagOf(distribution.viewerCertificate);
const custom = (origin: Bag): Bag => bagOf(origin.customOriginConfig);
const isBucket = ({ domainName }: Bag): boolean => /\.s3[.-]/.test(String(domainName));

const ownBucket = (origin: Bag, resources: readonly LocalResource[]): boolean =>
  ofType(resources, token.bucket).some(({ outputs }) =>
    [outputs.bucketRegionalDomainName, outputs.bucketDomainName].includes(origin.domainName),
  );

export const edgeControls: readonly Control[] = [
  each(
    token.distribution,
    "CloudFront.1",
    "A default root object is set (bucket origins)",
    (edge) => unless(!origins(edge).some(isBucket) || Boolean(edge.defaultRootObject), "none"),
  ),
  each(token.distribution, "CloudFront.3", "Viewers get HTTPS only", (edge) =>
    unless(
      behaviors(edge).every(({ viewerProtocolPolicy }) => viewerProtocolPolicy !== "allow-all"),
      "a behaviour answers HTTP",
    ),
  ),
  each(token.distribution, "CloudFront.4", "Origin failover is set up", (edge) =>
    unless(bags(edge.originGroups).length > 0, "no origin group"),
  ),
  each(token.distribution, "CloudFront.5", "Standard logging (legacy) is on", (edge) =>
    unless(Boolean(bagOf(edge.loggingConfig).bucket), "no legacy logging"),
  ),
  each(token.distribution, "CloudFront.6", "A web ACL is attached", (edge) =>
    unless(Boolean(edge.webAclId), "none"),
  ),
  each(token.distribution, "CloudFront.7", "The certificate is the domain's own", (edge) =>
    unless(certificate(edge).acmCertificateArn !== undefined, "CloudFront's own certificate"),
  ),
  each(token.distribution, "CloudFront.8", "TLS names the host (SNI)", (edge) =>
    unless(certificate(edge).sslSupportMethod === "sni-only", "a dedicated address"),
  ),
  each(token.distribution, "CloudFront.9", "Traffic to custom origins is HTTPS", (edge) =>
    unless(
      origins(edge)
        .filter((origin) => origin.customOriginConfig !== undefined)
        .every((origin) => custom(origin).originProtocolPolicy === "https-only"),
      "HTTP to an origin",
    ),
  ),
  each(token.distribution, "CloudFront.10", "No SSLv3 to an origin", (edge) =>
    unless(
      !origins(edge).some((origin) => {
        const { originSslProtocols: protocols } = custom(origin);
        return Array.isArray(protocols) && protocols.includes("SSLv3");
      }),
      "SSLv3",
    ),
  ),
  each(token.distribution, "CloudFront.12", "Every bucket origin exists", (edge, resources) =>
    unless(
      origins(edge)
        .filter(isBucket)
        .every((origin) => ownBucket(origin, resources)),
      "a bucket that is not the stack's",
    ),
  ),
  each(token.distribution, "CloudFront.13", "Bucket origins have origin access control", (edge) =>
    unless(
      origins(edge)
        .filter(isBucket)
        .every(({ originAccessControlId }) => Boolean(originAccessControlId)),
      "none",
    ),
  ),
  each(token.distribution, "CloudFront.15", "A recommended TLS policy", (edge) => {
    const policy = String(certificate(edge).minimumProtocolVersion);
    return unless(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"].includes(policy), policy);
  }),
  each(token.distribution, "CloudFront.17", "Signed URLs by trusted key groups", (edge) =>
    unless(
      behaviors(edge).every(
        ({ trustedKeyGroups: groups }) => Array.isArray(groups) && groups.length > 0,
      ),
      "no key group",
    ),
  ),
  each(WEB_ACL, "WAF.10", "Web ACLs have a rule", ({ rules }) =>
    unless(bags(rules).length > 0, "none"),
  ),
  each(WEB_ACL, "WAF.12", "Rules have CloudWatch metrics", ({ rules }) =>
    unless(
      bags(rules).every(
        ({ visibilityConfig }) => bagOf(visibilityConfig).cloudwatchMetricsEnabled === true,
      ),
      "a rule without",
    ),
  ),
];
