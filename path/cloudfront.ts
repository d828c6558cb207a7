/** Facts about CloudFront that do not depend on a path, once each. */

/**
 * Ids of the managed cache policies in use; the same in every account.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export const managedCachePolicies = {
  CachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  CachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  UseOriginCacheControlHeaders: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
  "UseOriginCacheControlHeaders-QueryStrings": "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
} as const;

/**
 * Ids of the managed origin request policies, which decide what reaches the origin.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const managedOriginRequestPolicies = {
  /** Everything, the Host header too. */
  AllViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  /** Everything except Host: the origin sees its own domain name. */
  AllViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  "AllViewerAndCloudFrontHeaders-2022-06": "33f36d7e-f396-46d9-90e0-52428a34d9dc",
} as const;

/**
 * Ids of the managed response headers policies.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export const managedResponseHeadersPolicies = {
  SecurityHeadersPolicy: "67f7725c-6f97-4210-82d7-5512b31e9d03",
} as const;

/**
 * The availability zone of a region in which CloudFront supports no VPC origins, by its id. Zone
 * names (`us-east-1a`) stand for other zones in other accounts, so a name says nothing about it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html#vpc-origins-supported-regions
 */
export const zonesWithoutVpcOrigins: Readonly<Record<string, string>> = {
  "us-east-1": "use1-az3",
  "us-west-1": "usw1-az2",
  "ap-northeast-1": "apne1-az3",
  "ca-central-1": "cac1-az3",
};

/** Origin request policies that forward the viewer's Host header. */
export const policiesForwardingHost: readonly string[] = [
  managedOriginRequestPolicies.AllViewer,
  managedOriginRequestPolicies["AllViewerAndCloudFrontHeaders-2022-06"],
  "bf0718e1-ba1e-49d1-88b1-f726733018ae", // HostHeaderOnly
];

/**
 * Names of CloudFront's managed prefix lists by IP family. The names are the same in every region,
 * the ids are not: look them up by name.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 */
export const prefixListNames = {
  4: "com.amazonaws.global.cloudfront.origin-facing",
  6: "com.amazonaws.global.ipv6.cloudfront.origin-facing",
} as const;

/**
 * Ids of the IPv4 list in the regions for which they are public; programs write them down. They are
 * the same in every account.
 * https://aws.amazon.com/blogs/networking-and-content-delivery/limit-access-to-your-origins-using-the-aws-managed-prefix-list-for-amazon-cloudfront/
 */
export const originFacingLists: readonly string[] = [
  ...["pl-3b927c52", "pl-b6a144df", "pl-4ea04527", "pl-82a045eb"], // us-east-1, -2, us-west-1, -2
  ...["pl-38a64351", "pl-5da64334"], // ca-central-1, sa-east-1
  ...["pl-a3a144ca", "pl-fab65393"], // eu-central-1, eu-north-1
  ...["pl-4fa04526", "pl-93a247fa", "pl-75b1541c"], // eu-west-1, -2, -3
  ...["pl-58a04531", "pl-22a6434b", "pl-31a14458"], // ap-northeast-1, -2, -3
  ...["pl-9aa247f3", "pl-31a34658", "pl-b8a742d1"], // ap-south-1, ap-southeast-1, -2
];

/**
 * Rules that one reference to such a list counts as.
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
export const prefixListWeight = 55;

/**
 * Rules of a security group, per direction and IP family (quota L-0EA8095F, can be raised).
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export const securityGroupRuleQuota = 60;

/** The hosted zone of every distribution's alias records. */
export const aliasHostedZoneId = "Z2FDTNDATAQYW2";

/** The region that CloudFront takes its certificates (and web ACLs) from. */
export const certificateRegion = "us-east-1";

/**
 * Limits of an origin's settings, inclusive. Keep-alive: the quotas page says 300, the API's own
 * text 120; the lower one is safe.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export const originLimits = {
  readSeconds: { min: 1, max: 120, default: 30 },
  keepAliveSeconds: { min: 1, max: 120 },
  connectionSeconds: { min: 1, max: 10 },
  connectionAttempts: { min: 1, max: 3 },
  /** Ports on which an origin may listen, in addition to 80 and 443. */
  port: { min: 1024, max: 65535 },
  customHeaders: 30,
  customHeaderNameLength: 256,
  customHeaderValueLength: 1783,
} as const;

/**
 * True for a header that CloudFront refuses as an origin custom header.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export function isForbiddenOriginHeader(name: string): boolean {
  const header = name.toLowerCase();
  return (
    forbiddenHeaders.has(header) || forbiddenPrefixes.some((start) => header.startsWith(start))
  );
}

const forbiddenPrefixes = ["if-", "proxy-", "x-amz-", "x-edge-"];
const forbiddenHeaders = new Set([
  "cache-control",
  "connection",
  "content-length",
  "cookie",
  "host",
  "max-forwards",
  "pragma",
  "range",
  "request-range",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
  "x-real-ip",
]);

/**
 * Statuses for which a distribution can have a page of its own.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/creating-custom-error-pages.html
 */
export const errorPageCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;
