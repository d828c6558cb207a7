import { parseCidr } from "../../path/networks";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";
import { sourcesText } from "../words";

export const directOpenToInternet = pathRule({
  code: "direct-open-to-internet",
  severity: "note",
  holds: "Without CloudFront, a load balancer that is not for everybody admits only some ranges.",
  fix: "Narrow the ranges in the ingress of the load balancer's security group if not everybody is meant to call.",
  source: sources.albSecurityGroups,
  on: ["loadBalancerGroup", "loadBalancer"],
  grows: "listener.admits",
  check: ({ edge, listener }, { the, code }) => {
    if (edge !== undefined || listener.scheme === "internal") return undefined;
    const open = listener.admits
      .filter((source) => source.kind === "cidr")
      .filter(({ cidr, assumed }) => assumed !== true && parseCidr(cidr)?.prefix === 0);
    if (open.length === 0) return undefined;
    return {
      message: `Everybody on the internet can call ${the.loadBalancer}: ${the.loadBalancerGroup} admits ${sourcesText(open)}.`,
      fix: `Narrow the ranges in the ingress of ${code.loadBalancerGroup} if not everybody is meant to call.`,
      settings: "Narrow viewers.allowedCidrs if not everybody is meant to call.",
    };
  },
});
