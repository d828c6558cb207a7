import { direct, sound, type Case, unknown, viaOrigin } from "../caseParts";

export const cases: Case = {
  broken: { "no CloudFront": [direct({}), "alb", /S3/] },
  fine: { "behind CloudFront": sound({}) },
  unknown: {
    "whether CloudFront calls it": sound(viaOrigin({}, { domainName: unknown })),
  },
};
