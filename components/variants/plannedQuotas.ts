/** What a path with many services uses of AWS's quotas, before there are resources. */
import { hasSecondGroup } from "../../path/deployments";
import type { Finding } from "../../rules/finding";
import { findingOf } from "../../rules/found";
import { listenerRuleQuota, tooManyListenerRules } from "../../rules/resources/listener-rule-quota";
import {
  securityGroupRuleQuota,
  tooManyEgressRules,
} from "../../rules/resources/security-group-rule-quota";
import { targetGroupQuota, tooManyTargetGroups } from "../../rules/resources/target-group-quota";
import type { Fault, Rule } from "../../rules/rule";
import { frontRules } from "../service/frontRules";
import { signInRoutes } from "../service/signIn";
import type { PathPlan } from "./pathPlan";
import type { PathPlanArgs, ServicePlanArgs } from "./planArgs";
import type { PlannedService } from "./servicesPlan";
import { providerPorts } from "./signInPlan";

/** Numbers of what one load balancer has. */
export interface QuotaUse {
  readonly targetGroups: number;
  readonly listenerRules: number;
  /** Of its security group. */
  readonly egressRules: number;
}

/** What the services use; at a load balancer that exists, more may be in use. */
export function useOfServices(
  planned: readonly PlannedService[],
  services: PathPlanArgs["services"],
): QuotaUse {
  const groups = planned.map(({ name }) => groupsOf(services?.[name]));
  return {
    targetGroups: groups.reduce((sum, count) => sum + count, 0),
    listenerRules: planned.reduce((sum, { routes }) => sum + routes.length, 0),
    egressRules: planned.length,
  };
}

/** What a path with its services uses. */
export function useOfPath(
  { spec, grpcSpec, services, front }: Pick<PathPlan, "spec" | "grpcSpec" | "services" | "front">,
  args: PathPlanArgs,
): QuotaUse {
  const { service, signIn } = args;
  const { listener } = spec;
  const ofServices = useOfServices(services, args.services);
  const grpc = grpcSpec?.target.protocolVersion === "GRPC" ? 1 : 0;
  const production = listener.requiresSecretHeader || hasSecondGroup(service?.deployment) ? 1 : 0;
  const test = listener.test === undefined ? 0 : 1;
  const ofFront =
    spec.edge || front === undefined ? 0 : frontRules("", { front, targetGroupArn: "" }).length;
  const ofSignIn = signIn === undefined ? 0 : signInRoutes(signIn).length;
  return {
    targetGroups: groupsOf(service) + grpc + ofServices.targetGroups,
    listenerRules: production + test + grpc + ofFront + ofSignIn + ofServices.listenerRules,
    egressRules:
      1 + (signIn === undefined ? 0 : providerPorts(signIn).length) + ofServices.egressRules,
  };
}

const groupsOf = (service: ServicePlanArgs | undefined): number =>
  hasSecondGroup(service?.deployment) ? 2 : 1;

/**
 * What the rules about quotas say of it.
 *
 * @param balancer what follows "the load balancer": its name
 */
export function quotaFindings(balancer: string, use: QuotaUse): Finding[] {
  const found: [Rule, Fault | undefined][] = [
    [targetGroupQuota, tooManyTargetGroups(use.targetGroups, balancer)],
    [listenerRuleQuota, tooManyListenerRules(use.listenerRules, balancer)],
    [securityGroupRuleQuota, tooManyEgressRules(use.egressRules)],
  ];
  return found.flatMap(([rule, fault]) => (fault ? [findingOf(rule, fault, true)] : []));
}
