/** What is wrong with a path's client certificates, before anything exists. The file is read. */
import * as fs from "node:fs";
import { bundleFault, revocationListFault, trustLimits } from "../../path/clientCertificates";
import { defaults } from "../../path/defaults";
import { printable } from "../../path/printable";
import { providerWithoutViewerMtls } from "../edge/installedProvider";
import { type ClientCertificatesArgs, revocationName } from "./clientCertificates";
import type { PathPlanArgs } from "../variants/planArgs";

const at = "viewers.clientCertificates";

/** @param edge true behind CloudFront, which then asks viewers for their certificates */
export function clientCertificateProblems(edge: boolean, { viewers }: PathPlanArgs): string[] {
  const args = viewers?.clientCertificates;
  if (args === undefined) return [];
  const { mode = defaults.clientCertificates.mode, caFile, trustStore } = args;
  if (mode === "passthrough")
    return edge
      ? [
          `${at}.mode: @pulumi/aws cannot set passthrough at CloudFront. Set it to required or optional, ` +
            "or use the variant h2-direct.",
        ]
      : (["caFile", "crlFiles", "trustStore", "ignoreExpiry", "advertiseCaNames"] as const)
          .filter((key) => args[key] !== undefined && args[key] !== false)
          .map(
            (key) =>
              `${at}.${key} has no effect with passthrough: nothing is verified. Leave it out.`,
          );
  const installed = edge ? providerWithoutViewerMtls(__filename) : undefined;
  return [
    ...(mode === "optional" && !edge
      ? [
          `${at}.mode: a load balancer has no optional. Set it to required; or to passthrough, with which ` +
            "the tasks get certificates that nothing verified.",
        ]
      : []),
    ...((caFile === undefined) === (trustStore === undefined)
      ? [
          `${at} needs caFile (a PEM file with the certificates of the CAs that are trusted) or trustStore ` +
            "(one that exists), and only one of them.",
        ]
      : []),
    ...(caFile === undefined ? [] : fileProblems("caFile", caFile, bundleFault)),
    ...revocationProblems(edge, args),
    ...storeProblems(edge, trustStore),
    ...(edge && (viewers?.httpVersions ?? defaults.viewers.httpVersions).includes("3")
      ? [
          "viewers.httpVersions: CloudFront takes no client certificates over HTTP/3. Set it to http2.",
        ]
      : []),
    ...(installed === undefined
      ? []
      : [
          `${at}: ${installed} cannot set viewerMtlsConfig of a distribution. Install a newer one ` +
            "(npm install @pulumi/aws@latest), or use the variant h2-direct.",
        ]),
  ];
}

function fileProblems(
  key: string,
  file: string,
  faultOf: (text: string) => string | undefined,
): string[] {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    return [`${at}.${key}: there is no file ${printable(file)}.`];
  const fault = faultOf(fs.readFileSync(file, "utf8"));
  return fault === undefined
    ? []
    : [`${at}.${key}: AWS does not take ${printable(file)}: ${fault}.`];
}

function revocationProblems(
  edge: boolean,
  { caFile, crlFiles }: Pick<ClientCertificatesArgs, "caFile" | "crlFiles">,
): string[] {
  if (crlFiles === undefined) return [];
  if (edge)
    return [
      `${at}.crlFiles: CloudFront reads no revocation lists. A connection function of your own can refuse ` +
        "serial numbers (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/certificate-revocation.html); " +
        "otherwise use the variant h2-direct.",
    ];
  if (caFile === undefined)
    return [
      `${at}.crlFiles needs caFile: the lists of an existing trust store are added where it is made, with ` +
        "an aws.lb.TrustStoreRevocation.",
    ];
  const names = crlFiles.map((file) => revocationName("", file));
  return [
    ...(crlFiles.length > trustLimits.revocationLists
      ? [
          `${at}.crlFiles has ${crlFiles.length} files, and a trust store takes ${trustLimits.revocationLists} revocation lists.`,
        ]
      : []),
    ...(new Set(names).size < names.length
      ? [`${at}.crlFiles: two files have the same name. Each names a resource: rename one of them.`]
      : []),
    ...crlFiles.flatMap((file) => fileProblems("crlFiles", file, revocationListFault)),
  ];
}

function storeProblems(edge: boolean, trustStore: unknown): string[] {
  if (typeof trustStore !== "string") return [];
  const right = edge ? trustStore.startsWith("ts_") : /^arn:[^\s]+:truststore\//.test(trustStore);
  if (right) return [];
  return [
    edge
      ? `${at}.trustStore: expected the id of a trust store of CloudFront, which begins with ts_.`
      : `${at}.trustStore: expected the ARN of a load balancer's trust store (arn:aws:elasticloadbalancing:...:truststore/...).`,
  ];
}
