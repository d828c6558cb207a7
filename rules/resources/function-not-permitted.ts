import { matchesWildcard } from "../../topology/patterns";
import { text } from "../../topology/props";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

const invoker = "elasticloadbalancing.amazonaws.com";

export const functionNotPermitted = stackRule({
  code: "function-not-permitted",
  severity: "error",
  lacks: "a permission",
  holds: "A Lambda function in a target group permits the load balancer to invoke it.",
  fix: `Make an aws.lambda.Permission for the function, with action "lambda:InvokeFunction", principal "${invoker}" and the target group's arn as sourceArn, and name it in dependsOn of the aws.lb.TargetGroupAttachment.`,
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html",
  subjects: (stack) => stack.of(token.targetGroupAttachment),
  check: ({ urn, name, props }, stack) => {
    const group = stack.find(token.targetGroup, text(props, "targetGroupArn"));
    if (group === undefined || text(group.props, "targetType") !== "lambda") return undefined;
    const target = text(props, "targetId") ?? "";
    const invoked = stack.of(token.lambdaFunction).find((one) => isOf(target, one));
    if (invoked === undefined) return undefined;
    const permissions = stack
      .of(token.lambdaPermission)
      .filter((one) => isOf(text(one.props, "function") ?? "", invoked))
      .filter((one) => [invoker, "*"].includes(text(one.props, "principal") ?? ""));
    const arn = text(group.props, "arn") ?? "";
    if (permissions.some((one) => isFor(arn, sourceOf(one), stack))) return undefined;
    const [other] = permissions;
    const only = other && named(stack, sourceOf(other) ?? "");
    const why = other
      ? `its permission ${other.name} is for ${only} only, and the target group ${group.name} invokes it`
      : "nothing in the program permits it";
    return {
      urn,
      message: `The load balancer may not invoke the function ${invoked.name}, because ${why}: AWS refuses to register it in the target group ${group.name}.`,
      fix: other
        ? `Set sourceArn of the aws.lambda.Permission ${other.name} to the arn of the aws.lb.TargetGroup ${group.name}.`
        : `Make an aws.lambda.Permission for the aws.lambda.Function ${invoked.name}, with action "lambda:InvokeFunction", principal "${invoker}" and the arn of the aws.lb.TargetGroup ${group.name} as sourceArn, and name it in dependsOn of the aws.lb.TargetGroupAttachment ${name}.`,
    };
  },
});

const sourceOf = ({ props }: StackResource): string | undefined => text(props, "sourceArn");

/** A pattern that is written out cannot be compared before the target group has its ARN. */
function isFor(arn: string, source: string | undefined, stack: Stack): boolean {
  if (source === undefined || matchesWildcard(source, arn)) return true;
  return stack.behind(arn) !== undefined && stack.behind(source) === undefined;
}

/** True where a name or an ARN, with a version or an alias at its end or not, is the function's. */
function isOf(reference: string, { id, props }: StackResource): boolean {
  return [id, text(props, "name"), text(props, "arn")].some(
    (own) =>
      own !== undefined && own !== "" && (reference === own || reference.startsWith(`${own}:`)),
  );
}

/** What a permission is for, in words. */
function named(stack: Stack, arn: string): string {
  const balancer = stack.find(token.loadBalancer, arn);
  const group = stack.find(token.targetGroup, arn);
  if (balancer) return `the load balancer ${balancer.name}`;
  return group ? `the target group ${group.name}` : arn;
}
