import { type Case } from "../caseParts";
import { origin, other, resource, soundProgram } from "../program";
import { FromUnknown } from "../support";

const type = "random:index/randomPassword:RandomPassword";

/** The value of a random password, before it is made, or as it came out. */
const madeBy = (inputs: object, result?: string) => () => {
  const made = resource(type, "made", { length: 32, ...inputs }, result ? { result } : {});
  const value = result ?? new FromUnknown(made);
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

export const cases: Case = {
  broken: {
    "a password that may have one": [madeBy({}), "guarded", /is made by made/],
    "a password that came out without one": [
      madeBy({}, "K7#mQ2vT9pX4"),
      "guarded",
      /special: false on the random.RandomPassword made/,
    ],
  },
  fine: {
    "a password of letters and digits": madeBy({ special: false }),
    "a password of letters and digits that was made": madeBy({ special: false }, "K7mQ2vT9pX4"),
    "a password with other special characters": madeBy({ overrideSpecial: "-_" }),
  },
  unknown: { "whether it has any": madeBy({ special: new FromUnknown(other) }) },
};
