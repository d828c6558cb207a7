import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

/** What reports failed deployments. */
export interface FailedDeployments {
  readonly rule: aws.cloudwatch.EventRule;
  readonly target: aws.cloudwatch.EventTarget;
}

/**
 * Sends ECS's event of a failed deployment to a topic. AWS documents it for services with a
 * deployment circuit breaker, and for those whose deployments end by alarms.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function failedDeployments(
  name: string,
  args: {
    serviceArns: pulumi.Input<string>[];
    topicArn: pulumi.Input<string>;
    tags?: Record<string, pulumi.Input<string>>;
  },
  parent: pulumi.Resource,
): FailedDeployments {
  const ruleName = `${name}-failed-deployments`;
  const rule = new aws.cloudwatch.EventRule(
    ruleName,
    {
      description: "A deployment of a service failed, and was rolled back if there was one before",
      eventPattern: pulumi.jsonStringify({
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: args.serviceArns,
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      }),
      tags: withName(ruleName, args.tags),
    },
    { parent },
  );
  const target = new aws.cloudwatch.EventTarget(
    ruleName,
    { rule: rule.name, arn: args.topicArn },
    { parent },
  );
  return { rule, target };
}
