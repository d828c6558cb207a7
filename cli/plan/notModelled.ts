/** What of a program the model does not know, and whether it may decide a path. */
import type { Evaluation } from "../../local/program";
import { canonicalType } from "../../topology/tokens";
import type { PlanNotModelled } from "./types";

/**
 * Where requests may enter, or be answered, that no path shows: APIs, clusters, other load balancers,
 * and whatever another package makes. The URL of a function leads to no container.
 */
const decisive = [
  /^aws:(apigateway|apigatewayv2|appmesh|apprunner|appsync|amplify|elb|elasticloadbalancing)\//,
  /^aws:(eks|elasticbeanstalk|globalaccelerator|lightsail|vpclattice)\//,
  /^aws:cloudfront\/(multitenantDistribution|distributionTenant|connectionGroup):/,
  /^aws:lb\//,
];
/** Packages whose resources carry no request of a viewer. */
const inert = new RegExp(
  "^(aws|random|tls|time|command|archive|null|local|pulumi|pulumi-nodejs|docker|docker-build|std" +
    "|synced-folder|postgresql|mysql|mongodbatlas|github|gitlab|grafana|datadog|newrelic|pagerduty" +
    "|honeycomb|sentry|slack|snowflake|databricks|auth0|okta|onepassword|purrl|pulumiservice):",
);
/** Of @pulumi/aws and of what is used with it. */
const decides = (type: string): boolean =>
  decisive.some((pattern) => pattern.test(type)) || !inert.test(type);

/** Resources of types, and calls of functions, that no model knows; those that may decide a path first. */
export function notModelled({ account, resources }: Evaluation): PlanNotModelled[] {
  const found = new Map<string, string[]>();
  const add = (type: string, name: string): void => {
    const names = found.get(type) ?? [];
    found.set(type, names.includes(name) ? names : [...names, name]);
  };
  for (const resource of resources) {
    const unknown = account.unmodelled.has(resource.type) && !resource.type.startsWith("pulumi:");
    if (unknown) add(resource.type, resource.name);
  }
  for (const { type, name, position } of account.unanswered)
    add(canonicalType(type), name ?? (position ? `${position.file}:${position.line}` : ""));
  return [...found]
    .map(([type, names]) => ({
      type,
      names: names.filter((name) => name !== ""),
      decides: !/\/get[A-Z]/.test(type) && decides(type),
    }))
    .sort((a, b) => Number(b.decides) - Number(a.decides));
}
