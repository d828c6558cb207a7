import { parseCidr } from "../../path/networks";
import { sources } from "../../path/sources";
import type { Source } from "../../path/types";
import { pathRule } from "../rule";

export const invalidCidr = pathRule({
  code: "invalid-cidr",
  severity: "error",
  holds: "Ranges in the rules of security groups are ranges.",
  fix: "Write an IPv4 or IPv6 range with its prefix length, e.g. 203.0.113.0/24.",
  source: sources.securityGroupRules,
  refusedAs: { code: "InvalidParameterValue", message: /^CIDR block .* is malformed/ },
  on: ["loadBalancerGroup", "taskGroup"],
  grows: "listener.admits",
  check: ({ listener, target }, { the, code }) =>
    (
      [
        [listener.admits, "loadBalancerGroup"],
        [target.admits, "taskGroup"],
      ] as const
    ).flatMap(([admitted, group]) => {
      const invalid = invalidIn(admitted);
      if (invalid.length === 0) return [];
      return {
        message: `AWS refuses ${invalid.join(", ")} in ${the[group]}: not a range of addresses.`,
        fix: `Write an IPv4 or IPv6 range with its prefix length, e.g. 203.0.113.0/24, in the rules of ${code[group]}.`,
        ...(group === "loadBalancerGroup" && {
          settings:
            "Write ranges with their prefix length in viewers.allowedCidrs, e.g. 203.0.113.0/24.",
        }),
      };
    }),
});

function invalidIn(admitted: readonly Source[]): string[] {
  return admitted
    .filter((source) => source.kind === "cidr")
    .filter(({ cidr }) => parseCidr(cidr) === undefined)
    .map(({ cidr }) => `"${cidr}"`);
}
