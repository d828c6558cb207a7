import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const viewersPlainHttp = pathRule({
  code: "viewers-plain-http",
  severity: "warning",
  holds: "Viewers use TLS: what they send cannot be read or changed on the way.",
  fix: 'Set viewerProtocolPolicy: "redirect-to-https" on the behaviour; without CloudFront, give the load balancer an HTTPS listener.',
  source: sources.edgeViewerHttps,
  on: ["distribution", "listener"],
  check: ({ edge, listener }, { the, code }) => {
    const risk = "what they send can be read and changed on the way";
    if (edge?.viewerProtocolPolicy === "allow-all" && edge.viewerTls !== true)
      return {
        message: `Viewers can call ${the.distribution} without TLS: ${risk}.`,
        fix: `Set viewerProtocolPolicy: "redirect-to-https" on the behaviour of ${code.distribution}.`,
      };
    // An internal load balancer has no viewers on the internet.
    if (edge !== undefined || listener.protocol !== "HTTP" || listener.scheme === "internal")
      return undefined;
    return {
      message: `Viewers call ${the.loadBalancer} without TLS: ${risk}.`,
      fix: `Set protocol: "HTTPS" and a certificateArn on ${code.listener}.`,
      source: sources.albCertificates,
    };
  },
});
