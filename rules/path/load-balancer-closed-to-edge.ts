import { prefixListNames } from "../../path/cloudfront";
import { parseCidr } from "../../path/networks";
import { sources } from "../../path/sources";
import type { EdgeSpec, Source } from "../../path/types";
import { pathRule } from "../rule";
import { sourcesText } from "../words";

/** AWS publishes some 45 ranges of CloudFront's; a group that lists them holds dozens. */
const listedByHand = 20;

export const loadBalancerClosedToEdge = pathRule({
  code: "load-balancer-closed-to-edge",
  severity: "error",
  lacks: "a rule of a security group",
  holds: "The security group of a load balancer behind CloudFront admits CloudFront.",
  fix: "Admit CloudFront's managed prefix list (aws.ec2.getManagedPrefixList) on the listener's port.",
  source: sources.edge504,
  on: ["loadBalancerGroup", "loadBalancer"],
  unless: [
    "invalid-cidr",
    "public-origin-internal-load-balancer",
    "vpc-origin-public-load-balancer",
  ],
  check: ({ edge, listener }, { the, code }) => {
    if (edge === undefined) return undefined;
    const { admits, port } = listener;
    // A VPC origin calls from inside the VPC, from addresses that any of its ranges may hold.
    if (edge.origin === "vpc" ? admits.length > 0 : mayAdmitCloudfront(admits, edge))
      return undefined;
    const only = admits.some(({ kind }) => kind === "cloudfront")
      ? `, for ${edge.originAddresses === "ipv6" ? "IPv4" : "IPv6"} only,`
      : "";
    const admitted = admits.length > 0 ? sourcesText(admits) : "nobody";
    return {
      message: `CloudFront's connections to ${the.loadBalancer} are dropped, because ${the.loadBalancerGroup} admits ${admitted}${only} on port ${port}: every request gets 504.`,
      fix: `In the ingress of ${code.loadBalancerGroup}, admit prefixListId: aws.ec2.getManagedPrefixListOutput({ name: "${prefixListNames[edge.originAddresses === "ipv6" ? 6 : 4]}" }).id on port ${port}.`,
    };
  },
});

/** CloudFront's list, the whole internet (or each half of it), or so many ranges that it is named by them. */
function mayAdmitCloudfront(
  admits: readonly Source[],
  { originAddresses = "ipv4" }: EdgeSpec,
): boolean {
  const calls = { ipv4: [4], ipv6: [6], dualstack: [4, 6] }[originAddresses];
  const ranges = admits.filter((source) => source.kind === "cidr");
  return (
    admits.some(
      (source) =>
        source.kind === "cloudfront" &&
        (source.assumed === true || calls.includes(source.ipVersion)),
    ) ||
    ranges.some(({ cidr }) => (parseCidr(cidr)?.prefix ?? 32) <= 1) ||
    ranges.length >= listedByHand
  );
}
