/** Who the security groups of a path admit, as sources of the path. */
import { cidrsOverlap, privateRanges } from "../path/networks";
import type { Source } from "../path/types";
import type { Route } from "./routes";
import { groupsWith, peersOn } from "./securityGroups";
import type { LoadBalancer, TaskOrInstanceTargets, Topology } from "./types";

/**
 * What is known of AWS's managed prefix lists, by id: the IP version of CloudFront's, the name of
 * others. Undefined where only AWS knows, because ids differ between regions: any may then be
 * CloudFront's.
 */
export type PrefixLists = ReadonlyMap<string, 4 | 6 | string> | undefined;

/**
 * Who the load balancer's groups admit to the listener's port; undefined if that is unknown.
 *
 * @param assumed takes what the program does not say, in words
 */
export function listenerAdmits(
  topology: Topology,
  lists: PrefixLists,
  route: Route,
  assumed: string[],
): Source[] | undefined {
  const { securityGroupIds } = route.loadBalancer;
  const ofGroup = (id: string): Source | undefined => sourceOfGroup(topology, route, id, assumed);
  return admits(topology, lists, securityGroupIds, route.listener.port, ofGroup, assumed);
}

/**
 * Who the groups of the targets admit to their port; undefined if that is unknown.
 *
 * @param assumed takes what the program does not say, in words
 */
export function targetAdmits(
  topology: Topology,
  lists: PrefixLists,
  behind: {
    readonly targets: TaskOrInstanceTargets;
    readonly port: number;
    readonly loadBalancer: LoadBalancer;
  },
  assumed: string[],
): Source[] | undefined {
  const { targets, port, loadBalancer } = behind;
  const ofGroup = (id: string): Source | undefined =>
    loadBalancer.securityGroupIds.includes(id) ? { kind: "load-balancer" } : undefined;
  const known = admits(topology, lists, targets.securityGroupIds, port, ofGroup, assumed);
  const sources = known && withLoadBalancer(known, loadBalancer);
  if (sources?.some((source) => source.kind === "load-balancer" && source.assumed === true))
    assumed.push(
      `The ranges that ${targetsText(targets)} admits hold the load balancer ${loadBalancer.name}: the program does not say its addresses.`,
    );
  return sources;
}

/**
 * A group that a rule of the load balancer admits. A VPC origin uses a group that AWS creates, which
 * is in no program: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
function sourceOfGroup(
  topology: Topology,
  { edge, loadBalancer }: Route,
  id: string,
  assumed: string[],
): Source | undefined {
  if (loadBalancer.securityGroupIds.includes(id)) return { kind: "load-balancer" };
  if (edge?.origin.loadBalancerArn === undefined || topology.securityGroups.has(id))
    return undefined;
  assumed.push(
    `The security group ${id} is not one of the program's: it is that of CloudFront's VPC origins.`,
  );
  return { kind: "cloudfront", ipVersion: 4, assumed: true };
}

/**
 * The sources of the targets' port, including the load balancer if another source contains its
 * addresses: a range that overlaps its subnets. For a prefix list, for IPv6, and for subnets with
 * an unknown range this is assumed.
 */
function withLoadBalancer(sources: readonly Source[], { privateCidrs }: LoadBalancer): Source[] {
  if (sources.some(({ kind }) => kind === "load-balancer")) return [...sources];
  const held = (subnets: readonly string[]): boolean =>
    sources.some(
      (source) =>
        source.kind === "cidr" && subnets.some((subnet) => cidrsOverlap(source.cidr, subnet)),
    );
  if (held(privateCidrs)) return [...sources, { kind: "load-balancer" }];
  const mayHold =
    sources.some((source) => source.kind !== "cidr" || source.cidr.includes(":")) ||
    (privateCidrs.length === 0 && held(privateRanges));
  return mayHold ? [...sources, { kind: "load-balancer", assumed: true }] : [...sources];
}

/**
 * Who the security groups admit to a port, as sources of the path. Undefined if that is unknown:
 * one of the groups is not part of the program, or there are none (AWS then uses the VPC's default
 * one).
 *
 * @param ofGroup the members of a group that a rule admits
 */
function admits(
  topology: Topology,
  lists: PrefixLists,
  groupIds: readonly string[],
  port: number,
  ofGroup: (id: string) => Source | undefined,
  assumed: string[],
): Source[] | undefined {
  const rules = groupsWith(topology, groupIds)?.flatMap(({ ingress }) => ingress);
  return (
    rules &&
    peersOn(rules, port).flatMap((peer): Source[] => {
      switch (peer.kind) {
        case "cidr":
          return [peer];
        case "prefix-list": {
          const list = lists?.get(peer.id);
          if (list === 4 || list === 6) return [{ kind: "cloudfront", ipVersion: list }];
          // No caller of a path has an address of another service; one of unknown lists may.
          if (lists) return [];
          assumed.push(
            `The prefix list ${peer.id} is CloudFront's: the program does not look it up.`,
          );
          return [{ kind: "cloudfront", ipVersion: 4, assumed: true }];
        }
        case "security-group": {
          const source = ofGroup(peer.id);
          return source ? [source] : [];
        }
      }
    })
  );
}

/** Targets in a sentence: `the service web`. */
export function targetsText({ kind, name }: TaskOrInstanceTargets): string {
  return `the ${kind} ${name}`;
}
