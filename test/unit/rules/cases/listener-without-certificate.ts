import { direct, http, sound, type Case, unknown } from "../caseParts";

import { h2DirectSpec } from "../../../../path/variants";
import { change, h1 } from "../../path/specs";

export const cases: Case = {
  broken: {
    none: [sound({ https: { certificateArn: undefined } }), "https", /HTTPS listener.*refuses/],
    "none of a network load balancer's": [
      sound({ https: { protocol: "TLS", certificateArn: undefined } }),
      "https",
      /TLS listener/,
    ],
  },
  fine: {
    HTTP: direct({ https: http }),
    "one that is not known yet": sound({ https: { certificateArn: unknown } }),
  },
  unknown: { "the protocol": sound({ https: { protocol: unknown } }) },
  planned: {
    "no certificate": [h2DirectSpec({ loadBalancerCertificate: false }), /certificate/],
    "a certificate without a name": [
      change(h1, { listener: { certificateNames: [] } }),
      /certificate/,
    ],
  },
};
