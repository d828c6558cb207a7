/** aws.cloudfront.Distribution */
import { aliasHostedZoneId } from "../../../path/cloudfront";
import { edgeMethodSets } from "../../../path/protocols";
import type { Refusal } from "../types";
import { arn, cloudFrontDomain, cloudFrontId } from "../ids";
import { bagsAt, booleanAt, hasUnknown, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { oneOf, InputRule, when } from "../rules";
import { token } from "../../../topology/tokens";
import { grantLegacyLogs, legacyLogRefusals } from "./cloudfrontLogging";
import { originPage, originRules } from "./cloudfrontOrigins";
import {
  aliasPage,
  certificatePage,
  certificateRules,
  refuseCertificate,
} from "./cloudfrontViewerCertificate";
import { behaviours, viewerRules } from "./cloudfrontViewers";
import { webAclReference, webAclRule } from "./cloudfrontWebAcl";
import { edgeTrustStoreReference, viewerCertificateRules } from "./trustStores";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
const valuesPage = `${guide}/distribution-web-values-specify.html`;

const sorted = (list: readonly string[]): string =>
  [...list].sort((a, b) => a.localeCompare(b)).join(",");
const methodSets = edgeMethodSets.map(sorted);

const behaviourRules: InputRule[] = ["defaultCacheBehavior", "orderedCacheBehaviors[]"].flatMap(
  (path) => [
    oneOf(`${path}.viewerProtocolPolicy`, ["allow-all", "https-only", "redirect-to-https"], {
      source: valuesPage,
    }),
  ],
);

const rules: InputRule[] = [
  oneOf("httpVersion", ["http1.1", "http2", "http3", "http2and3"], {
    code: "InvalidHttpVersion",
    source: valuesPage,
  }),
  oneOf("priceClass", ["PriceClass_100", "PriceClass_200", "PriceClass_All"], {
    source: valuesPage,
  }),
  ...viewerRules,
  ...viewerCertificateRules,
  ...originRules,
  webAclRule,
  ...behaviourRules,
  when(
    (inputs) =>
      behaviours(inputs)
        .filter((b) => !hasUnknown(b.allowedMethods))
        .map((b) => textsAt(b, "allowedMethods[]"))
        .find((m) => m.length > 0 && !methodSets.includes(sorted(m)))
        ?.join(),
    "defaultCacheBehavior.allowedMethods",
    {
      code: "InvalidArgument",
      message: (m) => `${m}: the allowed methods are GET and HEAD; with OPTIONS; or all seven.`,
      source: valuesPage,
    },
  ),
  when(
    (inputs) =>
      behaviours(inputs).some(
        (b) =>
          booleanAt(b, "grpcConfig.enabled") === true &&
          !hasUnknown([b.allowedMethods, inputs.httpVersion]) &&
          (!textsAt(b, "allowedMethods[]").includes("POST") ||
            !(textAt(inputs, "httpVersion") ?? "").includes("http2")),
      ),
    "defaultCacheBehavior.grpcConfig",
    {
      code: "InvalidGrpcConfig",
      say: "gRPC needs POST among the allowed methods and HTTP/2 towards viewers.",
      source: `${guide}/distribution-using-grpc.html`,
    },
  ),
  ...["defaultCacheBehavior", "orderedCacheBehaviors[]"].map((path) =>
    when(
      (inputs) =>
        bagsAt(inputs, path).some(
          (b) =>
            (textAt(b, "cachePolicyId") ?? "") !== "" && bagsAt(b, "forwardedValues").length > 0,
        ),
      path.replace("[]", ""),
      {
        code: "InvalidArgument",
        say: "The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.",
        source: `${guide}/controlling-the-cache-key.html`,
      },
    ),
  ),
  ...certificateRules,
];

function refuse(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const refusals: Refusal[] = [];
  const say = (code: string, message: string, property: string, source: string): void => {
    refusals.push({ code, message, property, source });
  };
  const origins = [
    ...textsAt(inputs, "origins[].originId"),
    ...textsAt(inputs, "originGroups[].originId"),
  ];
  for (const target of behaviours(inputs).flatMap((b) => textAt(b, "targetOriginId") ?? [])) {
    if (origins.includes(target)) continue;
    say(
      "NoSuchOrigin",
      `One or more of your origins or origin groups do not exist: '${target}' is none of ${origins.join(", ")}.`,
      "defaultCacheBehavior.targetOriginId",
      originPage,
    );
  }
  const aliases = textsAt(inputs, "aliases[]");
  const taken = others(candidate, account).flatMap((d) => textsAt(d.outputs, "aliases[]"));
  for (const alias of aliases.filter((name) => taken.includes(name))) {
    say(
      "CNAMEAlreadyExists",
      `One or more of the CNAMEs you provided are already associated with a different resource: ${alias}`,
      "aliases",
      aliasPage,
    );
  }
  const certificate = account.lookup(
    token.certificate,
    textAt(inputs, "viewerCertificate.acmCertificateArn"),
  );
  if (certificate) refuseCertificate(certificate, aliases, account, say);
  return [...refusals, ...legacyLogRefusals(candidate, account)];
}

export const distribution: ResourceModel = {
  type: token.distribution,
  required: [
    "enabled",
    "origins",
    "origins[].domainName",
    "origins[].originId",
    "defaultCacheBehavior",
    "defaultCacheBehavior.targetOriginId",
    "defaultCacheBehavior.viewerProtocolPolicy",
    "defaultCacheBehavior.allowedMethods",
    "defaultCacheBehavior.cachedMethods",
    "restrictions",
    "restrictions.geoRestriction",
    "restrictions.geoRestriction.restrictionType",
    "viewerCertificate",
  ],
  defaults: () => ({
    httpVersion: "http2",
    priceClass: "PriceClass_All",
    isIpv6Enabled: false,
    retainOnDelete: false,
    waitForDeployment: true,
  }),
  rules,
  references: [
    {
      property: "viewerCertificate.acmCertificateArn",
      type: token.certificate,
      sameRegion: false,
      code: "InvalidViewerCertificate",
      source: certificatePage,
      message: (id) => `The specified SSL certificate doesn't exist: ${id}`,
    },
    {
      property: "origins[].vpcOriginConfig.vpcOriginId",
      type: token.vpcOrigin,
      sameRegion: false,
      code: "EntityNotFound",
      source: `${guide}/private-content-vpc-origins.html`,
      message: (id) => `The VPC origin ${id} does not exist.`,
    },
    webAclReference,
    edgeTrustStoreReference,
  ],
  refuse,
  effect: grantLegacyLogs,
  replaceOn: ["staging"],
  outputs: (candidate, account) => {
    const id = cloudFrontId(candidate.hex(16));
    return {
      id,
      arn: arn("cloudfront", "", account.accountId, `distribution/${id}`),
      status: "Deployed",
      domainName: cloudFrontDomain(candidate.hex(16)),
      hostedZoneId: aliasHostedZoneId,

      etag: `E${candidate.hex(13).toUpperCase()}`,
      callerReference: `terraform-${candidate.hex(20)}`,

      inProgressValidationBatches: 0,
      trustedSigners: [],
      trustedKeyGroups: [],
      region: undefined,
    };
  },
};
