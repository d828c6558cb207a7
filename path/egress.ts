/** What tasks may call: the problems of a list of ranges and ports. */
import { parseCidr } from "./networks";

/** A range of addresses, and the one TCP port that tasks may call there. */
export interface EgressRule {
  readonly cidr: string;
  readonly port: number;
}

/** The registry and the log service have public addresses that change: any HTTPS address. */
export const httpsToInternet = { cidr: "0.0.0.0/0", port: 443 } as const satisfies EgressRule;

/** The same for tasks with IPv6 addresses. */
export const httpsToInternet6 = { cidr: "::/0", port: 443 } as const satisfies EgressRule;

/** Maximum number of entries. AWS allows 60 rules, and the endpoints' rules need some of them. */
export const maxEgressRules = 50;

/** One problem of the list, with its entry if it is about one. */
export interface EgressProblem {
  readonly entry?: number;
  readonly expected: string;
  /** The entry that the list lacks. */
  readonly missing?: EgressRule;
}

/** How tasks reach the registry and the log service. */
export type RegistryRoute =
  /** Through VPC endpoints, which have their own rules. */
  | "endpoints"
  /** Through public addresses: a created VPC has no alternative. */
  | "public"
  /** Unknown: an existing VPC may have its own endpoints. */
  | "unknown";

/**
 * The problems of a list of ranges and ports; empty without a list. Fargate pulls the
 * images and writes the logs from the task's own network interface, so the task's security group
 * must let HTTPS out to both
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html).
 */
export function egressProblems(
  egress: readonly EgressRule[] | undefined,
  route: RegistryRoute,
): EgressProblem[] {
  if (egress === undefined) return [];
  const entries = egress.flatMap(({ cidr, port }, entry): EgressProblem[] => {
    const range = parseCidr(cidr);
    return [
      ...(range === undefined
        ? [{ entry, expected: "an IPv4 or an IPv6 range in CIDR notation" }]
        : []),
      ...(Number.isInteger(port) && port >= 1 && port <= 65535
        ? []
        : [{ entry, expected: "a port from 1 to 65535" }]),
      ...(egress.findIndex((e) => e.cidr === cidr && e.port === port) < entry
        ? [{ entry, expected: "each range and port once" }]
        : []),
    ];
  });
  const tooMany =
    egress.length > maxEgressRules
      ? [{ expected: `at most ${maxEgressRules} entries: AWS takes 60 rules a security group` }]
      : [];
  return [...entries, ...tooMany, ...withoutRegistry(egress, route)];
}

function withoutRegistry(egress: readonly EgressRule[], route: RegistryRoute): EgressProblem[] {
  const { cidr, port } = httpsToInternet;
  if (route === "endpoints") return [];
  if (route === "public") {
    if (egress.some((e) => e.cidr === cidr && e.port === port)) return [];
    return [
      {
        missing: httpsToInternet,
        expected:
          `an entry { cidr: ${cidr}, port: ${port} }: without VPC endpoints the tasks pull their ` +
          "images and write their logs over HTTPS, at addresses that change",
      },
    ];
  }
  if (egress.some((e) => e.port === port)) return [];
  return [
    {
      missing: httpsToInternet,
      expected:
        `an entry with port ${port}: the tasks pull their images and write their logs over HTTPS, ` +
        "from endpoints of the VPC or from public addresses",
    },
  ];
}
