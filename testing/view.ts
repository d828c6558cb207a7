/** An evaluated stack, in the forms that its answers are read from. */
import { stackOfEvaluation } from "../cli/findings";
import type { EvaluatedStack } from "../cli/plan/evaluateStack";
import { makePlan } from "../cli/plan/make";
import { ResourceNames } from "../cli/plan/names";
import type { Plan } from "../cli/plan/types";
import type { Evaluation } from "../local/program";
import { pathsIn } from "../topology/stack/paths";
import type { Stack } from "../topology/stack/stack";
import type { Distribution, LoadBalancer, Topology } from "../topology/types";

export interface View {
  readonly evaluation: Evaluation;
  readonly plan: Plan;
  readonly stack: Stack;
  readonly topology: Topology;
  readonly names: ResourceNames;
}

export function viewOf(evaluated: EvaluatedStack): View {
  const { evaluation } = evaluated;
  const stack = stackOfEvaluation(evaluation);
  return {
    evaluation,
    plan: makePlan(evaluated),
    stack,
    topology: pathsIn(stack).topology,
    names: new ResourceNames(evaluation.resources),
  };
}

/** `CloudFront main`, `load balancer web`. */
export function nameOf({ names }: View, of: Distribution | LoadBalancer): string {
  return "domainName" in of
    ? `CloudFront ${names.nameOf(of.id) ?? of.id}`
    : `load balancer ${names.nameOf(of.arn) ?? of.name}`;
}
