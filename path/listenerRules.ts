/** Listener rules: AWS's limits, and the order of a path's rules. */

/**
 * Values that all conditions of a rule have together, at most.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const maxConditionValues = 5;

/**
 * Characters in the body of a fixed response, at most.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html
 */
export const maxFixedResponse = 1024;

/**
 * Types of actions that end a request. A listener's or rule's actions have exactly one, the last.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
export const endingActions = ["forward", "redirect", "fixed-response"] as const;

/** True for the type of an action that ends a request. */
export function endsRequest(type: string | undefined): boolean {
  return endingActions.some((one) => one === type);
}

/**
 * Priorities of a path's rules, the lowest evaluated first: what answers before any service; then
 * services (`defaults.rulePriorities`), which are narrower than the rest; sign-in for the path's own
 * service; and the rules for all requests.
 */
export const listenerPriorities = {
  ...{ allowed: 10, maintenance: 50, canonical: 60 },
  signIn: { from: 49_001, to: 49_900 },
  ...{ grpc: 49_999, all: 50_000 },
} as const;
