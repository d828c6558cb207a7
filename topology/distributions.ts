/** CloudFront distributions with their origins and behaviours. */
import type { CountryRestriction } from "../path/front";
import { readCachePolicy } from "./cachePolicies";
import { readViewerCheck } from "./clientCertificates";
import { readFunctions } from "./edgeFunctions";
import { readEdgeLogs } from "./edgeLogs";
import { readForwarding, withCacheKey } from "./forwarding";
import { readOrigin } from "./origins";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  blocks,
  boolean,
  merged,
  number,
  allowedOrFirst,
  text,
  texts,
} from "./props";
import { type Props } from "./resource";
import { readResponseHeaders } from "./responseHeaders";
import type { Behaviour, Distribution, ErrorPage, Failover } from "./types";
import { token } from "./tokens";

/** Every enabled distribution. */
export function readDistributions(
  inventory: ResourceIndex,
  findings: TopologyIssues,
): Distribution[] {
  return inventory.of(token.distribution).flatMap((resource) => {
    const props = merged(resource);
    const where = `distribution ${resource.name}`;
    if (boolean(props, "enabled") === false) {
      findings.note(`The ${where} is disabled and not served.`);
      return [];
    }
    const certificate = block(props, "viewerCertificate") ?? {};
    const httpVersion = text(props, "httpVersion") ?? "http2";
    noteLimits(props, where, findings);
    const arn = text(props, "arn") ?? resource.id;
    const countries = readCountries(props);
    const clientCertificates = readViewerCheck(props, inventory);
    if (clientCertificates?.mode === "passthrough")
      findings.note(
        `Client-Cert and Client-Cert-Chain headers are not sent to the origins of ${where} here.`,
      );
    const origins = blocks(props, "origins").map((o) => readOrigin(o, inventory, where, findings));
    const groups = new Map(blocks(props, "originGroups").map(readGroup));
    const behaviours = [
      ...blocks(props, "orderedCacheBehaviors"),
      { ...(block(props, "defaultCacheBehavior") ?? {}), pathPattern: "*" },
    ].map((b) => readBehaviour(b, groups, inventory, where, findings));
    const originIds = origins.map((o) => o.id);
    for (const { pathPattern, originId, failover } of behaviours) {
      for (const id of failover ? [originId, failover.originId] : [originId]) {
        if (originIds.includes(id)) continue;
        findings.problem(
          `The behaviour ${pathPattern} of ${where} names the origin ${id || "(none)"}, which the distribution has not. Its origins: ${originIds.join(", ") || "none"}.`,
        );
      }
    }
    return [
      {
        id: resource.id,
        arn,
        domainName: (
          text(props, "domainName") ?? `${resource.id.toLowerCase()}.cloudfront.net`
        ).toLowerCase(),
        aliases: texts(props, "aliases").map((a) => a.toLowerCase()),
        http2: httpVersion === "http2" || httpVersion === "http2and3",
        httpVersion,
        certificateArn: text(certificate, "acmCertificateArn"),
        // Node's OpenSSL does not speak anything below TLS 1.2 by default.
        minimumTls:
          boolean(certificate, "cloudfrontDefaultCertificate") !== true &&
          (text(certificate, "minimumProtocolVersion") ?? "").startsWith("TLSv1.3")
            ? "TLSv1.3"
            : "TLSv1.2",
        behaviours,
        origins: new Map(origins.map((o) => [o.id, o])),
        defaultRootObject: (text(props, "defaultRootObject") ?? "").replace(/^\//, ""),
        errorPages: new Map(blocks(props, "customErrorResponses").map(readErrorPage)),
        logs: readEdgeLogs(inventory, arn, where, findings),
        ...(boolean(props, "isIpv6Enabled") === true && { ipv6: true }),
        ...(countries && { countries }),
        ...(clientCertificates && { clientCertificates }),
        ...((text(props, "webAclId") ?? "") !== "" && { webAcl: true }),
      },
    ];
  });
}

function noteLimits(props: Props, where: string, findings: TopologyIssues): void {
  const web = text(props, "webAclId") ?? "";
  if (web !== "") findings.note(`The web ACL of ${where} is not applied here.`);
  if ((text(block(props, "loggingConfig") ?? {}, "bucket") ?? "") !== "") {
    findings.note(`The legacy standard logs of ${where} are not written here.`);
  }
  const shielded = blocks(props, "origins").some(
    (o) => boolean(block(o, "originShield") ?? {}, "enabled") === true,
  );
  if (shielded) findings.note(`Origin Shield of ${where} has no part here: there is one cache.`);
}

function readCountries(props: Props): CountryRestriction | undefined {
  const restriction = block(block(props, "restrictions") ?? {}, "geoRestriction") ?? {};
  const type = text(restriction, "restrictionType") ?? "none";
  if (type !== "whitelist" && type !== "blacklist") return undefined;
  const kind = type === "whitelist" ? "only" : "except";
  return { kind, countries: texts(restriction, "locations").map((code) => code.toUpperCase()) };
}

/** An origin group by its id. */
function readGroup(props: Props): [string, { readonly first: string } & Failover] {
  const [first, second] = blocks(props, "members").map((m) => text(m, "originId") ?? "");
  const criteria = block(props, "failoverCriteria") ?? {};
  const codes: unknown = criteria.statusCodes;
  const statusCodes = (Array.isArray(codes) ? codes : []).map(Number);
  const id = text(props, "originId") ?? "";
  return [id, { first: first ?? "", originId: second ?? "", statusCodes }];
}

function readErrorPage(props: Props): [number, ErrorPage] {
  const path = text(props, "responsePagePath") ?? "";
  return [
    number(props, "errorCode") ?? 0,
    {
      ...(path !== "" && { path, status: number(props, "responseCode") }),
      minSeconds: number(props, "errorCachingMinTtl"),
    },
  ];
}

function readBehaviour(
  props: Props,
  groups: ReadonlyMap<string, { readonly first: string } & Failover>,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): Behaviour {
  const target = text(props, "targetOriginId") ?? "";
  const group = groups.get(target);
  const cache = readCachePolicy(props, inventory, where, findings);
  noteBehaviour(props, where, findings);
  return {
    pathPattern: text(props, "pathPattern") ?? "*",
    originId: group?.first ?? target,
    ...(group && { failover: { originId: group.originId, statusCodes: group.statusCodes } }),
    viewerProtocolPolicy: allowedOrFirst(text(props, "viewerProtocolPolicy"), [
      "allow-all",
      "redirect-to-https",
      "https-only",
    ]),
    allowedMethods: texts(props, "allowedMethods"),
    cachedMethods: texts(props, "cachedMethods"),
    grpc: boolean(block(props, "grpcConfig") ?? {}, "enabled") === true,
    compress: boolean(props, "compress") ?? false,
    cache,
    forwards: withCacheKey(readForwarding(props, inventory, findings), cache),
    responseHeaders: readResponseHeaders(props, inventory, where, findings),
    functions: readFunctions(props, inventory, where, findings),
  };
}

function noteBehaviour(props: Props, where: string, findings: TopologyIssues): void {
  const unused = [
    ["trustedKeyGroups", "Signed URLs and cookies"],
    ["trustedSigners", "Signed URLs and cookies"],
    ["fieldLevelEncryptionId", "Field-level encryption"],
    ["realtimeLogConfigArn", "Real-time logs"],
    ["smoothStreaming", "Smooth Streaming"],
  ] as const;
  for (const [key, what] of unused) {
    const value = props[key];
    if (boolean(props, key) === false || (texts(props, key).join("") === "" && value !== true))
      continue;
    findings.note(`${what} of ${where}: not applied here.`);
  }
}
