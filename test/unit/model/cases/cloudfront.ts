/** Distributions and VPC origins. */
import { token } from "../../../../topology/tokens";
import type { Case } from "./case";

const list = (length: number) => Array.from({ length }, (_, i) => ({ name: `X-${i}`, value: "v" }));

const key = "parametersInCacheKeyAndForwardedToOrigin";

export const cloudfront: readonly Case[] = [
  ...(
    [
      [
        "headersConfig",
        { headerBehavior: "whitelist", headers: { items: ["A"] } },
        /HeaderBehavior/,
      ],
      ["cookiesConfig", { cookieBehavior: "all" }, /CookieBehavior/],
      ["queryStringsConfig", { queryStringBehavior: "all" }, /QueryStringBehavior/],
      ["enableAcceptEncodingGzip", true, /EnableAcceptEncodingGzip/],
      ["enableAcceptEncodingBrotli", true, /EnableAcceptEncodingBrotli/],
    ] as const
  ).map(([property, value, says]) => ({
    what: `${property} without a cache`,
    type: token.cachePolicy,
    wrong: () => ({ defaultTtl: 0, maxTtl: 0, [`${key}.${property}`]: value }),
    ...{ code: "InvalidArgument", says },
  })),
  {
    what: "a cache policy and forwarded values",
    type: token.distribution,
    wrong: () => ({
      "defaultCacheBehavior.cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      "defaultCacheBehavior.forwardedValues": { queryString: true },
    }),
    code: "InvalidArgument",
    says: /ForwardedValues cannot be used/,
  },
  {
    what: "a certificate outside us-east-1",
    type: token.distribution,
    wrong: (s) => ({ "viewerCertificate.acmCertificateArn": s.ids.certificate, aliases: [] }),
    code: "InvalidViewerCertificate",
    says: /isn't in us-east-1 region.*eu-west-1/,
  },
  {
    what: "an alias that the certificate lacks",
    type: token.distribution,
    wrong: () => ({ aliases: ["a.b.example.com"] }),
    code: "InvalidViewerCertificate",
    says: /doesn't cover/,
  },
  {
    what: "an alias without a certificate",
    type: token.distribution,
    wrong: () => ({ viewerCertificate: { cloudfrontDefaultCertificate: true } }),
    code: "InvalidViewerCertificate",
    says: /must attach a trusted certificate/,
  },
  {
    what: "a taken alias",
    type: token.distribution,
    wrong: () => ({ aliases: ["app.example.com"] }),
    code: "CNAMEAlreadyExists",
  },
  ...[
    { restrictionType: "whitelist", locations: [] },
    { restrictionType: "blacklist" },
    { restrictionType: "blacklist", locations: ["Germany"] },
    { restrictionType: "whitelist", locations: ["de"] },
  ].map((geoRestriction) => ({
    what: `a geographic restriction ${JSON.stringify(geoRestriction)}`,
    type: token.distribution,
    wrong: () => ({ restrictions: { geoRestriction } }),
    code: "InvalidGeoRestrictionParameter",
  })),
  {
    what: "an error page for a status that can have none",
    type: token.distribution,
    wrong: () => ({
      customErrorResponses: [{ errorCode: 464, responseCode: 464, responsePagePath: "/464.html" }],
    }),
    code: "InvalidErrorCode",
  },
  ...[
    { errorCode: 404, responsePagePath: "/404.html" },
    { errorCode: 404, responseCode: 404 },
  ].map((page) => ({
    what: `an error page ${JSON.stringify(page)}`,
    type: token.distribution,
    wrong: () => ({ customErrorResponses: [page] }),
    code: "InvalidResponseCode",
  })),
  {
    what: "two functions at one event",
    type: token.distribution,
    wrong: () => ({
      "defaultCacheBehavior.functionAssociations": ["a", "b"].map((name) => ({
        eventType: "viewer-request",
        functionArn: `arn:aws:cloudfront::123456789012:function/${name}`,
      })),
    }),
    code: "InvalidFunctionAssociation",
  },
  {
    what: "HTTP/2 to an origin by another name",
    type: token.distribution,
    wrong: () => ({ "origins[0].vpcOriginConfig.originHttpVersion": "h2" }),
    code: "ValidationError",
    says: /'h2' is none of http1\.1, http2/,
  },
  {
    what: "a whole response in less time than its first byte has",
    type: token.distribution,
    wrong: () => ({ "origins[0].responseCompletionTimeout": 29 }),
    code: "InvalidArgument",
    says: /responseCompletionTimeout is the origin's originReadTimeout or more/,
  },
  {
    what: "a forbidden custom header",
    type: token.distribution,
    wrong: () => ({ "origins[0].customHeaders[0].name": "X-Amz-Secret" }),
    code: "InvalidArgument",
    says: /X-Amz-Secret/,
  },
  {
    what: "31 custom headers",
    type: token.distribution,
    wrong: () => ({ "origins[0].customHeaders": list(31) }),
    code: "TooManyOriginCustomHeaders",
  },
  {
    what: "a read timeout of 121 s",
    type: token.distribution,
    wrong: () => ({ "origins[0].vpcOriginConfig.originReadTimeout": 121 }),
    code: "InvalidOriginReadTimeout",
  },
  {
    what: "a keep-alive of 0 s",
    type: token.distribution,
    wrong: () => ({ "origins[0].vpcOriginConfig.originKeepaliveTimeout": 0 }),
    code: "InvalidOriginKeepaliveTimeout",
  },
  {
    what: "an unknown HTTP version",
    type: token.distribution,
    wrong: () => ({ httpVersion: "HTTP2" }),
    code: "InvalidHttpVersion",
  },
  {
    what: "no origin",
    type: token.distribution,
    wrong: () => ({ origins: [] }),
    code: "InvalidArgument",
    says: /at least one origin/,
  },
  {
    what: "a target origin that is not there",
    type: token.distribution,
    wrong: () => ({ "defaultCacheBehavior.targetOriginId": "web" }),
    code: "NoSuchOrigin",
  },
  {
    what: "a set of methods of its own",
    type: token.distribution,
    wrong: () => ({ "defaultCacheBehavior.allowedMethods": ["GET", "HEAD", "POST"] }),
    code: "InvalidArgument",
    says: /all seven/,
  },
  {
    what: "an origin of neither kind that is no bucket",
    type: token.distribution,
    wrong: () => ({
      "origins[0].vpcOriginConfig": undefined,
      "origins[0].domainName": "lb-1.eu-west-1.elb.amazonaws.com",
    }),
    code: "InvalidArgument",
    says: /does not refer to a valid S3 bucket/,
  },
  {
    what: "an origin of both kinds",
    type: token.distribution,
    wrong: () => ({
      "origins[0].customOriginConfig": {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
      },
    }),
    code: "InvalidOrigin",
  },
  {
    what: "a VPC origin of a public load balancer",
    type: token.vpcOrigin,
    wrong: (s) => ({ "vpcOriginEndpointConfig.arn": s.ids.alb }),
    code: "InvalidArgument",
    says: /internet-facing/,
  },
  {
    what: "a VPC origin's taken name",
    type: token.vpcOrigin,
    wrong: () => ({ "vpcOriginEndpointConfig.name": "first" }),
    code: "EntityAlreadyExists",
  },
  {
    what: "gRPC without POST",
    type: token.distribution,
    wrong: () => ({ "defaultCacheBehavior.grpcConfig": { enabled: true } }),
    code: "InvalidGrpcConfig",
  },
];
