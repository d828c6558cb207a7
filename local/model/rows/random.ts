/** random.RandomPassword: not AWS, but part of the path (the secret header). */
import { letters } from "../ids";
import { booleanAt, numberAt, textAt } from "../props";
import { ResourceModel } from "../row";
import { range, when } from "../rules";
import { token } from "../../../topology/tokens";

const page = "https://www.pulumi.com/registry/packages/random/api-docs/randompassword/";

const sets = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

export const randomPassword: ResourceModel = {
  type: token.randomPassword,
  required: ["length"],
  defaults: () => ({
    lower: true,
    upper: true,
    numeric: true,
    special: true,
    minLower: 0,
    minUpper: 0,
    minNumeric: 0,
    minSpecial: 0,
  }),
  rules: [
    range("length", 1, 65535, { source: page }),
    when((inputs) => Object.keys(sets).every((set) => booleanAt(inputs, set) === false), "length", {
      say: "At least one of lower, upper, numeric and special is needed.",
      source: page,
    }),
    when(
      (inputs) => {
        const least = ["minLower", "minUpper", "minNumeric", "minSpecial"].map(
          (key) => numberAt(inputs, key) ?? 0,
        );
        return (numberAt(inputs, "length") ?? Infinity) < least.reduce((a, b) => a + b, 0);
      },
      "length",
      { say: "The length is less than the sum of the minimums.", source: page },
    ),
  ],
  replaceOn: [
    "length",
    "lower",
    "upper",
    "numeric",
    "number",
    "special",
    "overrideSpecial",
    "minLower",
    "minUpper",
    "minNumeric",
    "minSpecial",
    "keepers",
  ],
  outputs: (candidate) => {
    const { inputs } = candidate;
    const special = textAt(inputs, "overrideSpecial") ?? sets.special;
    const alphabet = (Object.keys(sets) as (keyof typeof sets)[])
      .filter((set) => booleanAt(inputs, set) !== false)
      .map((set) => (set === "special" ? special : sets[set]))
      .join("");
    const result = letters(candidate.hex(64), numberAt(inputs, "length") ?? 1, alphabet);
    // The provider's own id is "none" for all of them; a different id distinguishes two of them here.
    return {
      id: `password-${candidate.hex(12)}`,
      result,
      bcryptHash: `$2a$10$${candidate.hex(53)}`,
      region: undefined,
    };
  },
};
