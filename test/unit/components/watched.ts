/** What alarms and dashboards of recorded resources ask CloudWatch for, and whether there is such a thing. */
import type { LocalResource, Props } from "../../../local/model/types";
import { metricFact, metricProblem } from "../../../path/metrics";
import { token } from "../../../topology/tokens";

interface Query {
  readonly of: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly region: string;
}

const regionOf = ({ outputs }: LocalResource): string => String(outputs.region);

/** Every query of the alarms and of the dashboards. */
export function queriesOf(resources: readonly LocalResource[]): Query[] {
  return resources.flatMap((resource): Query[] => {
    const { type, name, inputs } = resource;
    if (type === token.metricAlarm)
      return [
        {
          of: `alarm ${name}`,
          namespace: String(inputs.namespace),
          metric: String(inputs.metricName),
          dimensions: inputs.dimensions as Record<string, string>,
          statistic: String(inputs.statistic ?? inputs.extendedStatistic),
          region: regionOf(resource),
        },
      ];
    return type === token.dashboard ? graphed(name, String(inputs.dashboardBody)) : [];
  });
}

function graphed(name: string, body: string): Query[] {
  const { widgets } = JSON.parse(body) as { widgets: Widget[] };
  return widgets
    .filter(({ type }) => type === "metric")
    .flatMap(({ properties: { title, region, metrics } }) =>
      metrics.map((metric): Query => {
        const texts = metric.filter((one) => typeof one === "string");
        const [namespace = "", metricName = "", ...pairs] = texts;
        const last = metric.find((one) => typeof one !== "string");
        const names = pairs.filter((_, i) => i % 2 === 0);
        return {
          of: `${title} of dashboard ${name}`,
          namespace,
          metric: metricName,
          dimensions: Object.fromEntries(names.map((n, i) => [n, pairs[2 * i + 1] ?? ""])),
          statistic: last?.stat ?? "",
          region,
        };
      }),
    );
}

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly metrics: readonly (readonly (string | { readonly stat: string })[])[];
  };
}

/** What is wrong with the queries: a metric that AWS does not publish, of a resource that is not there. */
export function problemsOf(resources: readonly LocalResource[]): string[] {
  return queriesOf(resources).flatMap((query) =>
    [
      metricProblem(query.namespace, query.metric, Object.keys(query.dimensions), query.statistic),
      ...Object.entries(query.dimensions).map(([dimension, value]) =>
        missing(dimension, value, query, resources),
      ),
      offMetric(query, resources),
    ].flatMap((problem) => (problem === undefined ? [] : [`${query.of}: ${problem}`])),
  );
}

/** The region of what a dimension names; undefined if the stack has no such thing. */
function missing(
  dimension: string,
  value: string,
  { namespace, region }: Query,
  resources: readonly LocalResource[],
): string | undefined {
  const found = (type: string, of: (one: LocalResource) => unknown) =>
    resources.some((one) => one.type === type && of(one) === value && regionOf(one) === region);
  const there: Record<string, () => boolean> = {
    LoadBalancer: () => found(token.loadBalancer, ({ outputs }) => outputs.arnSuffix),
    TargetGroup: () => found(token.targetGroup, ({ outputs }) => outputs.arnSuffix),
    ClusterName: () => found(token.cluster, ({ outputs }) => outputs.name),
    ServiceName: () => found(token.service, ({ outputs }) => outputs.name),
    CertificateArn: () => found(token.certificate, ({ outputs }) => outputs.arn),
    WebACL: () =>
      found(token.webAcl, ({ inputs }) => (inputs.visibilityConfig as Props).metricName),
    Rule: () => value === "ALL",
    // CloudFront's resources are in no region, and their metrics in us-east-1.
    DistributionId: () =>
      region === "us-east-1" &&
      resources.some(({ type, id }) => type === token.distribution && id === value),
    Region: () => value === (namespace === "AWS/CloudFront" ? "Global" : region),
  };
  if (there[dimension]?.() === true) return undefined;
  return `the stack has no ${dimension} ${value} in ${region}`;
}

/** A web ACL's metrics have Region unless it protects CloudFront; additional metrics are switched on. */
function offMetric(
  { namespace, metric, dimensions }: Query,
  resources: readonly LocalResource[],
): string | undefined {
  if (namespace === "AWS/WAFV2") {
    const [acl] = resources.filter(({ type }) => type === token.webAcl);
    const regional = acl?.inputs.scope === "REGIONAL";
    return "Region" in dimensions === regional ? undefined : "the scope is another one";
  }
  const isOn = resources.some(({ type }) => type === token.monitoringSubscription);
  return metricFact(namespace, metric)?.additional && !isOn
    ? `${metric} is not switched on`
    : undefined;
}
