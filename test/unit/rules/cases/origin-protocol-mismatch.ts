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
const bothListeners = (action: Props) =>
  plus(
    sound(viewersChoice),
    resource(
      "aws:lb/listener:Listener",
      "http",
      { ...http, loadBalancerArn: arn.alb, defaultActions: [action] },
      { arn: `${arn.https}0` },
    ),
  );

export const cases: Case = {
  broken: {
    "HTTP to an HTTPS listener": [
      sound(viaOrigin({ originProtocolPolicy: "http-only" })),
      "cdn",
      /https-only/,
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
    "a listener that redirects viewers without TLS": bothListeners({
      type: "redirect",
      redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" },
    }),
  },
  unknown: { "the policy": sound(viaOrigin({ originProtocolPolicy: unknown })) },
};
