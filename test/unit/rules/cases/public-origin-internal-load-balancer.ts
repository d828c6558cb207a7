import { sound, type Case, unknown, vpc } from "../caseParts";

export const cases: Case = {
  broken: { "an internal one": [sound({ alb: { internal: true } }), "alb", /504/] },
  fine: { "an internal one behind a VPC origin": vpc({}) },
  unknown: { "whether it is internal": sound({ alb: { internal: unknown } }) },
};
