/**
 * The dashboard of a path as data: what is graphed for each hop, in the order in which a request passes
 * them. Pure; components/dashboard/pathDashboard.ts creates it. `V` is a value that a deployment may
 * only know later.
 */
import type { AlarmPlace } from "./alarmRow";
import { certificateRegion } from "./cloudfront";
import { type Graph, graph, line, type Line, type Row, text } from "./dashboardGrid";

/** A target group, and the ECS service whose tasks are in it. */
interface GraphedTargets<V> {
  /** What people call the service. */
  readonly name: string;
  /** `targetgroup/NAME/ID` */
  readonly arnSuffix: V;
  /** Absent for a second target group of a service. */
  readonly service?: { readonly clusterName: V; readonly serviceName: V };
}

/** What a stack has to show. */
export interface Graphed<V> {
  readonly region: V;
  readonly distributionId?: V;
  /** True: CloudFront's additional metrics are on. */
  readonly additionalMetrics?: boolean;
  readonly webAcl?: { readonly metricName: V; readonly place: AlarmPlace };
  /** `app/NAME/ID` */
  readonly loadBalancerArnSuffix: V;
  /** True where other stacks use the load balancer too. */
  readonly shared?: boolean;
  readonly targets: readonly GraphedTargets<V>[];
  readonly alarmArns: readonly V[];
}

/** Every row of the dashboard, from the viewer to the tasks. */
export function dashboardRows<V>(of: Graphed<V>): Row<V>[] {
  return [
    ...alarms(of),
    ...(of.webAcl?.place === "edge" ? webAcl(of, of.webAcl) : []),
    ...(of.distributionId === undefined ? [] : edge(of, of.distributionId)),
    ...(of.webAcl?.place === "stack" ? webAcl(of, of.webAcl) : []),
    ...loadBalancer(of),
    ...of.targets.flatMap((targets) => tasks(of, targets)),
  ];
}

/** AWS shows up to 100 alarms in a widget. */
function alarms<V>({ alarmArns }: Graphed<V>): Row<V>[] {
  if (alarmArns.length === 0) return [];
  const height = 2 + Math.ceil(alarmArns.length / 4);
  return [
    { height, widgets: [{ kind: "alarms", arns: alarmArns.slice(0, 100), title: "Alarms" }] },
  ];
}

function edge<V>({ additionalMetrics }: Graphed<V>, distributionId: V): Row<V>[] {
  const of = (name: string, stat: string, label: string): Line<V> =>
    line("AWS/CloudFront", name, { DistributionId: distributionId, Region: "Global" }, stat, label);
  const errors = (codes: readonly string[]): Line<V>[] =>
    codes.map((code) => of(`${code}ErrorRate`, "Average", code));
  const usual: Graph<V>[] = [
    graph("Requests of viewers", certificateRegion, [of("Requests", "Sum", "requests")]),
    graph("Errors that viewers got", certificateRegion, errors(["4xx", "5xx"])),
  ];
  const more: Graph<V>[] = [
    graph("Answered from the cache", certificateRegion, [of("CacheHitRate", "Average", "hits")]),
    graph("Until the origin's answer begins", certificateRegion, [
      of("OriginLatency", "p50", "p50"),
      of("OriginLatency", "p99", "p99"),
    ]),
    graph("Errors by code", certificateRegion, errors(["401", "403", "404", "502", "503", "504"])),
  ];
  const without =
    "Cache hits, latency and errors by code need CloudFront's additional metrics: " +
    "`dashboard.additionalMetrics`.";
  return [
    text(
      "## Viewer → CloudFront\n" +
        "A rate is of all viewers' requests, with the errors of every hop: 464 of the load balancer is in 4xx. " +
        (additionalMetrics === true ? "" : without),
    ),
    { height: 6, widgets: additionalMetrics === true ? [...usual, ...more] : usual },
  ];
}

function webAcl<V>(
  { region }: Graphed<V>,
  { metricName, place }: NonNullable<Graphed<V>["webAcl"]>,
): Row<V>[] {
  const dimensions: Record<string, V | string> = {
    WebACL: metricName,
    Rule: "ALL",
    ...(place === "stack" && { Region: region }),
  };
  const of = (name: string, label: string): Line<V> =>
    line("AWS/WAFV2", name, dimensions, "Sum", label);
  return [
    text(
      "## Web ACL\nWhat is blocked here gets 403 and goes no further. With `waf.mode: count` it is only counted.",
    ),
    {
      height: 6,
      widgets: [
        graph("Requests by what was done", place === "edge" ? certificateRegion : region, [
          of("AllowedRequests", "allowed"),
          of("BlockedRequests", "blocked"),
          of("CountedRequests", "counted"),
        ]),
      ],
    },
  ];
}

function loadBalancer<V>({ loadBalancerArnSuffix, region, shared }: Graphed<V>): Row<V>[] {
  const of = (name: string, label: string, stat = "Sum"): Line<V> =>
    line("AWS/ApplicationELB", name, { LoadBalancer: loadBalancerArnSuffix }, stat, label);
  return [
    text(
      "## Load balancer\n" +
        (shared === true ? "These are the requests of every stack that shares it. " : "") +
        "464 has no metric: it is among the load balancer's own 4xx, and `RequestCount` leaves it out. " +
        "4xx above the fixed responses (403 without the secret header) while requests fall is what it looks " +
        "like. Which it was: `npx hopwise explain FILE…` with the access log (`logs.access`).",
    ),
    {
      height: 6,
      widgets: [
        graph("Requests for which a task was chosen", region, [of("RequestCount", "requests")]),
        graph("4xx: who made them", region, [
          of("HTTPCode_ELB_4XX_Count", "load balancer (464 is here)"),
          of("HTTP_Fixed_Response_Count", "fixed responses of rules"),
          of("HTTPCode_Target_4XX_Count", "tasks"),
        ]),
        graph("5xx: who made them", region, [
          of("HTTPCode_ELB_502_Count", "load balancer 502"),
          of("HTTPCode_ELB_503_Count", "load balancer 503"),
          of("HTTPCode_ELB_504_Count", "load balancer 504"),
          of("HTTPCode_Target_5XX_Count", "tasks"),
        ]),
        graph("Until the tasks' answer begins", region, [
          of("TargetResponseTime", "p50", "p50"),
          of("TargetResponseTime", "p99", "p99"),
        ]),
      ],
    },
    {
      height: 6,
      widgets: [
        graph("New connections", region, [of("NewConnectionCount", "clients and tasks")]),
        graph("Connections that failed", region, [
          of("ClientTLSNegotiationErrorCount", "TLS, of clients"),
          of("RejectedConnectionCount", "too many"),
          of("TargetConnectionErrorCount", "to tasks"),
          of("TargetTLSNegotiationErrorCount", "TLS, to tasks"),
        ]),
      ],
    },
  ];
}

function tasks<V>(
  { loadBalancerArnSuffix, region }: Graphed<V>,
  { name, arnSuffix, service }: GraphedTargets<V>,
): Row<V>[] {
  const dimensions = { LoadBalancer: loadBalancerArnSuffix, TargetGroup: arnSuffix };
  const of = (metric: string, stat: string, label: string): Line<V> =>
    line("AWS/ApplicationELB", metric, dimensions, stat, label);
  const ofService = (metric: string, stat: string, label: string): Line<V>[] =>
    service === undefined
      ? []
      : [
          line(
            "AWS/ECS",
            metric,
            { ClusterName: service.clusterName, ServiceName: service.serviceName },
            stat,
            label,
          ),
        ];
  const codes = ["2XX", "3XX", "4XX", "5XX"];
  return [
    text(
      `## Tasks: ${name}\n` +
        "The tasks' own answers. With every task unhealthy the load balancer sends requests to all of them; " +
        "502 and 504 above say what became of those.",
    ),
    {
      height: 6,
      widgets: [
        graph(
          "Answers",
          region,
          codes.map((code) => of(`HTTPCode_Target_${code}_Count`, "Sum", code.toLowerCase())),
        ),
        graph("Until the answer begins", region, [
          of("TargetResponseTime", "p50", "p50"),
          of("TargetResponseTime", "p99", "p99"),
        ]),
        graph("Tasks", region, [
          of("HealthyHostCount", "Minimum", "healthy"),
          of("UnHealthyHostCount", "Maximum", "unhealthy"),
          ...ofService("LiveTaskCount", "Maximum", "started"),
        ]),
        ...(service === undefined
          ? []
          : [
              graph("CPU and memory, of what is reserved", region, [
                ...ofService("CPUUtilization", "Average", "CPU"),
                ...ofService("CPUUtilization", "Maximum", "CPU of the busiest task"),
                ...ofService("MemoryUtilization", "Average", "memory"),
                ...ofService("MemoryUtilization", "Maximum", "memory of the largest task"),
              ]),
            ]),
      ],
    },
  ];
}
