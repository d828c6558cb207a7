import { text } from "../../topology/props";
import { listenersOf } from "../../topology/stack/forwards";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

/** Certificates of a load balancer's listeners, their default ones aside. AWS raises it on request. */
const quota = 25;

export const listenerCertificateQuota = stackRule({
  code: "listener-certificate-quota",
  severity: "warning",
  holds: `The listeners of a load balancer have at most ${quota} certificates besides their default ones, as long as AWS has not raised the quota.`,
  fix: "Ask AWS for a higher quota, put several names on one certificate, or use several load balancers.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
  subjects: (stack) => stack.of(token.loadBalancer),
  check: (loadBalancer, stack) => {
    const added = stack.of(token.listenerCertificate);
    if (added.length <= quota) return undefined;
    const { urn, name } = loadBalancer;
    const arns = listenersOf(stack, loadBalancer).listeners.map(({ props }) => text(props, "arn"));
    const count = added.filter(({ props }) => arns.includes(text(props, "listenerArn"))).length;
    if (count <= quota) return undefined;
    return {
      urn,
      message: `The listeners of the load balancer ${name} have ${count} certificates besides their default ones: unless AWS has raised the quota of ${quota} for this account, it refuses those beyond it with TooManyCertificates.`,
      fix: `Ask AWS for a higher quota of certificates per Application Load Balancer, or put several names on one certificate of the aws.lb.LoadBalancer ${name}.`,
    };
  },
});
