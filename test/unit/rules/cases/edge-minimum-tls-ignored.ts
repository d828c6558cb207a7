import { sound, type Case, unknown } from "../caseParts";

const own = (more: object) =>
  sound({
    cdn: { aliases: [], viewerCertificate: { cloudfrontDefaultCertificate: true, ...more } },
  });

export const cases: Case = {
  broken: {
    "TLS 1.2 with CloudFront's own certificate": [
      own({ minimumProtocolVersion: "TLSv1.2_2021" }),
      "cdn",
      /sets TLSv1 .*TLSv1\.2_2021 has no effect/,
    ],
  },
  fine: {
    "no minimum": own({}),
    "what CloudFront sets": own({ minimumProtocolVersion: "TLSv1" }),
    "another certificate": sound({}),
  },
  unknown: {
    "the minimum": own({ minimumProtocolVersion: unknown }),
    "whose certificate": own({
      minimumProtocolVersion: "TLSv1.2_2021",
      cloudfrontDefaultCertificate: unknown,
    }),
    "the block": sound({ cdn: { viewerCertificate: unknown } }),
  },
};
