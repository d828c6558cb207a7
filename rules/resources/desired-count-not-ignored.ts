import { number } from "../../topology/props";
import { isAbout } from "../../topology/scaling";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const desiredCountNotIgnored = stackRule({
  code: "desired-count-not-ignored",
  severity: "warning",
  holds: "A program leaves the number of a service's tasks to what scales it.",
  fix: 'Add ignoreChanges: ["desiredCount"] to the options of the aws.ecs.Service.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) => {
    const { urn, name, inputs, ignoreChanges } = service;
    if (ignoreChanges === undefined || number(inputs, "desiredCount") === undefined)
      return undefined;
    if (ignoreChanges.some((one) => one === "desiredCount" || one === "*")) return undefined;
    const target = stack.of(token.scalableTarget).find((one) => isAbout(one, service));
    if (target === undefined) return undefined;
    return {
      urn,
      message: `${target.name} scales the service ${name}, and the program does not ignore changes of its desiredCount: an update that sees another number than the program's sets the program's again, whatever the load is.`,
      fix: `Add ignoreChanges: ["desiredCount"] to the options of the aws.ecs.Service ${name}.`,
    };
  },
});
