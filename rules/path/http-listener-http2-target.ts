import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const httpListenerHttp2Target = pathRule({
  code: "http-listener-http2-target",
  severity: "error",
  holds: "A listener in front of a target group of version HTTP2 or GRPC is HTTPS.",
  fix: 'Set protocol: "HTTPS" and a certificateArn on the aws.lb.Listener, or protocolVersion: "HTTP1" on the aws.lb.TargetGroup.',
  source: sources.targetProtocolVersion,
  refusedAs: {
    code: "InvalidLoadBalancerAction",
    message: /^Listener protocol .* is not supported/,
  },
  on: ["listener"],
  check: ({ listener, target }, { the, code }) => {
    if (target.protocolVersion === "HTTP1" || listener.protocol !== "HTTP") return undefined;
    return {
      message: `AWS refuses ${the.listener} with InvalidLoadBalancerAction: an HTTP listener cannot forward to ${the.targetGroup}, whose version is ${target.protocolVersion}.`,
      fix: `Set protocol: "HTTPS" and a certificateArn on ${code.listener}, or protocolVersion: "HTTP1" on ${code.targetGroup}.`,
    };
  },
});
