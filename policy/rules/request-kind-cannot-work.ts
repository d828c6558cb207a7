import { sources } from "../../path/sources";
import { findingsOf } from "../../path/findings";
import { pathRule } from "../pathRule";

/** Rules that say by themselves why no request gets through: it is not said twice. */
const says = [
  "edge-http1-to-http2-target",
  "edge-http1-to-grpc-target",
  "http-listener-http2-target",
  "listener-http2-off",
  "container-lacks-protocol",
  "container-tls-mismatch",
  "origin-protocol-mismatch",
  "origin-certificate-name-mismatch",
  "public-origin-internal-load-balancer",
  "secret-header-not-sent",
  "vpc-origin-grpc",
  "vpc-origin-public-load-balancer",
];

export const requestKindCannotWork = pathRule({
  name: "request-kind-cannot-work",
  description: "What a path is for can work on it: requests get from viewers to the container.",
  severity: "critical",
  level: "mandatory",
  remediation: "Mend what the message says stands in the way.",
  source: sources.albStatusCodes,
  on: ["listener"],
  write: (names) => `Mend what stands in the way, at the listener ${names.listener} or before it.`,
  // Who else is in a security group is not known, so nobody is taken to be kept out by one.
  assuming: {
    "listener.admits": [
      { kind: "cloudfront", ipVersion: 4 },
      { kind: "cidr", cidr: "0.0.0.0/0" },
      { kind: "load-balancer" },
    ],
    "target.admits": [{ kind: "load-balancer" }],
  },
  // Without CloudFront, clients may know the header, and be inside the VPC.
  applies: (spec) =>
    (spec.edge !== undefined ||
      (!spec.listener.requiresSecretHeader && spec.listener.scheme === "internet-facing")) &&
    !says.some((code) => findingsOf(code, spec).some(({ severity }) => severity === "error")),
});
