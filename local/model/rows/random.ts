/** Resources of the random package: not AWS, but part of paths (secret headers, names). */
import { letters, uuid } from "../ids";
import { booleanAt, numberAt, textAt } from "../props";
import type { Candidate, ResourceModel } from "../row";
import { range, when } from "../rules";
import { token } from "../../../topology/tokens";

const page = "https://www.pulumi.com/registry/packages/random/api-docs/randompassword/";

const sets = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

/** What RandomPassword and RandomString have in common. */
const randomText: Omit<ResourceModel, "type" | "outputs"> = {
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
};

function resultOf(candidate: Candidate): string {
  const { inputs } = candidate;
  const special = textAt(inputs, "overrideSpecial") ?? sets.special;
  const alphabet = (Object.keys(sets) as (keyof typeof sets)[])
    .filter((set) => booleanAt(inputs, set) !== false)
    .map((set) => (set === "special" ? special : sets[set]))
    .join("");
  return letters(candidate.hex(64), numberAt(inputs, "length") ?? 1, alphabet);
}

const randomPassword: ResourceModel = {
  ...randomText,
  type: token.randomPassword,
  outputs: (candidate) => ({
    // The provider's own id is "none" for all of them; a different id distinguishes two of them here.
    id: `password-${candidate.hex(12)}`,
    result: resultOf(candidate),
    bcryptHash: `$2a$10$${candidate.hex(53)}`,
    region: undefined,
  }),
};

const randomString: ResourceModel = {
  ...randomText,
  type: token.randomString,
  outputs: (candidate) => {
    const result = resultOf(candidate);
    return { id: result, result, region: undefined };
  },
};

/** RandomUuid, and its versions 4 and 7. */
const uuids = ["randomUuid:RandomUuid", "randomUuid4:RandomUuid4", "randomUuid7:RandomUuid7"].map(
  (name): ResourceModel => ({
    type: `random:index/${name}`,
    replaceOn: ["*"],
    outputs: (candidate) => {
      const result = uuid(candidate.hex(64));
      return { id: result, result, region: undefined };
    },
  }),
);

const randomId: ResourceModel = {
  type: "random:index/randomId:RandomId",
  required: ["byteLength"],
  replaceOn: ["*"],
  outputs: (candidate) => {
    const { inputs } = candidate;
    const bytes = Buffer.from(candidate.hex(2 * (numberAt(inputs, "byteLength") ?? 1)), "hex");
    const prefix = textAt(inputs, "prefix") ?? "";
    return {
      id: bytes.toString("base64url"),
      b64Url: prefix + bytes.toString("base64url"),
      b64Std: prefix + bytes.toString("base64"),
      hex: prefix + bytes.toString("hex"),
      dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
      region: undefined,
    };
  },
};

const randomInteger: ResourceModel = {
  type: "random:index/randomInteger:RandomInteger",
  required: ["min", "max"],
  replaceOn: ["*"],
  outputs: (candidate) => {
    const [min, max] = [
      numberAt(candidate.inputs, "min") ?? 0,
      numberAt(candidate.inputs, "max") ?? 0,
    ];
    const result = min + (parseInt(candidate.hex(8), 16) % (Math.max(min, max) - min + 1));
    return { id: String(result), result, region: undefined };
  },
};

const randomPet: ResourceModel = {
  type: "random:index/randomPet:RandomPet",
  replaceOn: ["*"],
  outputs: (candidate) => {
    const { inputs } = candidate;
    const words = Array.from({ length: numberAt(inputs, "length") ?? 2 }, (_, i) =>
      letters(candidate.hex(64, `word ${i}`), 6, sets.lower),
    );
    const parts = [textAt(inputs, "prefix") ?? [], words].flat();
    return { id: parts.join(textAt(inputs, "separator") ?? "-"), region: undefined };
  },
};

export const randoms: readonly ResourceModel[] = [
  ...[randomPassword, randomString, ...uuids],
  ...[randomId, randomInteger, randomPet],
];
