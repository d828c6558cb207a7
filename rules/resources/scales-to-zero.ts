import { block, blocks, number, text } from "../../topology/props";
import { isAbout } from "../../topology/scaling";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const scalesToZero = stackRule({
  code: "scales-to-zero",
  severity: "note",
  holds: "A service behind a load balancer has a task at all times.",
  fix: "Set minCapacity and maxCapacity in scalableTargetAction of the aws.appautoscaling.ScheduledAction to 1 or more, if viewers come at these times.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-503-issues",
  subjects: (stack) => stack.of(token.scheduledAction),
  check: (action, stack) => {
    const { urn, name, props } = action;
    if (number(block(props, "scalableTargetAction") ?? {}, "maxCapacity") !== 0) return undefined;
    const service = stack.of(token.service).find((one) => isAbout(action, one));
    if (service === undefined || blocks(service.props, "loadBalancers").length === 0)
      return undefined;
    const when = `${text(props, "schedule") ?? ""} (${text(props, "timezone") ?? "UTC"})`;
    return {
      urn,
      message: `From ${when} on, ${name} stops every task of ${service.name}: until another schedule starts some, viewers get 503 Service Temporarily Unavailable from the load balancer, also through CloudFront.`,
      settings:
        "Set min of the schedule in service.scaling.schedules to 1 or more, if viewers come at these times.",
    };
  },
});
