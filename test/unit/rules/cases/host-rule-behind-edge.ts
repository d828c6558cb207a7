import type { Props } from "../../../../topology/resource";
import { direct, plus, sound, type Case, unknown } from "../caseParts";
import { arn, behaviour, resource } from "../program";

const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const otherArn = arn.tasks.replace("/tasks/", "/other/");
const forwardingHost = {
  defaultCacheBehavior: behaviour({ originRequestPolicyId: allViewer }),
};
const hosts = (...values: string[]) => [{ hostHeader: { values } }];
/** The only rule asks for the hosts; what it does not take gets 403. */
const asking = (values: string[], changes: Props = {}) =>
  sound({ guarded: { conditions: hosts(...values) }, ...changes });
/** What the rule does not take is forwarded too. */
const orForwarding = (values: string[], changes: Props = {}) =>
  plus(
    asking(values, {
      https: { defaultActions: [{ type: "forward", targetGroupArn: otherArn }] },
      ...changes,
    }),
    resource(
      "aws:lb/targetGroup:TargetGroup",
      "other",
      { port: 80, protocol: "HTTP", targetType: "ip" },
      { arn: otherArn },
    ),
  );

export const cases: Case = {
  broken: {
    "a name of the distribution, whose Host is not forwarded": [
      asking(["www.example.com"]),
      "guarded",
      /asks for the host www\.example\.com: CloudFront sends origin\.example\.com, .*gets 403.*216adef6/s,
    ],
    "any other name, where nothing else forwards": [
      asking(["shop.example.org"], { cdn: forwardingHost }),
      "guarded",
      /CloudFront sends www\.example\.com, which is what viewers call.*Add shop\.example\.org to aliases/s,
    ],
    "a name of the distribution, where another target group gets the rest": [
      orForwarding(["www.example.com"]),
      "guarded",
      /so that another target group answers/,
    ],
  },
  fine: {
    "the origin's name": asking(["origin.example.com"]),
    "a wildcard that holds it": asking(["*.example.com"]),
    "the viewers' Host forwarded": asking(["www.example.com"], { cdn: forwardingHost }),
    "the Host in the older settings": asking(["www.example.com"], {
      cdn: {
        defaultCacheBehavior: behaviour({
          ...{ originRequestPolicyId: undefined, cachePolicyId: undefined },
          forwardedValues: { queryString: true, headers: ["Host"], cookies: { forward: "none" } },
        }),
      },
    }),
    "a host of other callers, where the rest is forwarded": orForwarding(["api.example.org"]),
    "without CloudFront": direct({ guarded: { conditions: hosts("www.example.com") } }),
  },
  fix: "the origin's name",
  unknown: {
    "the rule's hosts": sound({ guarded: { conditions: [{ hostHeader: { values: unknown } }] } }),
    "the policy of the behaviour": asking(["www.example.com"], {
      cdn: { defaultCacheBehavior: behaviour({ originRequestPolicyId: unknown }) },
    }),
    "the default action": asking(["www.example.com"], { https: { defaultActions: unknown } }),
  },
};
