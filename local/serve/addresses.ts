/**
 * What a loopback address represents. Linux routes all of 127.0.0.0/8 to loopback, so the third
 * number can identify callers, which security groups need.
 */

/** First three numbers of each kind of address; the last one counts up from 1. */
export const networks = {
  /** Callers on the internet; the front also listens here. */
  internet: "127.0.0",
  /** CloudFront's own addresses: every distribution of every customer. */
  cloudfront: "127.0.1",
  /** Nodes of load balancers: where they listen and where their requests to tasks come from. */
  loadBalancer: "127.0.2",
  /** Tasks, behind their security group. */
  task: "127.0.3",
  /** Where a task's server really listens, behind 127.0.3.N with its security group. */
  taskSocket: "127.0.4",
} as const;

/** The address on which a command listens; `taskSocket`'s address relays to it. */
export function commandAddress(taskSocket: string): string {
  return taskSocket.replace(networks.taskSocket, "127.0.5");
}

/** What an address represents. */
export type Owner = keyof typeof networks;

const owners = new Map<string, Owner>(
  (Object.keys(networks) as Owner[]).map((owner) => [networks[owner], owner]),
);

/** The address, without the IPv6 form that Node gives IPv4 peers of a dual-stack socket. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:/, "");
}

/** The loopback address of IPv6, from which a caller on the internet calls over IPv6. */
export const loopback6 = "::1";

/** What an address represents; undefined outside the first five networks of 127.0.0.0/8 and `::1`. */
export function ownerOf(address: string): Owner | undefined {
  if (address === loopback6) return "internet";
  return owners.get(address.slice(0, address.lastIndexOf(".")));
}

/** True for the names and addresses with which a browser calls its own machine. */
export function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
}

/** The public addresses that 127.0.0.1 and ::1 represent by default (RFC 5737, RFC 3849). */
const defaultCallers: ReadonlyMap<string, string> = new Map([
  ["127.0.0.1", "198.51.100.7"],
  [loopback6, "2001:db8::7"],
]);

/**
 * The address that AWS would see: a public one for callers on the internet and for CloudFront (one
 * of its published ranges), the loopback address itself for everything inside the VPC.
 */
export function publicAddressOf(address: string, callerAddress?: string): string {
  const byDefault = defaultCallers.get(address);
  if (byDefault !== undefined) return callerAddress ?? byDefault;
  const last = address.split(".")[3] ?? "1";
  const owner = ownerOf(address);
  if (owner === "internet") return `198.51.100.${last}`;
  return owner === "cloudfront" ? `130.176.0.${last}` : address;
}
