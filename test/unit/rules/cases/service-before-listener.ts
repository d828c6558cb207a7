import type { DeclaredResource } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, listenerUrn, resource, validationUrn } from "../program";

/** The sound program, in which the service waits for these resources only. */
const waiting =
  (dependsOn: string[], changes = {}) =>
  (): DeclaredResource[] =>
    sound(changes)().map((made) => (made.name === "web" ? { ...made, dependsOn } : made));
const forward = [{ type: "forward", targetGroupArn: arn.tasks }];

export const cases: Case = {
  broken: {
    "a rule of a listener that waits for a certificate": [
      waiting([]),
      "web",
      /until the certificate origin-certificate is validated.*\nName the aws\.lb\.ListenerRule guarded in dependsOn of the aws\.ecs\.Service web/s,
    ],
    "such a listener": [
      waiting([], { guarded: undefined, https: { defaultActions: forward } }),
      "web",
      /Name the aws\.lb\.Listener https/,
    ],
  },
  fine: {
    "a service that waits for the rule": sound({}),
    "a service that waits for the rule's listener": waiting([listenerUrn]),
    "a service that waits for the certificate": waiting([validationUrn("origin-valid")]),
    "a listener without a certificate that forwards as well": plus(
      waiting([]),
      resource("aws:lb/listener:Listener", "plain", {
        ...{ loadBalancerArn: arn.alb, port: 80, protocol: "HTTP", defaultActions: forward },
      }),
    ),
  },
  unknown: {
    "which group it is": waiting([], { web: { loadBalancers: [{ targetGroupArn: unknown }] } }),
    "what a rule forwards to": waiting([], {
      guarded: { actions: [{ type: "forward", targetGroupArn: unknown }] },
    }),
  },
};
