import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const secret = { httpHeader: { httpHeaderName: "X-Origin-Verify", values: ["b7Jq2mZx9KpLw4Tn"] } };
const path = { pathPattern: { values: ["/a", "/b"] } };
const later = (inputs: object) =>
  resource("aws:lb/listenerRule:ListenerRule", "later", {
    ...{ listenerArn: arn.https, priority: 2, conditions: [secret] },
    actions: [{ type: "forward", targetGroupArn: arn.tasks }],
    ...inputs,
  });

export const cases: Case = {
  broken: {
    "the same conditions": [
      plus(sound({}), later({})),
      "later",
      /later is never reached: guarded has the same/,
    ],
    "the same in another order": [
      plus(
        sound({ guarded: { conditions: [secret, path] } }),
        later({ conditions: [{ pathPattern: { values: ["/b", "/a"] } }, secret] }),
      ),
      "later",
      /never reached/,
    ],
  },
  fine: {
    "other conditions": plus(sound({}), later({ conditions: [secret, path] })),
    "another listener": plus(sound({}), later({ listenerArn: "arn:other" })),
    "no priority": plus(sound({}), later({ priority: undefined })),
  },
  unknown: {
    "what the other one asks for": plus(sound({ guarded: { conditions: unknown } }), later({})),
    "its priority": plus(sound({}), later({ priority: unknown })),
  },
};
