/** aws.cloudfront.Distribution */
import { certificateCovers } from "../../../path/certificates";
import { aliasHostedZoneId, certificateRegion } from "../../../path/cloudfront";
import { edgeMethodSets } from "../../../path/protocols";
import { LocalResource, Props, Refusal, UNKNOWN } from "../types";
import { arn, cloudFrontDomain, cloudFrontId } from "../ids";
import { bag, bags, flag, hasUnknown, isBag, text, texts } from "../props";
import { Candidate, others, regionOf, Row, World, regionsDiffer } from "../row";
import { oneOf, Rule, when } from "../rules";
import { token } from "../../../topology/tokens";
import { certificateNames, certificateRefusal } from "./acm";
import { grantLegacyLogs, legacyLogRefusals } from "./cloudfrontLogging";
import { originPage, originRules } from "./cloudfrontOrigins";
import { webAclReference, webAclRule } from "./cloudfrontWebAcl";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
const valuesPage = `${guide}/distribution-web-values-specify.html`;
const certificatePage = `${guide}/cnames-and-https-requirements.html`;
const aliasPage = `${guide}/CNAMEs.html`;

const versions = [
  "SSLv3",
  "TLSv1",
  "TLSv1_2016",
  "TLSv1.1_2016",
  "TLSv1.2_2018",
  "TLSv1.2_2019",
  "TLSv1.2_2021",
  "TLSv1.2_2025",
  "TLSv1.3_2025",
];

const behaviours = (inputs: Props): Props[] => [
  ...bags(inputs, "defaultCacheBehavior"),
  ...bags(inputs, "orderedCacheBehaviors"),
];

const sorted = (list: readonly string[]): string =>
  [...list].sort((a, b) => a.localeCompare(b)).join(",");
const methodSets = edgeMethodSets.map(sorted);

const behaviourRules: Rule[] = ["defaultCacheBehavior", "orderedCacheBehaviors[]"].flatMap(
  (path) => [
    oneOf(`${path}.viewerProtocolPolicy`, ["allow-all", "https-only", "redirect-to-https"], {
      source: valuesPage,
    }),
  ],
);

/** Whether a certificate of one's own is named; undefined while that is not known. */
function namesCertificate(inputs: Props): boolean | undefined {
  const certificate = inputs.viewerCertificate;
  if (certificate === UNKNOWN) return undefined;
  return (
    isBag(certificate) && ("acmCertificateArn" in certificate || "iamCertificateId" in certificate)
  );
}

const rules: Rule[] = [
  oneOf("httpVersion", ["http1.1", "http2", "http3", "http2and3"], {
    code: "InvalidHttpVersion",
    source: valuesPage,
  }),
  oneOf("priceClass", ["PriceClass_100", "PriceClass_200", "PriceClass_All"], {
    source: valuesPage,
  }),
  oneOf("viewerCertificate.minimumProtocolVersion", versions, {
    code: "InvalidMinimumProtocolVersion",
    source: valuesPage,
  }),
  oneOf("viewerCertificate.sslSupportMethod", ["sni-only", "vip", "static-ip"], {
    source: valuesPage,
  }),
  oneOf("restrictions.geoRestriction.restrictionType", ["none", "whitelist", "blacklist"], {
    source: valuesPage,
  }),
  ...originRules,
  webAclRule,
  ...behaviourRules,
  when(
    (inputs) =>
      behaviours(inputs)
        .filter((b) => !hasUnknown(b.allowedMethods))
        .map((b) => texts(b, "allowedMethods[]"))
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
          flag(b, "grpcConfig.enabled") === true &&
          !hasUnknown([b.allowedMethods, inputs.httpVersion]) &&
          (!texts(b, "allowedMethods[]").includes("POST") ||
            !(text(inputs, "httpVersion") ?? "").includes("http2")),
      ),
    "defaultCacheBehavior.grpcConfig",
    {
      code: "InvalidGrpcConfig",
      say: "gRPC needs POST among the allowed methods and HTTP/2 towards viewers.",
      source: `${guide}/distribution-using-grpc.html`,
    },
  ),
  when(
    (inputs) =>
      namesCertificate(inputs) === true &&
      !("sslSupportMethod" in bag(inputs, "viewerCertificate")),
    "viewerCertificate.sslSupportMethod",
    {
      code: "InvalidViewerCertificate",
      say: "A certificate of one's own needs sslSupportMethod, as a rule sni-only.",
      source: certificatePage,
    },
  ),
  when(
    (inputs) => texts(inputs, "aliases[]").length > 0 && namesCertificate(inputs) === false,
    "aliases",
    {
      code: "InvalidViewerCertificate",
      say: "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
      source: aliasPage,
    },
  ),
];

function refuse(candidate: Candidate, world: World): Refusal[] {
  const { inputs } = candidate;
  const refusals: Refusal[] = [];
  const say = (code: string, message: string, property: string, source: string): void => {
    refusals.push({ code, message, property, source });
  };
  const origins = [
    ...texts(inputs, "origins[].originId"),
    ...texts(inputs, "originGroups[].originId"),
  ];
  for (const target of behaviours(inputs).flatMap((b) => text(b, "targetOriginId") ?? [])) {
    if (origins.includes(target)) continue;
    say(
      "NoSuchOrigin",
      `One or more of your origins or origin groups do not exist: '${target}' is none of ${origins.join(", ")}.`,
      "defaultCacheBehavior.targetOriginId",
      originPage,
    );
  }
  const aliases = texts(inputs, "aliases[]");
  const taken = others(candidate, world).flatMap((d) => texts(d.outputs, "aliases[]"));
  for (const alias of aliases.filter((name) => taken.includes(name))) {
    say(
      "CNAMEAlreadyExists",
      `One or more of the CNAMEs you provided are already associated with a different resource: ${alias}`,
      "aliases",
      aliasPage,
    );
  }
  const certificate = world.lookup(
    token.certificate,
    text(inputs, "viewerCertificate.acmCertificateArn"),
  );
  if (certificate) refuseCertificate(certificate, aliases, world, say);
  return [...refusals, ...legacyLogRefusals(candidate, world)];
}

function refuseCertificate(
  certificate: LocalResource,
  aliases: readonly string[],
  world: World,
  say: (code: string, message: string, property: string, source: string) => void,
): void {
  const property = "viewerCertificate.acmCertificateArn";
  const unfit =
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
  const region = regionOf(certificate, world);
  if (regionsDiffer(region, certificateRegion))
    say("InvalidViewerCertificate", `${unfit} It is in ${region}.`, property, certificatePage);
  const why = certificateRefusal(certificate);
  if (why !== undefined)
    say("InvalidViewerCertificate", `${unfit} So far ${why}.`, property, certificatePage);
  const names = certificateNames(certificate);
  for (const alias of aliases.filter(
    (name) => names !== undefined && !certificateCovers(names, name),
  )) {
    say(
      "InvalidViewerCertificate",
      `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add: ${alias}`,
      "aliases",
      aliasPage,
    );
  }
}

export const distribution: Row = {
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
  ],
  refuse,
  effect: grantLegacyLogs,
  replaceOn: ["staging"],
  outputs: (candidate, world) => {
    const id = cloudFrontId(candidate.hex(16));
    return {
      id,
      arn: arn("cloudfront", "", world.accountId, `distribution/${id}`),
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
