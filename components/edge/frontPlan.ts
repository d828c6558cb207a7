/** What is decided about a viewer's request first, from the arguments. Files are read; nothing is created. */
import * as fs from "node:fs";
import { defaults } from "../../path/defaults";
import { hasSecondGroup } from "../../path/deployments";
import {
  countryCode,
  type CountryRestriction,
  exactPath,
  type FrontSpec,
  type MaintenancePage,
  redirectTarget,
} from "../../path/front";
import { type FrontFunction, frontFunctionCode, maxFunctionBytes } from "../../path/frontFunction";
import { maxFixedResponse } from "../../path/listenerRules";
import { parseNetwork } from "../../path/networks";
import { printable } from "../../path/printable";
import type { PathPlanArgs } from "../variants/planArgs";
import type { MaintenanceArgs } from "./frontArgs";

/** What comes first, and what is wrong with it. */
export interface FrontPlan {
  /** Absent: every request passes. */
  readonly front?: FrontSpec;
  readonly countries?: CountryRestriction;
  readonly problems: readonly string[];
}

/** @param edge true behind CloudFront, whose security group does not know viewers' addresses */
export function planFront(edge: boolean, args: PathPlanArgs): FrontPlan {
  const { domain, viewers = {} } = args;
  const { maintenance, password, redirects = {}, allowedCidrs, countries } = viewers;
  const problems: string[] = [];
  const page = maintenance && maintenancePage(maintenance, edge, problems);
  const aliases = domain?.aliases ?? [];
  // Everybody, over IPv6 too: without a list nothing is asked.
  const open = allowedCidrs === undefined || allowedCidrs.includes("0.0.0.0/0");
  const front: FrontSpec = {
    ...(edge && !open && { allowedCidrs }),
    ...(page && { maintenance: page }),
    ...(domain?.canonical === true && { canonical: { name: domain.name, others: aliases } }),
    ...(password && { password: true }),
    ...(Object.keys(redirects).length > 0 && { redirects }),
  };
  problems.push(
    ...cidrProblems("viewers.allowedCidrs", edge && !open ? allowedCidrs : []),
    ...cidrProblems("viewers.maintenance.allowedCidrs", maintenance?.allowedCidrs),
    ...redirectProblems(redirects),
    ...(domain?.canonical === true && aliases.length === 0 && !edge
      ? ["domain.canonical has no effect without domain.aliases: there is no other name."]
      : []),
    ...(edge
      ? []
      : [
          ...(password ? [`viewers.password: ${onlyAtEdge} Use viewers.allowedCidrs.`] : []),
          ...(countries
            ? [`viewers.countries: ${onlyAtEdge} Use a geo match rule of AWS WAF.`]
            : []),
          ...(Object.keys(redirects).length > 0 ? [`viewers.redirects: ${onlyAtEdge}`] : []),
          ...(viewers.errorPages ? [`viewers.errorPages: ${onlyAtEdge}`] : []),
        ]),
    ...passedOnProblems(edge, args),
  );
  if (problems.length === 0 && edge) problems.push(...sizeProblems(front, args));
  const restriction = countryRestriction(countries ?? {});
  problems.push(...countryProblems(countries));
  return {
    ...(Object.keys(front).length > 0 && { front }),
    ...(restriction && { countries: restriction }),
    problems,
  };
}

const onlyAtEdge = "only CloudFront has this, and viewers call the load balancer. Leave it out.";

function maintenancePage(
  { text, page, retryAfter, allowedCidrs }: MaintenanceArgs,
  edge: boolean,
  problems: string[],
): MaintenancePage {
  const contentType = page !== undefined && /\.html?$/i.test(page) ? "text/html" : "text/plain";
  const body = page === undefined ? (text ?? defaults.viewers.maintenance.text) : read(page);
  if (body === undefined)
    problems.push(`viewers.maintenance.page: there is no file ${printable(page ?? "")}.`);
  if (!edge && (body ?? "").length > maxFixedResponse)
    problems.push(
      `viewers.maintenance: a load balancer answers with ${maxFixedResponse} characters at most, and ` +
        `the page has ${(body ?? "").length}. Shorten it.`,
    );
  return {
    body: body ?? "",
    contentType,
    ...(edge && { retryAfter: retryAfter ?? defaults.viewers.maintenance.retryAfter }),
    ...(allowedCidrs && allowedCidrs.length > 0 && { allowedCidrs }),
  };
}

function read(file: string): string | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile()
    ? fs.readFileSync(file, "utf8")
    : undefined;
}

function cidrProblems(argument: string, cidrs: readonly string[] = []): string[] {
  return cidrs
    .filter((cidr) => parseNetwork(cidr) === undefined)
    .map((cidr) => `${argument} lists "${cidr}": expected a range such as 203.0.113.0/24.`);
}

function redirectProblems(redirects: Readonly<Record<string, string>>): string[] {
  const paths = Object.entries(redirects);
  return [
    ...paths
      .filter(([from]) => !exactPath.test(from))
      .map(([from]) => `viewers.redirects: "${from}" is no path without wildcards, such as /old.`),
    ...paths
      .filter(([, to]) => !redirectTarget.test(to))
      .map(
        ([from, to]) =>
          `viewers.redirects: ${from} leads to "${to}": expected a path or an https:// address, without ? and #.`,
      ),
    ...paths
      .filter(([, to]) => Object.hasOwn(redirects, to))
      .map(
        ([from, to]) => `viewers.redirects: ${from} leads to ${to}, which is redirected itself.`,
      ),
  ];
}

function countryRestriction({
  allow = [],
  deny = [],
}: NonNullable<NonNullable<PathPlanArgs["viewers"]>["countries"]>): CountryRestriction | undefined {
  if (allow.length > 0) return { kind: "only", countries: [...allow] };
  return deny.length > 0 ? { kind: "except", countries: [...deny] } : undefined;
}

function countryProblems(countries: NonNullable<PathPlanArgs["viewers"]>["countries"]): string[] {
  if (countries === undefined) return [];
  const { allow = [], deny = [] } = countries;
  const odd = [...allow, ...deny].filter((code) => !countryCode.test(code));
  return [
    ...(allow.length > 0 && deny.length > 0
      ? ["viewers.countries has allow and deny: CloudFront takes one of the two lists."]
      : []),
    ...odd.map((code) => `viewers.countries lists "${code}": expected a code such as DE.`),
  ];
}

/** A listener rule forwards those who pass to the one target group, before all other rules. */
function passedOnProblems(
  edge: boolean,
  { viewers, services = {}, service, signIn }: PathPlanArgs,
): string[] {
  const allowed = viewers?.maintenance?.allowedCidrs ?? [];
  if (edge || allowed.length === 0) return [];
  const key = "viewers.maintenance.allowedCidrs: a load balancer forwards who may pass";
  return [
    ...(Object.keys(services).length > 0
      ? [`${key} to one target group, and there are several (services). Leave it out.`]
      : []),
    ...(hasSecondGroup(service?.deployment)
      ? [
          `${key} to one target group, and a deployment moves requests to another ` +
            `(service.deployment). Leave it out, or set service.deployment.strategy to rolling.`,
        ]
      : []),
    ...(signIn
      ? [`${key} before it asks anybody to sign in (signIn). Leave one of them out.`]
      : []),
  ];
}

/** The salt and hash that take the password's place, by their length. */
export const passwordParts = { salt: 24, hash: 64 } as const;

/** The largest function is the site's. */
function sizeProblems(front: FrontSpec, { site }: PathPlanArgs): string[] {
  const { password, ...rest } = front;
  const sample: FrontFunction = {
    ...rest,
    ...(password && {
      password: { salt: "s".repeat(passwordParts.salt), hash: "h".repeat(passwordParts.hash) },
    }),
    ...(site && { site: { digest: "d".repeat(64), fallback: site.fallback } }),
  };
  const bytes = Buffer.byteLength(frontFunctionCode(sample));
  if (bytes <= maxFunctionBytes) return [];
  return [
    `viewers: the CloudFront Function would have ${bytes} bytes, and AWS takes ${maxFunctionBytes}. Shorten ` +
      "viewers.maintenance, or list fewer ranges or redirects.",
  ];
}
