import { type Case, direct, sound, unknown, viaOrigin } from "../caseParts";

const trustStoreArn =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/20cfe21448b66314";
const verifies = { mutualAuthentication: { mode: "verify", trustStoreArn } };
const shown = {
  originMtlsConfig: {
    clientCertificateArn:
      "arn:aws:acm:us-east-1:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000003",
  },
};

export const cases: Case = {
  broken: {
    "a listener that verifies": [
      sound({ https: verifies }),
      "https",
      /Every request gets 502: the listener https ends TLS connections without a client certificate/,
    ],
  },
  fine: {
    "no certificate asked for": sound({}),
    "a listener that verifies nothing": sound({
      https: { mutualAuthentication: { mode: "passthrough" } },
    }),
    "CloudFront shows one": sound({ https: verifies, ...viaOrigin(shown) }),
    "viewers at the load balancer": direct({ https: verifies }),
  },
  unknown: {
    "a mode that is not known": sound({ https: { mutualAuthentication: { mode: unknown } } }),
    "whether CloudFront shows one": sound({
      https: verifies,
      ...viaOrigin({ originMtlsConfig: unknown }),
    }),
  },
};
