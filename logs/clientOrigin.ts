/** Who called the load balancer, as far as a log line shows. */
import { isIP } from "node:net";
import { cidrContains, privateRanges } from "../path/networks";
import { byFamily, ipv4Number } from "./ranges";

/**
 * `cloudfront`: by its user agent or its address. `vpc`: a private address, which is CloudFront
 * through a VPC origin or another client inside. `elsewhere`: a client on the internet. `unknown`: a cut
 * line says neither.
 */
export type ClientOrigin = "cloudfront" | "vpc" | "elsewhere" | "unknown";

/** CloudFront's user agent, unless a policy forwards the viewer's. */
export const cloudfrontAgent = "Amazon CloudFront";

/**
 * Address ranges that only CloudFront has, merged into few lines
 * (2026-11). AWS adds to them: an address of a newer range counts as from elsewhere, unless the
 * user agent says otherwise.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 */
export const cloudfrontRanges: readonly string[] = [
  ...["3.160.0.0/14", "3.165.0.0/16", "3.166.0.0/15", "3.168.0.0/14", "3.172.0.0/18"],
  ...["13.32.0.0/15", "13.35.0.0/16", "13.224.0.0/14", "13.249.0.0/16", "15.158.0.0/16"],
  ...["18.68.0.0/16", "18.154.0.0/15", "18.160.0.0/15", "18.164.0.0/15", "18.172.0.0/15"],
  ...["18.238.0.0/15", "18.244.0.0/15", "52.46.0.0/18", "52.82.128.0/19", "52.84.0.0/15"],
  ...["52.222.128.0/17", "54.182.0.0/16", "54.192.0.0/16", "54.230.0.0/16", "54.239.128.0/18"],
  ...["54.239.192.0/19", "54.240.128.0/18", "64.252.64.0/18", "64.252.128.0/18", "65.8.0.0/16"],
  ...["65.9.0.0/17", "65.9.128.0/18", "70.132.0.0/18", "71.152.0.0/17", "99.84.0.0/16"],
  ...["99.86.0.0/16", "108.138.0.0/15", "108.156.0.0/14", "130.176.0.0/17", "130.176.128.0/18"],
  ...["130.176.192.0/19", "130.176.224.0/20", "143.204.0.0/16", "144.220.0.0/16"],
  ...["204.246.164.0/22", "204.246.168.0/22", "204.246.172.0/22", "204.246.176.0/20"],
  ...["205.251.200.0/21", "205.251.208.0/20", "216.137.32.0/19", "2600:9000::/28"],
];

const cloudfront = byFamily(cloudfrontRanges);
const inside = byFamily(privateRanges);

function isOf({ v4, v6 }: typeof cloudfront, address: string, family: number): boolean {
  if (family !== 4) return v6.some((range) => cidrContains(range, address));
  const number = ipv4Number(address);
  return v4.some(([first, last]) => number >= first && number <= last);
}

/** The address of `address:port`; an IPv6 address may be in brackets. */
function addressOf(client: string): string {
  const colon = client.lastIndexOf(":");
  const address = colon === -1 || isIP(client) === 6 ? client : client.slice(0, colon);
  return address.replace(/^\[|\]$/g, "");
}

/** Where a request came from. */
export function clientOriginOf(client?: string, userAgent?: string): ClientOrigin {
  if (userAgent === cloudfrontAgent) return "cloudfront";
  const address = client === undefined ? "" : addressOf(client);
  const family = isIP(address);
  if (family === 0) return "unknown";
  if (isOf(cloudfront, address, family)) return "cloudfront";
  return isOf(inside, address, family) ? "vpc" : "elsewhere";
}
