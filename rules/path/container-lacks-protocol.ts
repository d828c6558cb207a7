import { targetSpeaks } from "../../path/protocols";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const containerLacksProtocol = pathRule({
  code: "container-lacks-protocol",
  severity: "error",
  holds:
    "The container accepts the HTTP version that the load balancer speaks to its target group.",
  fix: "Let protocolVersion of the aws.lb.TargetGroup be the HTTP version that the container accepts.",
  source: sources.targetProtocolVersion,
  on: ["taskDefinition", "targetGroup"],
  check: ({ target, container }, { the, code }) => {
    const { protocolVersion } = target;
    const spoken = targetSpeaks(protocolVersion);
    if (container.accepts.includes(spoken)) return undefined;
    const accepted = container.accepts.join(" and ") || "no HTTP at all";
    const http2 = spoken === "HTTP/2";
    return {
      message: `The load balancer speaks ${spoken} to ${the.targetGroup}, because the group's version is ${protocolVersion}, but ${the.container} accepts ${accepted}: every request gets 502, and every health check fails.`,
      fix: http2
        ? `Let ${the.container} accept HTTP/2 without an upgrade (nginx: http2 on; the image of hopwise: HOPWISE_HTTP2 "on" in containerDefinitions of ${code.taskDefinition}), or set protocolVersion: "HTTP1" on ${code.targetGroup}.`
        : `Let ${the.container} accept HTTP/1.1, or set protocolVersion: "HTTP2" on ${code.targetGroup}.`,
      settings: http2
        ? `Let the app accept HTTP/2 without TLS and add http2 to service.app.protocols, or remove service.app.behindNginx.`
        : `Let the app accept HTTP/1.1 and add http1 to service.app.protocols, or remove service.app.behindNginx.`,
      source: http2 ? sources.nginxHttp2 : undefined,
    };
  },
});
