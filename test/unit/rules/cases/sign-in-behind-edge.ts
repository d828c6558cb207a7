import type { Props } from "../../../../topology/resource";
import { direct, sound, type Case, unknown } from "../caseParts";
import { arn, behaviour, origin } from "../program";

const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const actions = (onUnauthenticatedRequest?: string): Props[] => [
  {
    type: "authenticate-cognito",
    order: 1,
    authenticateCognito: {
      userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC",
      userPoolClientId: "1example",
      userPoolDomain: "shop",
      onUnauthenticatedRequest,
    },
  },
  { type: "forward", order: 2, targetGroupArn: arn.tasks },
];
const unordered = actions().map((action) => ({ ...action, order: unknown }));
const asking = (cache: Props, otherwise?: string) =>
  sound({
    guarded: { actions: actions(otherwise) },
    cdn: { defaultCacheBehavior: behaviour({ cachePolicyId: cachingDisabled, ...cache }) },
  });

export const cases: Case = {
  broken: {
    "no origin request policy": [
      asking({ originRequestPolicyId: undefined }),
      "cdn",
      /does not forward cookies and query strings and the viewer's Host header/,
    ],
    "actions whose order is not known": [
      sound({
        guarded: { actions: unordered },
        cdn: { defaultCacheBehavior: behaviour({ originRequestPolicyId: undefined }) },
      }),
      "cdn",
      /does not forward cookies/,
    ],
    "a policy without the Host": [
      asking({ originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac" }),
      "cdn",
      /does not forward the viewer's Host header/,
    ],
    "the older settings without cookies": [
      asking({
        ...{ originRequestPolicyId: undefined, cachePolicyId: undefined },
        forwardedValues: { queryString: true, headers: ["*"], cookies: { forward: "none" } },
      }),
      "cdn",
      /does not forward cookies, and/,
    ],
  },
  fine: {
    "everything forwarded": asking({ originRequestPolicyId: allViewer }),
    "callers who get 401": asking({ originRequestPolicyId: undefined }, "deny"),
    "callers who need not sign in": asking({ originRequestPolicyId: undefined }, "allow"),
    "nobody asked": sound({ cdn: { defaultCacheBehavior: behaviour({}) } }),
    "without CloudFront": direct({ guarded: { actions: actions() } }),
  },
  unknown: {
    "a policy that is not known": asking({ originRequestPolicyId: unknown }),
    "whether a rule takes the requests of the default action that asks": sound({
      https: { defaultActions: actions() },
      cdn: { origins: [origin({}, { customHeaders: unknown })] },
    }),
    "whether callers are asked": sound({
      guarded: { actions: actions(unknown as never) },
      cdn: { defaultCacheBehavior: behaviour({ originRequestPolicyId: undefined }) },
    }),
  },
};
