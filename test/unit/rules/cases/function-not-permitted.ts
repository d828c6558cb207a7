import { plus, sound, type Case, unknown } from "../caseParts";
import type { Props } from "../../../../topology/resource";
import { arn, resource } from "../program";

const own = "arn:aws:lambda:eu-west-1:123456789012:function:api-0a1b2c3";

/** The sound program with a function in place of the service, and a permission unless it is left out. */
const invoking = (permission: Props | undefined, attachment: Props = {}) =>
  plus(
    sound({
      ...{ web: undefined, definition: undefined, execution: undefined },
      tasks: { targetType: "lambda" },
    }),
    resource(
      "aws:lambda/function:Function",
      "api",
      { runtime: "nodejs22.x", handler: "index.handler", role: arn.role },
      { id: "api-0a1b2c3", arn: own, name: "api-0a1b2c3" },
    ),
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "attached", {
      ...{ targetGroupArn: arn.tasks, targetId: own },
      ...attachment,
    }),
    ...(permission
      ? [
          resource("aws:lambda/permission:Permission", "invoke", {
            ...{ action: "lambda:InvokeFunction", function: "api-0a1b2c3" },
            principal: "elasticloadbalancing.amazonaws.com",
            ...permission,
          }),
        ]
      : []),
  );

export const cases: Case = {
  broken: {
    "nothing permits it": [
      invoking(undefined),
      "attached",
      /may not invoke the function api, because nothing in the program permits it.*refuses to register/,
    ],
    "the permission is the load balancer's": [
      invoking({ sourceArn: arn.alb }),
      "attached",
      /its permission invoke is for the load balancer alb only/,
    ],
    "the permission is another service's": [
      invoking({ principal: "apigateway.amazonaws.com" }),
      "attached",
      /nothing in the program permits it/,
    ],
    "the permission is another function's": [
      invoking({ function: "other" }),
      "attached",
      /nothing in the program/,
    ],
  },
  fine: {
    "the target group may": invoking({ sourceArn: arn.tasks }),
    "every load balancer may": invoking({}),
    "every target group may": invoking({
      ...{ function: own },
      sourceArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/*",
    }),
    "an alias of the function": invoking(
      { sourceArn: arn.tasks, function: own },
      { targetId: `${own}:live` },
    ),
    "a function of another program": invoking(undefined, {
      targetId: "arn:aws:lambda:eu-west-1:123456789012:function:given",
    }),
    "targets that are no functions": sound({}),
  },
  fix: "the target group may",
  unknown: {
    "whom the permission is for": invoking({ principal: unknown }),
    "whose permission it is": invoking({ function: unknown }),
    "the target": invoking(undefined, { targetId: unknown }),
  },
};
