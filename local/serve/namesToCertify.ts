/** The names on the local certificates, whether or not the program's own certificates have them. */
import { loopback6 } from "./addresses";
import type { Authority } from "./certificates";
import type { EdgeCertificate } from "./edge/declaration";
import type { ListenerCertificate } from "./loadBalancer/node";
import { viewerNamesOf, originLoadBalancer } from "../../topology";
import type { Distribution, Listener, LoadBalancer, Topology } from "../../topology/types";

/** Names with which a browser calls the front. */
const loopbackNames = ["localhost", "127.0.0.1", loopback6];

/** Every name that a certificate of the topology has here. */
export function namesToCertify(topology: Topology): string[] {
  const notes: string[] = [];
  const viewers = topology.distributions.map((d) => distributionNames(topology, d, notes));
  const inner = topology.loadBalancers.flatMap((loadBalancer) =>
    loadBalancer.listeners
      .flatMap(({ certificateArns }) => certificateArns)
      .map((arn) => namesOfCertificate(topology, loadBalancer, arn, notes)),
  );
  return [...new Set([...viewers.flat(), ...inner.flat(), ...loopbackNames])];
}

/** Certificates that viewers of each distribution see, in the distributions' order. */
export function viewerCertificates(
  topology: Topology,
  authority: Authority,
  notes: string[],
): Promise<EdgeCertificate[]> {
  return Promise.all(
    topology.distributions.map(async (distribution) => {
      const names = distributionNames(topology, distribution, notes);
      return {
        names,
        certificate: await authority.serverCertificate([...names, ...loopbackNames]),
      };
    }),
  );
}

function distributionNames(
  topology: Topology,
  distribution: Distribution,
  notes: string[],
): string[] {
  const arn = distribution.certificateArn;
  // CloudFront's default certificate.
  const own = ["*.cloudfront.net"];
  if (arn === undefined || arn === "") return own;
  const known = topology.certificates.get(arn);
  if (known) return [...known, ...own];
  notes.push(
    `The certificate ${arn} is given: it is assumed to have the names ${distribution.aliases.join(", ")}.`,
  );
  return [...distribution.aliases, ...own];
}

/** Certificates of every HTTPS listener of a load balancer. */
export async function listenerCertificates(
  topology: Topology,
  loadBalancer: LoadBalancer,
  authority: Authority,
  isFront: boolean,
  notes: string[],
): Promise<ReadonlyMap<Listener, readonly ListenerCertificate[]>> {
  const result = new Map<Listener, readonly ListenerCertificate[]>();
  for (const listener of loadBalancer.listeners) {
    if (listener.protocol !== "HTTPS") continue;
    if (listener.certificateArns.length === 0) {
      notes.push(
        `Listener ${listener.port} of ${loadBalancer.name} is HTTPS and has no certificate: it is not served.`,
      );
    }
    const certificates = listener.certificateArns.map(async (arn, index) => {
      const names = namesOfCertificate(topology, loadBalancer, arn, notes);
      const extra = isFront && index === 0 ? loopbackNames : [];
      return { arn, names, certificate: await authority.serverCertificate([...names, ...extra]) };
    });
    result.set(listener, await Promise.all(certificates));
  }
  return result;
}

function namesOfCertificate(
  topology: Topology,
  loadBalancer: LoadBalancer,
  arn: string,
  notes: string[],
): readonly string[] {
  return topology.certificates.get(arn) ?? assumedNames(topology, loadBalancer, arn, notes);
}

/**
 * Names of a given certificate, which nobody here can read: those that clients of the load balancer
 * call. They are its records', those that its rules ask for, its origins' and their viewers'.
 */
export function certifiedNames(topology: Topology, loadBalancer: LoadBalancer): string[] {
  const called = viewerNamesOf(topology, loadBalancer).filter((n) => n !== loadBalancer.dnsName);
  for (const { conditions } of loadBalancer.listeners.flatMap(({ rules }) => rules))
    for (const condition of conditions)
      if (condition.field === "host" && condition.regex !== true)
        called.push(...condition.values.filter((name) => /^(\*\.)?[^*?]+$/.test(name)));
  for (const distribution of topology.distributions) {
    for (const origin of distribution.origins.values()) {
      if (originLoadBalancer(topology, origin) !== loadBalancer) continue;
      called.push(...distribution.aliases);
      // No certificate can have the load balancer's DNS name, which belongs to AWS.
      if (origin.domainName !== loadBalancer.dnsName) called.push(origin.domainName);
    }
  }
  return called.length > 0 ? [...new Set(called)] : ["unknown.invalid"];
}

function assumedNames(
  topology: Topology,
  loadBalancer: LoadBalancer,
  arn: string,
  notes: string[],
): string[] {
  const names = certifiedNames(topology, loadBalancer);
  notes.push(
    `The certificate ${arn} is given: it is assumed to have the names ${names.join(", ")}.`,
  );
  return names;
}
