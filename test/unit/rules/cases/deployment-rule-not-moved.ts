import type { Props } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const green = "arn:green";
const second = resource(
  "aws:lb/targetGroup:TargetGroup",
  "green",
  { port: 80, protocol: "HTTP", targetType: "ip", name: "green-1a2b3c4" },
  { arn: green },
);
const moving = (productionListenerRule: unknown = arn.guarded, rest: Props = {}): Props => ({
  loadBalancers: [
    {
      ...{ targetGroupArn: arn.tasks, containerName: "nginx", containerPort: 8080 },
      advancedConfiguration: {
        ...{ alternateTargetGroupArn: green, productionListenerRule },
        ...rest,
      },
    },
  ],
});
const forward = { type: "forward", targetGroupArn: arn.tasks };
/** The rule whose groups are exchanged does not get every request that CloudFront sends. */
const some = { guarded: { conditions: [{ pathPattern: { values: ["/app/*"] } }] } };
const other = resource(
  "aws:lb/listenerRule:ListenerRule",
  "api",
  {
    listenerArn: arn.https,
    priority: 5,
    conditions: [{ pathPattern: { values: ["/api/*"] } }],
    actions: [forward],
  },
  { arn: "arn:api" },
);

export const cases: Case = {
  broken: {
    "the default action forwards too": [
      plus(sound({ ...some, web: moving(), https: { defaultActions: [forward] } }), second),
      "web",
      /moves the requests of the listener rule guarded only, and the default action of the listener https forwards/,
    ],
    "another rule forwards too": [
      plus(sound({ ...some, web: moving() }), second, other),
      "web",
      /and the listener rule api forwards/,
    ],
  },
  fine: {
    "one rule for all requests": plus(sound({ web: moving() }), second),
    "another rule for tests": plus(
      sound({ ...some, web: moving(arn.guarded, { testListenerRule: "arn:api" }) }),
      second,
      other,
    ),
    "a default action that no request gets to": plus(
      sound({
        web: moving(),
        https: { defaultActions: [forward] },
      }),
      second,
    ),
    "a rule of another program": plus(sound({ ...some, web: moving("arn:given") }), second, other),
    "one target group": plus(sound({}), other),
  },
  unknown: {
    "which rule": plus(sound({ ...some, web: moving(unknown) }), second, other),
    "what the default action forwards to": plus(
      sound({
        ...some,
        web: moving(),
        https: { defaultActions: [{ type: "forward", targetGroupArn: unknown }] },
      }),
      second,
    ),
  },
};
