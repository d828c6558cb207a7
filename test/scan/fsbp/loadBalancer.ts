/** https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html */
import { token } from "../../../topology/tokens";
import { bagOf, bags } from "../bag";
import { each, unless, type Control } from "./control";

/** The policies that ELB.17 accepts. */
const recommended = [
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
];

export const loadBalancerControls: readonly Control[] = [
  each(
    token.listener,
    "ELB.1",
    "HTTP listeners redirect to HTTPS",
    ({ protocol, defaultActions }) => {
      const toHttps = bags(defaultActions).every(
        ({ redirect }) => bagOf(redirect).protocol === "HTTPS",
      );
      return unless(protocol !== "HTTP" || toHttps, "answers HTTP");
    },
  ),
  each(token.loadBalancer, "ELB.4", "Invalid header fields are dropped", (balancer) =>
    unless(balancer.dropInvalidHeaderFields === true, "they are kept"),
  ),
  each(token.loadBalancer, "ELB.5", "Access logs are on", ({ accessLogs }) =>
    unless(bagOf(accessLogs).enabled === true, "they are off"),
  ),
  each(token.loadBalancer, "ELB.6", "Deletion protection is on", (balancer) =>
    unless(balancer.enableDeletionProtection === true, "it is off"),
  ),
  each(token.loadBalancer, "ELB.12", "Desync mitigation is defensive or strictest", (balancer) =>
    unless(
      [undefined, "defensive", "strictest"].includes(balancer.desyncMitigationMode as undefined),
      "it only watches",
    ),
  ),
  each(token.loadBalancer, "ELB.13", "Subnets are in several availability zones", ({ subnets }) =>
    // An application load balancer takes one subnet per zone.
    unless(Array.isArray(subnets) && subnets.length > 1, "one zone"),
  ),
  each(
    token.listener,
    "ELB.17",
    "Listeners have a recommended TLS policy",
    ({ protocol, sslPolicy }) =>
      unless(protocol !== "HTTPS" || recommended.includes(String(sslPolicy)), String(sslPolicy)),
  ),
  each(token.listener, "ELB.18", "Every listener is HTTPS", ({ protocol }) =>
    unless(protocol === "HTTPS", String(protocol)),
  ),
  each(token.targetGroup, "ELB.21", "Health checks are HTTPS", ({ healthCheck }) =>
    unless(bagOf(healthCheck).protocol === "HTTPS", String(bagOf(healthCheck).protocol)),
  ),
  each(token.targetGroup, "ELB.22", "Target groups are HTTPS", ({ protocol }) =>
    unless(protocol === "HTTPS", String(protocol)),
  ),
];
