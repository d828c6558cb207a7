import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const secretHeaderNotSent = pathRule({
  code: "secret-header-not-sent",
  severity: "error",
  holds: "CloudFront sends the header that the listener asks for.",
  fix: "Send the header in customHeaders of the origin, with a value that the listener rule's condition has.",
  source: sources.restrictAlb,
  on: ["distribution"],
  check: ({ edge, listener }, { the, code }) => {
    // Clients that call a load balancer without CloudFront may know the header.
    if (edge === undefined || !listener.requiresSecretHeader) return undefined;
    if (edge.sendsSecretHeader) return undefined;
    return {
      message: `Only requests with a secret header are forwarded by ${the.listener}, and ${the.distribution} does not send it: every request gets 403.`,
      fix: `Put the header and a value of the listener rule's httpHeader condition into customHeaders of the origin of ${code.distribution}.`,
      settings: "Let origin.secret.accept hold the version in origin.secret.send.",
    };
  },
});
