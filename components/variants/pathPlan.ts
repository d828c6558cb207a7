/**
 * Plans a variant from its arguments, before anything exists: the path, or every problem at once.
 * Plain values to plain values; of an `Input` only its presence is used.
 */
import * as pulumi from "@pulumi/pulumi";
import { appSocket, hasNginx } from "../../path/appSocket";
import { defaults } from "../../path/defaults";
import { hasSecondGroup } from "../../path/deployments";
import { formatFinding } from "../../rules/pathError";
import { settingsForHttp2 } from "../../rules/originHttp2";
import { resolvePath } from "../../rules/resolve";
import type { Hop, PathSpec } from "../../path/types";
import { bySeverity, refuses, type Finding } from "../../rules/finding";
import type { VariantChoices } from "../../path/variantChoices";
import { grpcCallsSpec, type Variant, variants, variantSpec } from "../../path/variants";
import { siteProblems } from "../site/siteFiles";
import { originSecretProblems } from "../security/originSecret";
import { alarmProblems } from "../alarms/alarmPlan";
import { certificateProblems } from "../dns/certificatePlan";
import { hasZone, type DomainArgs } from "../dns/domain";
import type { CountryRestriction, FrontSpec } from "../../path/front";
import { errorPageProblems } from "../edge/errorPages";
import { planFront } from "../edge/frontPlan";
import { notDeployable } from "../edge/notDeployable";
import { grpcProblems, withoutRepeats } from "./grpcPlan";
import { nameProblems } from "./names";
import { deploymentFindings, deploymentProblems } from "./deploymentProblems";
import type { PathPlanArgs, ServicePlanArgs } from "./planArgs";
import { plannedFindings } from "./plannedFindings";
import { quotaFindings, useOfPath } from "./plannedQuotas";
import { serviceProblems } from "./serviceProblems";
import {
  planServices,
  type PlannedService,
  type ServiceBehavior,
  serviceBehaviors,
  serviceFindings,
  servicesProblems,
} from "./servicesPlan";
import { callbackBehaviors, signInProblems } from "./signInPlan";
import type { WebAclArgs } from "../security/webAclArgs";
import { clientCertificateProblems } from "../security/clientCertificatesPlan";
import { wafProblems } from "../security/webAclPlan";

/** A path that can be built. */
export interface PathPlan {
  readonly variant: Variant;
  readonly spec: PathSpec;
  /** The path of gRPC calls next to ordinary requests, where it is another one. */
  readonly grpcSpec?: PathSpec;
  /** The services that get some of the requests. */
  readonly services: readonly PlannedService[];
  /** CloudFront's behaviours for them. */
  readonly behaviors: readonly ServiceBehavior[];
  readonly hops: readonly Hop[];
  /** Warnings and notes; errors were thrown. */
  readonly findings: readonly Finding[];
  /** Names on the certificates to create; `edge` only with CloudFront. */
  readonly certificateNames: { readonly loadBalancer: string[]; readonly edge?: string[] };
  /** The origin's domain name. Undefined: CloudFront uses the load balancer's DNS name. */
  readonly originName?: string;
  readonly wafScope: WebAclArgs["scope"];
  /** What is decided about a request before a service gets it. Absent: every request passes. */
  readonly front?: FrontSpec;
  readonly countries?: CountryRestriction;
  /** Region of the stack, if it is known before anything exists. */
  readonly region?: string;
}

/**
 * The path of a variant, with everything that follows from it.
 *
 * @param region region of the stack, if it is known
 * @throws RunError with every problem of the name and the arguments
 */
export function planPath(
  variant: Variant,
  name: string,
  args: PathPlanArgs,
  region?: string,
): PathPlan {
  const edge = variants[variant].edge !== undefined;
  const own = edge ? originName(args) : undefined;
  const certificateNames = namesOfCertificates(args, edge, own);
  const { front, countries, problems: ofFront } = planFront(edge, args);
  const spec = variantSpec(variant, {
    ...choicesOf(args),
    ...{ front, countries },
    originName: own ?? loadBalancerName,
    loadBalancerCertificateNames: knownNames(args.domain, certificateNames.loadBalancer),
  });
  const wafScope = edge ? "CLOUDFRONT" : "REGIONAL";
  const grpcSpec = grpcCallsSpec(spec);
  const { hops, findings: ofPath } = resolvePath(spec);
  const ofGrpc = grpcSpec === undefined ? [] : resolvePath(grpcSpec).findings;
  const services = planServices(spec, args);
  const behaviors = [
    ...(edge ? callbackBehaviors(args) : []),
    ...serviceBehaviors(spec, services, args),
  ];
  const findings = [
    ...withoutRepeats([...ofPath, ...ofGrpc]),
    ...plannedFindings(name, args, behaviors),
    ...quotaFindings(`${name}-alb`, useOfPath({ spec, grpcSpec, services, front }, args)),
    ...serviceFindings(services, ofPath),
    ...deploymentFindings(name, args),
  ].sort(bySeverity);
  const problems = [
    ...nameProblems(name),
    ...domainProblems(variant, args.domain),
    ...certificateProblems(variant, args.domain, region),
    ...alarmProblems(args.alarms && { ...args.alarms, region }, args.tags),
    ...wafProblems(args.waf, wafScope),
    ...grpcProblems(variant, args.grpc),
    ...(args.grpc?.port !== undefined && !hasNginx(args.service?.app)
      ? [
          "grpc.port has no effect without nginx: the load balancer calls service.app.port. Leave it out.",
        ]
      : []),
    ...serviceProblems(
      "service",
      args.service,
      args.placement,
      spec.target.protocolVersion === "GRPC" ? "grpc.healthCheckPath" : undefined,
    ),
    ...deploymentProblems(args.service, spec, grpcSpec),
    ...servicesProblems(name, args, spec, services),
    ...signInProblems(args, spec, services),
    ...(edge ? [...originSecretProblems(args.origin?.secret), ...siteProblems(args.site)] : []),
    ...ofFront,
    ...clientCertificateProblems(edge, args),
    ...(edge ? errorPageProblems(args) : []),
    ...originHttp2Problems(spec),
    ...findings.filter(refuses).map(formatFinding),
    ...notDeployable(spec.edge).map(formatFinding),
  ];
  if (problems.length > 0) {
    throw new pulumi.RunError(
      [`${variant} "${name}" cannot work; nothing was created:`, ...problems].join("\n\n"),
    );
  }
  return {
    variant,
    spec,
    grpcSpec,
    services,
    behaviors,
    hops,
    findings,
    certificateNames,
    originName: own,
    wafScope,
    front,
    countries,
    region,
  };
}

/** Placeholder for the load balancer's DNS name, which AWS generates. */
export const loadBalancerName = "load-balancer.elb.amazonaws.com";

/**
 * The origin's domain name, a record that points at a public load balancer. CloudFront accepts an
 * origin's certificate for this name or for the Host header it forwards; with both on it, a call
 * to the distribution's *.cloudfront.net name works as well. Undefined: the origin is the load
 * balancer's DNS name (there is no zone for a record, or no public address to put in it).
 */
function originName({ domain, origin }: PathPlanArgs): string | undefined {
  const access = origin?.access ?? defaults.origin.access;
  return access === "prefix-list" && domain !== undefined && hasZone(domain)
    ? `origin.${domain.name}`
    : undefined;
}

function namesOfCertificates(
  args: PathPlanArgs,
  edge: boolean,
  own: string | undefined,
): PathPlan["certificateNames"] {
  const viewers = viewerNames(args);
  return {
    loadBalancer: own === undefined ? viewers : [...viewers, own],
    edge: edge ? viewers : undefined,
  };
}

/** The names that viewers call. */
export function viewerNames({ domain, services }: PathPlanArgs): string[] {
  if (domain === undefined) return [];
  const hosts = Object.values(services ?? {}).flatMap(({ hosts = [] }) => hosts);
  return [...new Set([domain.name, ...(domain.aliases ?? []), ...hosts])];
}

/** The names on an existing certificate are only known if they are given as well. */
function knownNames(domain: DomainArgs | undefined, names: string[]): string[] | undefined {
  return domain?.loadBalancerCertificateArn === undefined
    ? names
    : domain.loadBalancerCertificateNames;
}

function choicesOf(args: PathPlanArgs) {
  const { domain, origin, viewers, service } = args;
  return {
    servicePort: service?.port,
    appPort: service?.app?.port,
    appSocket: appSocket(service?.app),
    grpcServices: args.grpc?.services,
    // Without an app there is nothing at the port.
    grpcPort: service?.app && args.grpc?.port,
    originProtocol: origin?.protocol,
    idleSeconds: origin?.timeouts?.idle,
    ipAddressType: args.placement?.ipAddressType,
    sharedVpc: args.sharedVpc,
    waf: args.waf !== undefined,
    loadBalancerCertificate: domain !== undefined,
    access: origin?.access,
    originHttpVersion: origin?.httpVersion,
    viewerNames: viewerNames(args),
    httpVersions: viewers?.httpVersions,
    readSeconds: origin?.timeouts?.read,
    keepAliveSeconds: origin?.timeouts?.keepAlive,
    allowedCidrs: viewers?.allowedCidrs,
    testListener: testListenerOf(service?.deployment),
    redirectHttp: viewers?.redirectHttp,
    clientCertificates:
      viewers?.clientCertificates &&
      (viewers.clientCertificates.mode ?? defaults.clientCertificates.mode),
  } satisfies Partial<VariantChoices>;
}

/** The listener for tests of new tasks, which only deployments with two groups have. */
function testListenerOf(deployment: ServicePlanArgs["deployment"]) {
  const { testPort: port, testCidrs: cidrs = [] } = deployment ?? {};
  return port === undefined || !hasSecondGroup(deployment) ? undefined : { port, cidrs };
}

function domainProblems(variant: Variant, domain: DomainArgs | undefined): string[] {
  if (domain === undefined) return [];
  const { zoneName, aliases = [] } = domain;
  if (hasZone(domain))
    return aliases
      .filter((alias) => zoneName !== undefined && !`.${alias}`.endsWith(`.${zoneName}`))
      .map(
        (alias) =>
          `domain.aliases lists ${alias}, whose records are not in the zone ${zoneName ?? ""}. Leave it out, ` +
          "or give existing certificates and create all records elsewhere.",
      );
  const missing = [
    ...(domain.edgeCertificateArn === undefined && variants[variant].edge
      ? ["domain.edgeCertificateArn"]
      : []),
    ...(domain.loadBalancerCertificateArn === undefined
      ? ["domain.loadBalancerCertificateArn"]
      : []),
  ];
  if (missing.length === 0) return [];
  return [
    `No certificate can be made for ${domain.name} without its hosted zone: give ` +
      `domain.zoneId or domain.zoneName, or ${missing.join(" and ")}.`,
  ];
}

/** In front of the other target groups it is an error of the path. */
function originHttp2Problems(spec: PathSpec): string[] {
  const { edge, target } = spec;
  if (edge?.originHttpVersion !== "http2" || target.protocolVersion !== "HTTP1") return [];
  const change = settingsForHttp2(edge, spec);
  if (change === undefined) return [];
  return [
    `origin.httpVersion: http2 has no effect without a certificate at the load balancer, because ` +
      `CloudFront speaks HTTP/2 to an origin over TLS only. ${change}; or leave origin.httpVersion out.`,
  ];
}
