import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const viewersPlainHttp = pathRule({
  name: "viewers-plain-http",
  description: "Viewers use TLS: what they send cannot be read or changed on the way.",
  severity: "medium",
  level: "advisory",
  remediation:
    'Set viewerProtocolPolicy: "redirect-to-https" on the behaviour; without CloudFront, give the load balancer an HTTPS listener.',
  source: sources.edgeViewerHttps,
  on: ["distribution", "listener"],
  write: (names) =>
    `Set viewerProtocolPolicy: "redirect-to-https" on the behaviour of the aws.cloudfront.Distribution ${names.distribution}; without CloudFront, set protocol: "HTTPS" and a certificateArn on the aws.lb.Listener ${names.listener}.`,
  // An internal load balancer has no viewers on the internet.
  applies: (spec) => spec.edge !== undefined || spec.listener.scheme !== "internal",
});
