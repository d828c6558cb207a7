import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const noSecretHeader = pathRule({
  name: "no-secret-header",
  description:
    "A load balancer that every distribution can reach asks for a header that only one's own sends.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Send a random value in customHeaders of the origin, forward only requests that have it (an aws.lb.ListenerRule with an httpHeader condition), and answer the rest with a fixed 403.",
  source: sources.restrictAlb,
  on: ["listener"],
  write: (names) =>
    `Send a random value in customHeaders of the origin of ${names.distribution}; let an aws.lb.ListenerRule with an httpHeader condition forward what has it, and defaultActions of the aws.lb.Listener ${names.listener} answer the rest with a fixed-response of 403.`,
});
