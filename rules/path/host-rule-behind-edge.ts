import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const hostRuleBehindEdge = pathRule({
  code: "host-rule-behind-edge",
  severity: "error",
  holds: "A listener rule behind CloudFront asks for a host that CloudFront sends.",
  fix: "Forward the viewer's Host header with the origin request policy AllViewer, or ask for the origin's domainName in hostHeader of the aws.lb.ListenerRule.",
  source: sources.edgeToOrigin,
  on: ["rule"],
  check: ({ edge, listener }, { the, code }) => {
    const { missedHost } = listener;
    if (edge === undefined || missedHost === undefined) return undefined;
    const { asked, sent, status } = missedHost;
    const because = edge.forwardsHost
      ? "which is what viewers call"
      : "the name of its origin, because the behaviour does not forward the viewer's Host header";
    const gets =
      status === undefined ? "another target group answers" : `every request gets ${status}`;
    const forward = edge.forwardsHost
      ? `Add ${asked.join(", ")} to aliases of ${code.distribution}`
      : `Set originRequestPolicyId of the behaviour of ${code.distribution} to "216adef6-5c7f-47e4-b989-5492eafa07d3" (AllViewer), with the viewers' names on the load balancer's certificate`;
    return {
      message: `No request of ${the.distribution} matches ${the.rule}, which asks for the host ${asked.join(" or ")}: CloudFront sends ${sent.join(" or ")}, ${because}, so that ${gets}.`,
      fix: `${forward}; or ask for ${sent.join(" or ")} in hostHeader of ${code.rule}.`,
    };
  },
});
