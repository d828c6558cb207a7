/** Every path of a stack, in the plan's form. */
import { hopsOf } from "../../path/hops";
import { answerTypical, meantFor } from "../../path/typical";
import type { EdgeSpec, Hop, PathAnswer, PathSpec } from "../../path/types";
import { viewerNamesOf } from "../../topology";
import { isContentHeader } from "../../topology/requestLimits";
import type { FoundPath } from "../../topology/pathOf";
import type {
  Instances,
  Listener,
  ListenerRule,
  RuleCondition,
  Topology,
} from "../../topology/types";
import type { ResourceNames } from "./names";
import { requestsOf } from "./requests";
import type { PlanHop, PlanNode, PlanPath } from "./types";

/** A path of the program's resources. */
export function planPathOf(found: FoundPath, topology: Topology, names: ResourceNames): PlanPath {
  const { spec, via } = found;
  return {
    title: titleOf(found, topology, names),
    ...(via.pathPattern !== undefined && { pathPattern: via.pathPattern }),
    ...(via.rulePriority !== undefined && { rulePriority: via.rulePriority }),
    nodes: nodesOf(found, topology, names),
    ...judged(spec),
  };
}

/** What a viewer calls: `app.example.com/api/*`, with other conditions of this path's requests. */
export function titleOf(found: FoundPath, topology: Topology, names: ResourceNames): string {
  const { spec, via } = found;
  const conditions = partsOf(found, topology).rule?.conditions ?? [];
  const valuesOf = (field: "host" | "path"): string =>
    conditions
      .filter((condition) => condition.field === field)
      .map(conditionValues)
      .join(" and ");
  const called = (spec.edge ? "" : valuesOf("host")) || calledAs(found, topology, names);
  const pattern = via.pathPattern === "*" ? "" : (via.pathPattern ?? "");
  const port = spec.edge || [80, 443].includes(spec.listener.port) ? "" : `:${spec.listener.port}`;
  const place = pattern === "" || pattern.startsWith("/") ? pattern : `/${pattern}`;
  const [hosts, paths] = [spec.edge ? valuesOf("host") : "", valuesOf("path")];
  const others = conditions
    .filter(({ field }) => !["header", "host", "path"].includes(field))
    .map((condition) => `${condition.field} ${conditionValues(condition)}`);
  const headers = conditions.flatMap((condition) =>
    condition.field === "header" ? headerText(condition, spec.edge !== undefined) : [],
  );
  const more = [hosts && `host ${hosts}`, place && paths && `path ${paths}`, ...others, ...headers]
    .filter(Boolean)
    .map((text) => ` (${text})`);
  return `${called}${port}${place || paths}${more.join("")}`;
}

/** What a rule asks for, in words: `path /orders/*, header X-Origin-Secret`. */
export function askedFor(conditions: readonly RuleCondition[]): string {
  return conditions
    .flatMap((condition) =>
      condition.field === "header"
        ? headerText(condition, false)
        : [`${condition.field} ${conditionValues(condition)}`],
    )
    .join(", ");
}

/**
 * A header that a rule asks for. A value can be a secret; behind CloudFront such a header is usual.
 */
function headerText(condition: RuleCondition & { field: "header" }, viaEdge: boolean): string[] {
  if (isContentHeader(condition)) return [`${condition.name} ${conditionValues(condition)}`];
  return viaEdge ? [] : [`header ${condition.name}`];
}

/** The name that viewers use, if the program has one; otherwise the resource that they call. */
function calledAs(found: FoundPath, topology: Topology, names: ResourceNames): string {
  const { distribution, loadBalancer } = partsOf(found, topology);
  if (distribution)
    return distribution.aliases[0] ?? `CloudFront ${names.nameOf(distribution.id) ?? ""}`.trim();
  const own = loadBalancer?.dnsName;
  const record = loadBalancer && viewerNamesOf(topology, loadBalancer).find((name) => name !== own);
  return record ?? `load balancer ${names.nameOf(loadBalancer?.arn) ?? ""}`.trim();
}

/** A path that was refused before there were resources. */
export function planRefusedPath(spec: PathSpec): PlanPath {
  const nodes = (spec.edge ? (["viewer", "cloudfront"] as const) : (["viewer"] as const)).map(
    (node) => ({ node, label: node === "viewer" ? "viewers" : "CloudFront", details: [] }),
  );
  return {
    title: spec.edge?.viewerNames[0] ?? "the load balancer",
    nodes: [
      ...nodes,
      { node: "load-balancer", label: "load balancer", details: listenerDetails(spec) },
      {
        node: "container",
        label: "container",
        details: [`target group ${spec.target.protocolVersion}`],
      },
      ...(spec.appPort === undefined ? [] : [{ node: "app", label: "app", details: [] } as const]),
    ],
    ...judged(spec),
  };
}

function judged(spec: PathSpec): Pick<PlanPath, "hops" | "requests"> {
  return { hops: markBroken(hopsOf(spec), spec), requests: requestsOf(spec) };
}

/** Marks the hop where a request that must work ends. */
function markBroken(hops: readonly Hop[], spec: PathSpec): PlanHop[] {
  const broken = new Map<number, PlanHop["broken"]>();
  for (const kind of spec.mustWork) {
    const { got } = answerTypical(spec, kind, meantFor);
    if (got.reaches || got.outcome === "unknown") continue;
    const { status, why } = got;
    const at = brokenAt(hops, got);
    if (!broken.has(at)) broken.set(at, { ...(status !== undefined && { status }), why });
  }
  return hops.map((hop, i) => ({ ...hop, ...(broken.has(i) && { broken: broken.get(i) }) }));
}

/** Index of the hop that an answer shows to be broken. */
function brokenAt(hops: readonly Hop[], { at, status }: PathAnswer): number {
  const into = (to: Hop["to"]): number =>
    Math.max(
      0,
      hops.findIndex((hop) => hop.to === to),
    );
  const behind = [464, 502, 503, 504].includes(status ?? 0);
  if (at === "cloudfront") return behind ? into("load-balancer") : 0;
  return at === "load-balancer" && behind ? into("container") : into("load-balancer");
}

function partsOf({ via }: FoundPath, topology: Topology) {
  const loadBalancer = topology.loadBalancers.find((lb) =>
    lb.listeners.some((listener) => listener.arn === via.listenerArn),
  );
  const listener = loadBalancer?.listeners.find(({ arn }) => arn === via.listenerArn);
  const service = topology.services.find(({ arn }) => arn === via.serviceArn);
  return {
    distribution: topology.distributions.find(({ id }) => id === via.distributionId),
    loadBalancer,
    listener,
    rule: listener?.rules.find(({ arn }) => arn === via.ruleArn),
    group: topology.targetGroups.get(via.targetGroupArn),
    service,
    instances: topology.instances.find(({ id }) => id === via.instancesId),
    target: service?.targets.find(({ targetGroupArn }) => targetGroupArn === via.targetGroupArn),
  };
}

function nodesOf(found: FoundPath, topology: Topology, names: ResourceNames): PlanNode[] {
  const { spec, via } = found;
  const parts = partsOf(found, topology);
  const { distribution, loadBalancer, listener, rule, group, service, instances, target } = parts;
  const nodes: PlanNode[] = [{ node: "viewer", label: "viewers", details: [] }];
  if (spec.edge && distribution)
    nodes.push({
      node: "cloudfront",
      label: "CloudFront",
      resource: names.nameOf(distribution.id) ?? distribution.id,
      details: [
        ...distribution.aliases,
        ...certificateDetails(spec.edge),
        ...(distribution.webAcl === true ? ["web ACL"] : []),
      ],
    });
  nodes.push({
    node: "load-balancer",
    label: "load balancer",
    resource: names.nameOf(loadBalancer?.arn) ?? found.loadBalancer,
    details: [
      ...listenerDetails(spec),
      ...signInDetails(rule ?? listener),
      ...(loadBalancer?.webAcl === true ? ["web ACL"] : []),
    ],
  });
  const tasks = service && `${service.count} ${service.count === 1 ? "task" : "tasks"}`;
  nodes.push({
    node: "container",
    label: target?.containerName ?? targetsLabel(spec, instances),
    resource:
      names.nameOf(via.serviceArn) ??
      instances?.name ??
      names.nameOf(via.targetGroupArn) ??
      group?.name,
    details: [
      ...(tasks ? [tasks] : []),
      ...(spec.target.lambda ? [] : [`target group ${spec.target.protocolVersion}`]),
    ],
  });
  if (spec.appPort !== undefined) nodes.push({ node: "app", label: "app", details: [] });
  return nodes;
}

function targetsLabel({ target }: PathSpec, instances: Instances | undefined): string {
  if (target.lambda) return "function";
  if (instances === undefined) return "targets";
  return instances.kind === "instance" ? "instance" : "instances";
}

function listenerDetails({ listener }: PathSpec): string[] {
  return [
    listener.scheme,
    `listener ${listener.protocol} ${listener.port}`,
    ...(listener.requiresSecretHeader ? ["asks for the secret header"] : []),
    ...certificateDetails(listener),
  ];
}

/** What is asked of callers in the TLS handshake. */
function certificateDetails({
  clientCertificates,
}: Pick<PathSpec["listener"] | EdgeSpec, "clientCertificates">): string[] {
  if (clientCertificates === undefined) return [];
  return [
    {
      required: "verifies client certificates",
      optional: "verifies client certificates that are shown",
      passthrough: "passes client certificates on",
    }[clientCertificates],
  ];
}

/** Who signs users in, and what others get. */
function signInDetails(asking: Listener | ListenerRule | undefined): string[] {
  if (asking === undefined) return [];
  const { authenticate } = "action" in asking ? asking.action : asking.defaultAction;
  if (authenticate === undefined) return [];
  const { by, authorizationEndpoint, otherwise } = authenticate;
  const host = URL.canParse(authorizationEndpoint) ? new URL(authorizationEndpoint).host : "";
  const others = { authenticate: "", deny: ", 401 otherwise", allow: ", or not" }[otherwise];
  return [`users sign in at ${host || (by === "oidc" ? "a provider" : "Cognito")}${others}`];
}

function conditionValues(condition: RuleCondition): string {
  const values = condition.values.map((value) =>
    typeof value === "string" ? value : [value.key, value.value].filter(Boolean).join("="),
  );
  return values.join(" or ");
}
