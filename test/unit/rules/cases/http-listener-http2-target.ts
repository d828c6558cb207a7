import { direct, http, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "HTTP in front of HTTP2": [
      direct({ https: http, tasks: { protocolVersion: "HTTP2" } }),
      "https",
      /InvalidLoadBalancerAction/,
    ],
  },
  fine: {
    "HTTP in front of HTTP1": direct({ https: http }),
    "HTTPS in front of HTTP2": direct({ tasks: { protocolVersion: "HTTP2" } }),
  },
  unknown: {
    "the listener's protocol": direct({
      https: { protocol: unknown },
      tasks: { protocolVersion: "HTTP2" },
    }),
  },
};
