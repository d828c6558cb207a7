import { direct, http, sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: { none: [sound({ https: { certificateArn: undefined } }), "https", /refuses/] },
  fine: {
    HTTP: direct({ https: http }),
    "one that is not known yet": sound({ https: { certificateArn: unknown } }),
  },
  unknown: { "the protocol": sound({ https: { protocol: unknown } }) },
};
