import { http, plus, sound, type Case, unknown, viaOrigin, vpc } from "../caseParts";
import type { Props } from "../../../../topology/resource";
import { arn, behaviour, origin, resource } from "../program";

const viewersChoice = {
  cdn: {
    origins: [origin({ originProtocolPolicy: "match-viewer" })],
    defaultCacheBehavior: behaviour({ viewerProtocolPolicy: "allow-all" }),
  },
};
/** Viewers with and without TLS, and a listener for the latter too. */
const bothListeners = (action: Props, changes: Props = viewersChoice) =>
  plus(
    sound(changes),
    resource(
      "aws:lb/listener:Listener",
      "http",
      { ...http, loadBalancerArn: arn.alb, defaultActions: [action] },
      { arn: `${arn.https}0` },
    ),
  );
const toHttps = {
  type: "redirect",
  redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" },
};

export const cases: Case = {
  broken: {
    "HTTP to an HTTPS listener": [
      sound(viaOrigin({ originProtocolPolicy: "http-only" })),
      "cdn",
      /https-only/,
    ],
    "HTTP, to a listener that redirects to HTTPS": [
      bothListeners(toHttps, viaOrigin({ originProtocolPolicy: "http-only" })),
      "cdn",
      /redirects to HTTPS: every request gets that redirect, which leads viewers in a circle/,
    ],
    "a VPC origin": [vpc({ https: http }), "inside", /http-only/],
    "viewers without TLS, and no listener for them": [
      sound(viewersChoice),
      "cdn",
      /some requests fail/,
    ],
  },
  fine: {
    "what the viewer has, which is always TLS": sound(
      viaOrigin({ originProtocolPolicy: "match-viewer" }),
    ),
    "a listener for viewers without TLS": bothListeners({
      type: "forward",
      targetGroupArn: arn.tasks,
    }),
    "a listener that redirects viewers without TLS": bothListeners(toHttps),
  },
  unknown: { "the policy": sound(viaOrigin({ originProtocolPolicy: unknown })) },
};
