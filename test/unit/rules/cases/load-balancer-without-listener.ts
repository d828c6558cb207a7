import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    none: [sound({ https: undefined, guarded: undefined }), "alb", /nobody can connect/],
  },
  fine: { one: sound({}) },
  unknown: { "whose the listener is": sound({ https: { loadBalancerArn: unknown } }) },
};
