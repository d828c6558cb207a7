/**
 * What a variant's arguments come to, before anything exists: the path, or every problem at once.
 * Plain values to plain values; `Input`s only count as given or not.
 */
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../path/defaults";
import { egressProblems, type EgressRule } from "../path/egress";
import { formatFinding } from "../rules/pathError";
import { fargateProblem } from "../path/fargate";
import { resolvePath } from "../rules/resolve";
import type { EdgeSpec, Hop, PathSpec, Variant } from "../path/types";
import { type Finding, refuses } from "../rules/finding";
import { h1ViaCloudfrontSpec, h2DirectSpec, type PathChoices } from "../path/variants";
import { siteProblems } from "./siteFiles";
import { originSecretProblems } from "./originSecret";
import { alarmProblems } from "./alarmPlan";
import type { PathAlarmsArgs } from "./alarms";
import { certificateProblems } from "./certificatePlan";
import { hasZone, type DomainArgs } from "./domain";
import type { H1ViaCloudfrontArgs } from "./h1ViaCloudfrontArgs";
import type { H2DirectArgs } from "./h2DirectArgs";
import type { PlacementArgs } from "./placement";
import type { WafArgs } from "./webAclArgs";
import { wafProblems } from "./webAclPlan";

/** A path that can be built. */
export interface PathPlan {
  readonly spec: PathSpec;
  readonly hops: readonly Hop[];
  /** Warnings and notes; errors were thrown. */
  readonly findings: readonly Finding[];
}

/** Arguments that decide the path, without the ones that only wire it up. */
export type H1ViaCloudfrontPlanArgs = Pick<
  H1ViaCloudfrontArgs,
  "domain" | "origin" | "viewers" | "site"
> &
  CommonPlanArgs;
export type H2DirectPlanArgs = Pick<H2DirectArgs, "domain" | "origin" | "viewers"> & CommonPlanArgs;

interface CommonPlanArgs {
  readonly service?: {
    readonly port?: number;
    readonly cpu?: number;
    readonly memory?: number;
    readonly egress?: readonly EgressRule[];
    readonly app?: { readonly port: number };
  };
  readonly placement?: Pick<PlacementArgs, "ipAddressType" | "endpointSecurityGroupId">;
  readonly sharedVpc?: boolean;
  readonly alarms?: PathAlarmsArgs;
  readonly waf?: WafArgs;
  /** Region of the stack, where it is known before anything exists. */
  readonly region?: string;
}

/** @throws RunError with every problem of the name and the arguments */
export function planH1ViaCloudfront(
  name: string,
  args: H1ViaCloudfrontPlanArgs,
): PathPlan & { readonly edge: EdgeSpec } {
  const { domain, origin, viewers } = args;
  const spec = h1ViaCloudfrontSpec({
    ...commonChoices(args),
    access: origin?.access,
    viewerNames: domain === undefined ? [] : [domain.name],
    originName: originName(args) ?? loadBalancerName,
    httpVersions: viewers?.httpVersions,
    readSeconds: origin?.timeouts?.read,
    keepAliveSeconds: origin?.timeouts?.keepAlive,
    loadBalancerCertificate: domain !== undefined,
    loadBalancerCertificateNames: knownNames(domain, loadBalancerCertificateNames(args)),
  });
  return {
    ...plan("h1-via-cloudfront", name, spec, args, [
      ...originSecretProblems(origin?.secret),
      ...siteProblems(args.site),
    ]),
    edge: spec.edge,
  };
}

/** @throws RunError with every problem of the name and the arguments */
export function planH2Direct(name: string, args: H2DirectPlanArgs): PathPlan {
  const { domain, viewers } = args;
  const spec = h2DirectSpec({
    ...commonChoices(args),
    allowedCidrs: viewers?.allowedCidrs,
    redirectHttp: viewers?.redirectHttp,
    loadBalancerCertificate: domain !== undefined,
    loadBalancerCertificateNames: knownNames(domain, domain === undefined ? [] : [domain.name]),
  });
  return plan("h2-direct", name, spec, args);
}

/** Stands for the load balancer's own DNS name, which AWS makes up. */
const loadBalancerName = "load-balancer.elb.amazonaws.com";

/**
 * The origin's own name, a record that points at a public load balancer. CloudFront accepts an
 * origin's certificate for this name or for the Host header it forwards; with both on it, a call
 * to the distribution's *.cloudfront.net name works as well. Undefined: the origin is the load
 * balancer's own name (no zone to put a record in, or no public address to put in it).
 */
export function originName(
  args: Pick<H1ViaCloudfrontPlanArgs, "domain" | "origin">,
): string | undefined {
  const { domain } = args;
  const access = args.origin?.access ?? defaults.origin.access;
  return access === "prefix-list" && domain !== undefined && hasZone(domain)
    ? `origin.${domain.name}`
    : undefined;
}

/** Names on the certificate that is made for the load balancer behind CloudFront. */
export function loadBalancerCertificateNames(
  args: Pick<H1ViaCloudfrontPlanArgs, "domain" | "origin">,
): string[] {
  if (args.domain === undefined) return [];
  const own = originName(args);
  return own === undefined ? [args.domain.name] : [args.domain.name, own];
}

/** What is on a certificate that was given is known only where its names are given as well. */
function knownNames(domain: DomainArgs | undefined, names: string[]): string[] | undefined {
  return domain?.loadBalancerCertificateArn === undefined
    ? names
    : domain.loadBalancerCertificateNames;
}

function commonChoices(args: H1ViaCloudfrontPlanArgs | H2DirectPlanArgs) {
  return {
    servicePort: args.service?.port,
    appPort: args.service?.app?.port,
    originProtocol: args.origin?.protocol,
    idleSeconds: args.origin?.timeouts?.idle,
    ipAddressType: args.placement?.ipAddressType,
    sharedVpc: args.sharedVpc,
    waf: args.waf !== undefined,
  } satisfies Partial<PathChoices>;
}

function plan(
  variant: Variant,
  name: string,
  spec: PathSpec,
  args: H1ViaCloudfrontPlanArgs | H2DirectPlanArgs,
  more: readonly string[] = [],
): PathPlan {
  const { hops, findings } = resolvePath(spec);
  const problems = [
    ...nameProblems(name),
    ...domainProblems(variant, args.domain),
    ...certificateProblems(variant, args.domain, args.region),
    ...alarmProblems(args.alarms && { ...args.alarms, region: args.region }),
    ...wafProblems(args.waf, variant === "h2-direct" ? "REGIONAL" : "CLOUDFRONT"),
    ...fargateProblems(args.service),
    ...taskEgressProblems(args),
    ...more,
    ...findings.filter(refuses).map(formatFinding),
  ];
  if (problems.length > 0) {
    throw new pulumi.RunError(
      [`${variant} "${name}" cannot work; nothing was created:`, ...problems].join("\n\n"),
    );
  }
  return { spec, hops, findings };
}

/**
 * AWS allows a load balancer and a target group 32 characters; Pulumi adds a hyphen and 7 of its
 * own, the components up to 6 (`-tasks`).
 */
export const maxNameLength = 32 - 8 - "-tasks".length;

function nameProblems(name: string): string[] {
  if (/^[a-zA-Z][a-zA-Z0-9-]*$/.test(name) && name.length <= maxNameLength) return [];
  return [
    `The component's name is "${name}": use a letter, then letters, digits and hyphens, ` +
      `${maxNameLength} characters at most. AWS caps the names of load balancers and target ` +
      `groups at 32, and the components' and Pulumi's own endings come on top.`,
  ];
}

function domainProblems(variant: Variant, domain: DomainArgs | undefined): string[] {
  if (domain === undefined || hasZone(domain)) return [];
  const missing = [
    ...(domain.edgeCertificateArn === undefined && variant === "h1-via-cloudfront"
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

function taskEgressProblems(args: CommonPlanArgs): string[] {
  const { endpointSecurityGroupId } = args.placement ?? {};
  const route = endpointSecurityGroupId === undefined ? "unknown" : "endpoints";
  return egressProblems(args.service?.egress, route).map(
    ({ entry, expected }) =>
      `service.egress${entry === undefined ? "" : `[${entry}]`}: expected ${expected}.`,
  );
}

function fargateProblems(service: CommonPlanArgs["service"]): string[] {
  const problem = fargateProblem(
    service?.cpu ?? defaults.service.cpu,
    service?.memory ?? defaults.service.memory,
  );
  return problem === undefined ? [] : [`service.cpu and service.memory: ${problem}`];
}
