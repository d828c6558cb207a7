import { direct, sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "an HTTP2 group": [
      direct({ tasks: { protocolVersion: "HTTP2" } }),
      "tasks",
      /HTTP\/1\.1 client/,
    ],
  },
  fine: {
    "an HTTP1 group": direct({}),
    "one that only CloudFront can call": sound({
      cdn: undefined,
      origin: undefined,
      tasks: { protocolVersion: "HTTP2" },
    }),
  },
  unknown: { "the version": direct({ tasks: { protocolVersion: unknown } }) },
};
