import { http, http2Origin, sound, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "a load balancer with HTTP/2 off": [
      sound({ ...http2Origin(), alb: { enableHttp2: false } }),
      "cdn",
      /because the load balancer has HTTP\/2 switched off/,
    ],
    "without TLS 1.2": [
      sound(http2Origin({ originSslProtocols: ["TLSv1.1"] })),
      "cdn",
      /originSslProtocols lacks TLSv1\.2/,
    ],
    "without TLS": [
      sound({ ...http2Origin({ originProtocolPolicy: "http-only" }), https: http }),
      "cdn",
      /because it calls the origin without TLS/,
    ],
  },
  fine: {
    negotiated: sound(http2Origin()),
    "not asked for": sound({ alb: { enableHttp2: false } }),
    "in front of an HTTP2 group, which is an error": sound({
      ...http2Origin(),
      ...{ alb: { enableHttp2: false }, tasks: { protocolVersion: "HTTP2" } },
    }),
  },
  unknown: {
    "whether HTTP/2 is on": sound({ ...http2Origin(), alb: { enableHttp2: unknown } }),
    "the TLS versions": sound(http2Origin({ originSslProtocols: unknown })),
  },
};
