import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

/** What reports failed deployments. */
export interface FailedDeployments {
  readonly rule: aws.cloudwatch.EventRule;
  readonly target: aws.cloudwatch.EventTarget;
  /** For services beyond those that one rule takes. */
  readonly furtherRules: aws.cloudwatch.EventRule[];
  readonly furtherTargets: aws.cloudwatch.EventTarget[];
}

interface FailedDeploymentsArgs {
  readonly serviceArns: readonly pulumi.Input<string>[];
  readonly topicArn: pulumi.Input<string>;
  readonly tags?: Record<string, pulumi.Input<string>>;
}

type Report = Pick<FailedDeployments, "rule" | "target">;

/**
 * With the names that this project makes, an ARN has 130 characters at most, and a pattern takes 4096.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
const servicesPerRule = 30;

/**
 * Sends ECS's event of a failed deployment to a topic. AWS documents it for services with a
 * deployment circuit breaker, and for those whose deployments end by alarms.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function failedDeployments(
  name: string,
  args: FailedDeploymentsArgs,
  parent: pulumi.Resource,
): FailedDeployments {
  const { serviceArns } = args;
  const count = Math.ceil(serviceArns.length / servicesPerRule);
  const [first, ...further] = Array.from({ length: Math.max(1, count) }, (_, i) =>
    reportOf(
      `${name}-failed-deployments${i === 0 ? "" : `-${i + 1}`}`,
      { ...args, serviceArns: serviceArns.slice(i * servicesPerRule, (i + 1) * servicesPerRule) },
      parent,
    ),
  ) as [Report, ...Report[]];
  return {
    ...first,
    furtherRules: further.map(({ rule }) => rule),
    furtherTargets: further.map(({ target }) => target),
  };
}

/** A rule for some of the services. */
function reportOf(ruleName: string, args: FailedDeploymentsArgs, parent: pulumi.Resource): Report {
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
