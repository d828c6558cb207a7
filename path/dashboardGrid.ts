/**
 * The form of a dashboard's body: rows of widgets on CloudWatch's grid of 24 columns. Pure.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Dashboard-Body-Structure.html
 */
import { metricFact, metricProblem, type MetricNamespace } from "./metrics";

/** One line of a graph. `V` is a value that a deployment may only know later. */
export interface Line<V> {
  readonly namespace: MetricNamespace;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, V | string>>;
  /** `Sum`, `Average`, `p99` and so on. */
  readonly stat: string;
  readonly label: string;
}

export interface Graph<V> {
  readonly kind: "graph";
  readonly title: string;
  readonly region: V | string;
  readonly lines: readonly Line<V>[];
}

interface Text {
  readonly kind: "text";
  readonly markdown: string;
}

interface AlarmStates<V> {
  readonly kind: "alarms";
  readonly title: string;
  readonly arns: readonly V[];
}

/** Widgets next to each other, which share the width. */
export interface Row<V> {
  readonly height: number;
  readonly widgets: readonly (Graph<V> | Text | AlarmStates<V>)[];
}

/** @throws Error for a metric, a set of dimensions or a statistic that AWS's tables do not have */
export function line<V>(
  namespace: MetricNamespace,
  metric: string,
  dimensions: Readonly<Record<string, V | string>>,
  stat: string,
  label: string,
): Line<V> {
  const problem = metricProblem(namespace, metric, Object.keys(dimensions), stat);
  if (problem !== undefined) throw new Error(problem);
  return { namespace, metric, dimensions, stat, label };
}

export const graph = <V>(
  title: string,
  region: V | string,
  lines: readonly Line<V>[],
): Graph<V> => ({ kind: "graph", title, region, lines });

/** A heading with a few sentences, over the whole width. */
export const text = (markdown: string): Row<never> => ({
  height: 3,
  widgets: [{ kind: "text", markdown }],
});

const columns = 24;

/** The body of a dashboard with these rows, one below the other. */
export function dashboardBody<V>(rows: readonly Row<V>[]): object {
  const tops = rows.map((_, i) => rows.slice(0, i).reduce((sum, { height }) => sum + height, 0));
  return {
    widgets: rows.flatMap(({ height, widgets }, i) =>
      widgets.map((widget, column) => {
        const from = (at: number) => Math.round((at * columns) / widgets.length);
        const x = from(column);
        return { x, y: tops[i], width: from(column + 1) - x, height, ...widgetBody(widget) };
      }),
    ),
  };
}

function widgetBody<V>(widget: Row<V>["widgets"][number]): object {
  switch (widget.kind) {
    case "text":
      return { type: "text", properties: { markdown: widget.markdown } };
    case "alarms":
      return {
        type: "alarm",
        properties: {
          title: widget.title,
          alarms: widget.arns,
          sortBy: "stateUpdatedTimestamp",
        },
      };
    case "graph":
      return {
        type: "metric",
        properties: {
          title: widget.title,
          view: "timeSeries",
          region: widget.region,
          period: 60,
          yAxis: { left: { min: 0, showUnits: false, label: unitOf(widget.lines) } },
          metrics: widget.lines.map(({ namespace, metric, dimensions, stat, label }) => [
            namespace,
            metric,
            ...Object.entries(dimensions).flat(),
            { stat, label },
          ]),
        },
      };
  }
}

/** AWS's unit of the first line; counts are of requests, connections or tasks, as the title says. */
function unitOf<V>([first]: readonly Line<V>[]): string {
  const unit = first && metricFact(first.namespace, first.metric)?.unit;
  return unit === undefined || unit === "None" ? "Count" : unit;
}
