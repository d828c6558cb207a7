import { BlockList, isIP } from "node:net";

/** Peers that are believed, as HOPWISE_TRUSTED_CIDRS lists them. */
export function trustedPeers(cidrs: string): (peer: string) => boolean {
  const list = new BlockList();
  for (const cidr of cidrs.split(",").filter((part) => part !== "")) {
    const [address = "", bits] = cidr.split("/");
    const type = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, bits === undefined ? (type === "ipv6" ? 128 : 32) : Number(bits), type);
  }
  return (peer) => list.check(peer, isIP(peer) === 6 ? "ipv6" : "ipv4");
}

/**
 * The viewer's address, by the rule of `nginx/templates/http/client-address.conf.template`: the entry of
 * X-Forwarded-For that the outermost trusted hop wrote, counted from the right; the peer itself where the peer is
 * not trusted or the entry is no address.
 *
 * @param hops how many entries trusted hops wrote: 1 (load balancer) or 2 (CloudFront and load balancer)
 */
export function clientAddress(
  peer: string,
  trusted: boolean,
  forwardedFor: string,
  hops: number,
): string {
  if (!trusted) return peer;
  const entries = forwardedFor.split(",").map((entry) => entry.trim());
  const written = entries.slice(-hops);
  return written.every((entry) => /^[0-9A-Fa-f.:]+$/.test(entry)) ? (written[0] ?? peer) : peer;
}
