/** The listeners of a path's load balancer, except the one that viewers or CloudFront call. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { loadBalancerTlsPolicies, type MinimumTls } from "../../path/tlsPolicies";
import { mutualAuthentication, type TrustedCertificatesArgs } from "../security/clientCertificates";
import { withName } from "../shared/tags";
import { everyPath, type shiftedRule } from "./traffic";

/** The action for requests that nothing forwards. */
export const forbidden = {
  type: "fixed-response",
  fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
};

/** HTTPS with a certificate, otherwise plain HTTP. */
export function listenerProtocol(
  certificateArn: pulumi.Input<string> | undefined,
  minimumTls: MinimumTls = defaults.viewers.minimumTls,
  clientCertificates?: TrustedCertificatesArgs,
) {
  if (certificateArn === undefined) return { protocol: "HTTP" };
  return {
    protocol: "HTTPS",
    certificateArn,
    sslPolicy: loadBalancerTlsPolicies[minimumTls],
    mutualAuthentication: mutualAuthentication(clientCertificates),
  };
}

interface ListenerPlace {
  readonly loadBalancer: aws.lb.LoadBalancer;
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/**
 * The listener that leads to a deployment's new tasks. It asks for no secret header: the security
 * group admits only those who test.
 */
export function testListener(
  name: string,
  args: ListenerPlace & {
    readonly port: number;
    readonly certificateArn?: pulumi.Input<string>;
    readonly minimumTls?: MinimumTls;
    readonly clientCertificates?: TrustedCertificatesArgs;
    readonly production: ReturnType<typeof shiftedRule>;
  },
  parent: pulumi.Resource,
): { listener: aws.lb.Listener; rule: aws.lb.ListenerRule } {
  const { loadBalancer, port, certificateArn, minimumTls, clientCertificates, production } = args;
  const tags = withName(`${name}-test`, args.tags);
  const listener = new aws.lb.Listener(
    `${name}-test`,
    {
      loadBalancerArn: loadBalancer.arn,
      port,
      ...listenerProtocol(certificateArn, minimumTls, clientCertificates),
      defaultActions: [forbidden],
      tags,
    },
    { parent },
  );
  const { actions, ignoreChanges } = production;
  const rule = new aws.lb.ListenerRule(
    `${name}-test`,
    { listenerArn: listener.arn, priority: 1, conditions: [everyPath], actions, tags },
    { parent, ignoreChanges },
  );
  return { listener, rule };
}

/** A listener on port 80 that redirects to the one for HTTPS. */
export function redirectListener(
  name: string,
  { loadBalancer, to, tags }: ListenerPlace & { readonly to: number },
  parent: pulumi.Resource,
): aws.lb.Listener {
  return new aws.lb.Listener(
    `${name}-redirect`,
    {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        {
          type: "redirect",
          redirect: { protocol: "HTTPS", port: String(to), statusCode: "HTTP_301" },
        },
      ],
      tags: withName(`${name}-redirect`, tags),
    },
    { parent },
  );
}
