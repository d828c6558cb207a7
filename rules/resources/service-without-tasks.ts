import { number, text } from "../../topology/props";
import { isAbout } from "../../topology/scaling";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const serviceWithoutTasks = stackRule({
  code: "service-without-tasks",
  severity: "warning",
  lacks: "a scalable target",
  holds: "A service runs at least one task.",
  fix: "Set desiredCount of the aws.ecs.Service to 1 or more, or scale it with an aws.appautoscaling.Target.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) => {
    const { urn, name, props } = service;
    if (number(props, "desiredCount") !== 0 || text(props, "schedulingStrategy") === "DAEMON")
      return undefined;
    if (stack.of(token.scalableTarget).some((target) => isAbout(target, service))) return undefined;
    return {
      urn,
      message: `The service ${name} runs no task, because its desiredCount is 0: requests to it get 503.`,
      fix: `Set desiredCount of the aws.ecs.Service ${name} to 1 or more, or scale it with an aws.appautoscaling.Target.`,
      settings: "Set service.count to 1 or more.",
    };
  },
});
