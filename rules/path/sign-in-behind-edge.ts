import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const signInBehindEdge = pathRule({
  code: "sign-in-behind-edge",
  severity: "error",
  holds:
    "Where a load balancer behind CloudFront asks users to sign in, CloudFront forwards their cookies, query strings and Host header.",
  fix: "Set originRequestPolicyId of the aws.cloudfront.Distribution's behaviour to AllViewer, for these paths and for /oauth2/idpresponse.",
  source: sources.albSignIn,
  on: ["distribution"],
  check: ({ edge, listener }, { the, code }) => {
    // 401 may be about a token that each request brings; only a sign-in redirects.
    if (edge === undefined || listener.signIn !== 302) return undefined;
    const lost = [
      ...(edge.withholds ?? []),
      ...(edge.forwardsHost ? [] : ["the viewer's Host header"]),
    ];
    if (lost.length === 0) return undefined;
    return {
      message: `Nobody can sign in through ${the.distribution}: it does not forward ${lost.join(" and ")}, and ${the.listener} asks users to sign in. They come back from the identity provider without a session, and are sent there again, or get 401.`,
      fix: `Set originRequestPolicyId of the behaviour of ${code.distribution} to "216adef6-5c7f-47e4-b989-5492eafa07d3" (AllViewer), for these paths and for /oauth2/idpresponse.`,
    };
  },
});
