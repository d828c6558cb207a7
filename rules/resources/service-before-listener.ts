import { blocks, text } from "../../topology/props";
import { forwardersTo } from "../../topology/stack/forwards";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const serviceBeforeListener = stackRule({
  code: "service-before-listener",
  severity: "warning",
  holds: "A service waits for a listener that itself waits for a certificate.",
  fix: "Name the aws.lb.Listener, or the aws.lb.ListenerRule, in dependsOn of the aws.ecs.Service.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) => {
    const { urn, name, props, dependsOn } = service;
    if (dependsOn === undefined) return undefined;
    const awaited = stack.dependenciesOf(service);
    return blocks(props, "loadBalancers").flatMap((target): StackFault[] => {
      const group = stack.find(token.targetGroup, text(target, "targetGroupArn"));
      const forwarders = group ? forwardersTo(stack, text(group.props, "arn") ?? "") : [];
      const [first] = forwarders;
      if (group === undefined || first === undefined) return [];
      // One that is there at once is enough: the provider tries again for four minutes.
      const late = forwarders.map((forwarder) => lateFor(forwarder, awaited, stack));
      const [certificate] = late;
      if (certificate === undefined || late.includes(undefined)) return [];
      const kind = first.type === token.listener ? "Listener" : "ListenerRule";
      return [
        {
          urn,
          message: `The service ${name} does not wait for what forwards to its target group ${group.name}, and that waits until the certificate ${certificate} is validated: AWS takes the service only once something forwards to the group, and the provider tries for four minutes. If the validation takes longer, the first deployment fails.`,
          fix: `Name the aws.lb.${kind} ${first.name} in dependsOn of the aws.ecs.Service ${name}.`,
        },
      ];
    });
  },
});

/** The certificate whose validation a resource waits for, and the service does not. */
function lateFor(
  resource: StackResource,
  awaited: ReadonlySet<string>,
  stack: Stack,
): string | undefined {
  const waits = stack.dependenciesOf(resource);
  const validation = stack
    .of(token.certificateValidation)
    .find(({ urn }) => waits.has(urn) && !awaited.has(urn));
  return (
    validation &&
    (stack.find(token.certificate, text(validation.props, "certificateArn")) ?? validation).name
  );
}
