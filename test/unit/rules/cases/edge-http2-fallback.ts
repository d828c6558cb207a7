import { direct, grpc, grpcGroup, http2Origin, sound, type Case, unknown } from "../caseParts";
import { behaviour } from "../program";

const tasks = { protocolVersion: "HTTP2" };
const grpcToo = http2Origin({}, { defaultCacheBehavior: behaviour(grpc) });

export const cases: Case = {
  broken: {
    "an HTTP2 group": [sound({ tasks, ...http2Origin() }), "tasks", /falls back to HTTP\/1\.1/],
    "an HTTP2 group that takes gRPC and other requests": [
      sound({ tasks, ...grpcToo }),
      "tasks",
      /falls back to HTTP\/1\.1/,
    ],
  },
  fine: {
    "an HTTP1 group": sound(http2Origin()),
    "an HTTP2 group that gets HTTP/1.1, which is an error": sound({ tasks }),
    "a group for gRPC only, which CloudFront calls over HTTP/2 anyway": sound({
      tasks: grpcGroup,
      ...grpcToo,
    }),
    "without CloudFront": direct({ tasks }),
  },
  unknown: {
    "what CloudFront asks the origin for": sound({
      tasks,
      ...http2Origin({ originHttpVersion: unknown }),
    }),
    "whether HTTP/2 is on": sound({ tasks, ...http2Origin(), alb: { enableHttp2: unknown } }),
  },
};
