import { blocks } from "../../topology/props";
import { tasksOf } from "../../topology/scaling";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const spotOnly = stackRule({
  code: "spot-only",
  severity: "note",
  holds: "Some tasks of a service behind a load balancer run on demand.",
  fix: "Add FARGATE with a base of 1 or more to capacityProviderStrategies of the aws.ecs.Service.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html",
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) => {
    const { urn, name, props } = service;
    if (blocks(props, "loadBalancers").length === 0) return undefined;
    const shares = tasksOf(service, (type) => stack.of(type))?.shares;
    if (shares?.percent !== 100 || shares.base > 0) return undefined;
    return {
      urn,
      message: `Every task of ${name} runs on Fargate Spot: AWS can take all of them back within two minutes, and starts no other while it has no spare capacity. Requests then get 503.`,
      fix: `Add FARGATE with a base of 1 or more to capacityProviderStrategies of the aws.ecs.Service ${name}.`,
      settings: "Set service.spot.base to 1 or more, and service.spot.percent to 99 or less.",
    };
  },
});
