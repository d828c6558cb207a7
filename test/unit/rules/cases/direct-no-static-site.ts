import { direct, sound, type Case } from "../caseParts";

import { h2 } from "../../path/specs";

export const cases: Case = {
  // Only of our own variants: the authors of other programs chose to have no CloudFront.
  broken: {},
  fine: { "behind CloudFront": sound({}), "without CloudFront": direct({}) },
  unknown: {},
  planned: {
    "without CloudFront": [h2, /S3/],
  },
};
