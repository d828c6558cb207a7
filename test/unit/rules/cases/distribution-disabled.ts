import { sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: { disabled: [sound({ cdn: { enabled: false } }), "cdn", /accepts no request/] },
  fine: { enabled: sound({}) },
  unknown: { "whether it is": sound({ cdn: { enabled: unknown } }) },
};
