import { direct, sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "switched off": [
      direct({ alb: { enableHttp2: false }, tasks: { protocolVersion: "HTTP2" } }),
      "alb",
      /enableHttp2/,
    ],
  },
  fine: {
    "switched off in front of HTTP1": direct({ alb: { enableHttp2: false } }),
    "behind CloudFront, which speaks HTTP/1.1 by default": sound({
      alb: { enableHttp2: false },
      tasks: { protocolVersion: "HTTP2" },
    }),
  },
  unknown: {
    "whether it is on": direct({
      alb: { enableHttp2: unknown },
      tasks: { protocolVersion: "HTTP2" },
    }),
  },
};
