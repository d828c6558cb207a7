import { direct, sound, type Case, unknown, viaOrigin } from "../caseParts";

export const cases: Case = {
  broken: {
    "no header": [sound(viaOrigin({}, { customHeaders: [] })), "cdn", /403/],
    "another value": [
      sound(viaOrigin({}, { customHeaders: [{ name: "X-Origin-Verify", value: "another" }] })),
      "cdn",
      /403/,
    ],
  },
  fine: {
    "clients without CloudFront, who may know it": direct({
      https: { defaultActions: [{ type: "fixed-response", fixedResponse: { statusCode: "403" } }] },
      guarded: {},
    }),
    "a load balancer whose distribution is another program's": sound({
      cdn: undefined,
      origin: undefined,
    }),
  },
  unknown: { "the headers": sound(viaOrigin({}, { customHeaders: unknown })) },
};
