import { sound, type Case, unknown, viaOrigin } from "../caseParts";
import { origin, resource, soundProgram } from "../program";
import { FromUnknown } from "../support";

const password = (inputs: object) =>
  resource("random:index/randomPassword:RandomPassword", "made", { length: 32, ...inputs }, {});

const madeBy = (inputs: object) => () => {
  const made = password(inputs);
  const value = new FromUnknown(made);
  return [
    ...soundProgram({
      guarded: {
        conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [value] } }],
      },
      cdn: { origins: [origin({}, { customHeaders: [{ name: "X-Origin-Verify", value }] })] },
    }),
    made,
  ];
};

const header = (value: unknown) => ({
  guarded: { conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [value] } }] },
  ...viaOrigin({}, { customHeaders: [{ name: "X-Origin-Verify", value }] }),
});

export const cases: Case = {
  broken: {
    "a star": [sound(header("abc*def")), "guarded", /\(7 characters\)/],
    "a question mark": [sound(header("abc?def")), "guarded", /holds \* or \?/],
    "a password that may have one": [madeBy({}), "guarded", /is made by made/],
  },
  fine: {
    "a star in a header that is no secret": sound({
      guarded: {
        conditions: [{ httpHeader: { httpHeaderName: "User-Agent", values: ["*curl*"] } }],
      },
    }),
    "a password of letters and digits": madeBy({ special: false }),
    "a password with other special characters": madeBy({ overrideSpecial: "-_" }),
  },
  unknown: { "the value": sound(header(unknown)) },
};
