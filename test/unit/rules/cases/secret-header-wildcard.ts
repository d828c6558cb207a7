import { sound, type Case, unknown, viaOrigin } from "../caseParts";

const header = (value: unknown) => ({
  guarded: { conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [value] } }] },
  ...viaOrigin({}, { customHeaders: [{ name: "X-Origin-Verify", value }] }),
});

export const cases: Case = {
  broken: {
    "a star": [sound(header("abc*def")), "guarded", /\(7 characters\)/],
    "a question mark": [sound(header("abc?def")), "guarded", /holds \* or \?/],
  },
  fine: {
    "a star in a header that is no secret": sound({
      guarded: {
        conditions: [{ httpHeader: { httpHeaderName: "User-Agent", values: ["*curl*"] } }],
      },
    }),
    "a star in a content type": sound({
      guarded: {
        conditions: [{ httpHeader: { httpHeaderName: "Content-Type", values: ["text/*"] } }],
      },
    }),
    "what a random password is, whose settings count": sound({
      ...header("abc*def"),
      secret: { length: 7, result: "abc*def" },
    }),
  },
  unknown: { "the value": sound(header(unknown)) },
};
