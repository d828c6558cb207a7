/** Turns recorded resources into the plain topology that is served. Pure. */
import type { DeclaredResource } from "./resource";
import { readBuckets } from "./buckets";
import { readDistributions } from "./distributions";
import { readInstances } from "./instances";
import { readLoadBalancers } from "./loadBalancers";
import { TopologyIssues, ResourceIndex, blocks, boolean, merged, text, texts } from "./props";
import { readSecurityGroups } from "./securityGroups";
import { readServices } from "./services";
import { readTargetGroups } from "./targetGroups";
import type { Distribution, LoadBalancer, Origin, Topology } from "./types";
import { token } from "./tokens";

/**
 * Resolves every reference between the resources. A reference that cannot be resolved is a note, or
 * a problem if something that is served depends on it.
 */
export function readTopology(resources: readonly DeclaredResource[]): Topology {
  const inventory = new ResourceIndex(resources);
  const findings = new TopologyIssues();
  const distributions = readDistributions(inventory, findings);
  const topology = {
    distributions,
    disabled: inventory
      .of(token.distribution)
      .filter((one) => boolean(merged(one), "enabled") === false)
      .map(({ name }) => name),
    buckets: readBuckets(inventory, distributions, findings),
    loadBalancers: readLoadBalancers(inventory, findings),
    notFollowed: inventory.of(token.loadBalancer).flatMap((one) => {
      const props = merged(one);
      const type = text(props, "loadBalancerType") ?? "application";
      const dnsName = (text(props, "dnsName") ?? "").toLowerCase();
      const arn = text(props, "arn") ?? one.id;
      return type === "application" ? [] : [{ name: one.name, type, arn, dnsName }];
    }),
    targetGroups: readTargetGroups(inventory),
    services: readServices(inventory, findings),
    instances: readInstances(inventory),
    securityGroups: readSecurityGroups(inventory),
    certificates: readCertificates(inventory),
    names: readNames(inventory),
    notes: findings.notes,
    problems: findings.problems,
  };
  checkReferences(topology, findings);
  return topology;
}

function readCertificates(inventory: ResourceIndex): Map<string, readonly string[]> {
  return new Map(
    inventory.of(token.certificate).map((resource) => {
      const props = merged(resource);
      const names = [text(props, "domainName") ?? "", ...texts(props, "subjectAlternativeNames")];
      const unique = new Set(names.filter(Boolean).map((n) => n.toLowerCase()));
      return [text(props, "arn") ?? resource.id, [...unique]];
    }),
  );
}

function readNames(inventory: ResourceIndex): Map<string, string> {
  const names = new Map<string, string>();
  for (const record of inventory.of(token.record)) {
    const props = merged(record);
    const type = text(props, "type");
    const alias = blocks(props, "aliases")[0];
    const target = alias ? text(alias, "name") : type === "CNAME" ? texts(props, "records")[0] : "";
    const name = text(props, "fqdn") ?? text(props, "name");
    if (name && target) names.set(dnsName(name), dnsName(target));
  }
  return names;
}

/** A DNS name for comparisons: lower case, without the final dot. */
function dnsName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The load balancer to which a name resolves through the program's records. */
export function loadBalancerNamed(topology: Topology, name: string): LoadBalancer | undefined {
  let current: string | undefined = dnsName(name);
  for (let steps = 0; current !== undefined && steps < 10; steps += 1) {
    // Route 53's console adds `dualstack.` in front of a load balancer's name.
    const plain: string = current.replace(/^dualstack\./, "");
    const found = topology.loadBalancers.find((lb) => lb.dnsName === plain);
    if (found) return found;
    current = topology.names.get(current);
  }
  return undefined;
}

/** The load balancer of an origin; undefined if it is not part of the program. */
export function originLoadBalancer(topology: Topology, origin: Origin): LoadBalancer | undefined {
  return origin.loadBalancerArn === undefined
    ? loadBalancerNamed(topology, origin.domainName)
    : topology.loadBalancers.find((lb) => lb.arn === origin.loadBalancerArn);
}

/** The names of a load balancer or distribution for viewers, the best first. */
export function viewerNamesOf(topology: Topology, of: LoadBalancer | Distribution): string[] {
  const own = "domainName" in of ? of.domainName : of.dnsName;
  const aliases = "aliases" in of ? of.aliases : [];
  const records = [...topology.names.entries()]
    .filter(([, to]) => to === own || to === `dualstack.${own}`)
    .map(([name]) => name);
  return [...new Set([...aliases, ...records, own])];
}

function checkReferences(topology: Topology, findings: TopologyIssues): void {
  for (const distribution of topology.distributions) {
    for (const origin of distribution.origins.values()) {
      if (origin.bucket) continue;
      if (origin.loadBalancerArn === undefined && !originLoadBalancer(topology, origin)) {
        findings.note(
          origin.domainName === ""
            ? `The name of the origin ${origin.id} is not known before the deployment: requests to it get 502 here.`
            : `The origin ${origin.id} (${origin.domainName}) is none of the program's load balancers: requests to it get 502 here.`,
        );
      }
    }
  }
  for (const lb of topology.loadBalancers) {
    if (lb.listeners.length === 0) {
      findings.note(`The load balancer ${lb.name} has no listener: nothing answers there.`);
    }
    for (const listener of lb.listeners) {
      for (const action of [listener.defaultAction, ...listener.rules.map((r) => r.action)]) {
        if (action.type !== "forward") continue;
        for (const group of action.groups.filter((g) => !topology.targetGroups.has(g.arn))) {
          findings.problem(
            `Listener ${listener.port} of ${lb.name} forwards to ${group.arn || "no target group"}, which is not one of the program's.`,
          );
        }
      }
    }
  }
  for (const service of topology.services) {
    for (const target of service.targets.filter(
      (t) => !topology.targetGroups.has(t.targetGroupArn),
    )) {
      findings.note(
        `The service ${service.name} registers its tasks in ${target.targetGroupArn}, which is not one of the program's.`,
      );
    }
  }
  if (topology.distributions.length === 0 && topology.loadBalancers.length === 0) {
    findings.problem("There is neither a CloudFront distribution nor a load balancer to serve.");
  }
}
