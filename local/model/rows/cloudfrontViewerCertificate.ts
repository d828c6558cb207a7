/** The viewer certificate of a distribution. */
import { certificateCovers } from "../../../path/certificates";
import { certificateRegion } from "../../../path/cloudfront";
import { bagAt, isBag, textsAt } from "../props";
import { type AccountView, regionsDiffer, resourceRegion } from "../row";
import { type InputRule, oneOf, when } from "../rules";
import { type LocalResource, type Props, UNKNOWN } from "../types";
import { certificateNames, certificateRefusal } from "./acm";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
const valuesPage = `${guide}/distribution-web-values-specify.html`;
export const certificatePage = `${guide}/cnames-and-https-requirements.html`;
export const aliasPage = `${guide}/CNAMEs.html`;

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

/** Whether a custom certificate is named; undefined while that is not known. */
function namesCertificate(inputs: Props): boolean | undefined {
  const certificate = inputs.viewerCertificate;
  if (certificate === UNKNOWN) return undefined;
  return (
    isBag(certificate) && ("acmCertificateArn" in certificate || "iamCertificateId" in certificate)
  );
}

/** What the inputs alone show of the certificate. */
export const certificateRules: readonly InputRule[] = [
  oneOf("viewerCertificate.minimumProtocolVersion", versions, {
    code: "InvalidMinimumProtocolVersion",
    source: valuesPage,
  }),
  oneOf("viewerCertificate.sslSupportMethod", ["sni-only", "vip", "static-ip"], {
    source: valuesPage,
  }),
  when(
    (inputs) =>
      namesCertificate(inputs) === true &&
      !("sslSupportMethod" in bagAt(inputs, "viewerCertificate")),
    "viewerCertificate.sslSupportMethod",
    {
      code: "InvalidViewerCertificate",
      say: "A custom certificate needs sslSupportMethod, as a rule sni-only.",
      source: certificatePage,
    },
  ),
  when(
    (inputs) => textsAt(inputs, "aliases[]").length > 0 && namesCertificate(inputs) === false,
    "aliases",
    {
      code: "InvalidViewerCertificate",
      say: "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
      source: aliasPage,
    },
  ),
];

/** What AWS refuses of a certificate that exists. */
export function refuseCertificate(
  certificate: LocalResource,
  aliases: readonly string[],
  account: AccountView,
  say: (code: string, message: string, property: string, source: string) => void,
): void {
  const property = "viewerCertificate.acmCertificateArn";
  const unfit =
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
  const region = resourceRegion(certificate, account);
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
