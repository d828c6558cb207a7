import { type Case, unknown, vpc } from "../caseParts";

export const cases: Case = {
  broken: {
    "an internet-facing one": [vpc({ alb: { internal: false } }), "alb", /internal: true/],
  },
  fine: { "an internal one": vpc({}) },
  unknown: { "whether it is internal": vpc({ alb: { internal: unknown } }) },
};
