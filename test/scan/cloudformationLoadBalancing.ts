/** Load balancers: settings that CloudFormation has as a list of attributes, and actions. */
import { bagOf, bags, renamed, type Bag } from "./bag";
import type { Shape } from "./cloudformationShapes";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const loadBalancerAttributes: Readonly<Record<string, string>> = {
  clientKeepAlive: "client_keep_alive.seconds",
  desyncMitigationMode: "routing.http.desync_mitigation_mode",
  dropInvalidHeaderFields: "routing.http.drop_invalid_header_fields.enabled",
  enableDeletionProtection: "deletion_protection.enabled",
  enableHttp2: "routing.http2.enabled",
  enableWafFailOpen: "waf.fail_open.enabled",
  idleTimeout: "idle_timeout.timeout_seconds",
  preserveHostHeader: "routing.http.preserve_host_header.enabled",
  xffHeaderProcessingMode: "routing.http.xff_header_processing.mode",
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const targetGroupAttributes: Readonly<Record<string, string>> = {
  deregistrationDelay: "deregistration_delay.timeout_seconds",
  loadBalancingAlgorithmType: "load_balancing.algorithm.type",
  slowStart: "slow_start.duration_seconds",
};

const attribute = (key: string, value: unknown): Bag => ({ key, value: String(value) });

/** Splits what are attributes in CloudFormation from what are properties. */
function split(bag: Bag, names: Readonly<Record<string, string>>): [Bag[], Bag] {
  const entries = Object.entries(bag);
  return [
    entries.flatMap(([key, value]) => (names[key] ? [attribute(names[key], value)] : [])),
    Object.fromEntries(entries.filter(([key]) => !(key in names))),
  ];
}

const loadBalancer: Shape = (bag) => {
  const { accessLogs, connectionLogs, healthCheckLogs, internal, ...rest } = bag;
  const logs = Object.entries({
    "access_logs.s3": accessLogs,
    "connection_logs.s3": connectionLogs,
    "health_check_logs.s3": healthCheckLogs,
  }).flatMap(([prefix, settings]) => {
    const entries = Object.entries(bagOf(settings));
    return entries
      .filter(([, value]) => value !== "")
      .map(([key, value]) => attribute(`${prefix}.${key}`, value));
  });
  const [attributes, properties] = split(rest, loadBalancerAttributes);
  return {
    ...renamed(properties, { loadBalancerType: "type" }),
    scheme: internal ? "internal" : "internet-facing",
    loadBalancerAttributes: [...attributes, ...logs],
  };
};

const targetGroup: Shape = ({ healthCheck, ...bag }) => {
  const { matcher, healthyThreshold, unhealthyThreshold, ...check } = bagOf(healthCheck);
  const [attributes, properties] = split(bag, targetGroupAttributes);
  return {
    ...properties,
    ...renamed(check, {
      enabled: "healthCheckEnabled",
      interval: "healthCheckIntervalSeconds",
      path: "healthCheckPath",
      port: "healthCheckPort",
      protocol: "healthCheckProtocol",
      timeout: "healthCheckTimeoutSeconds",
    }),
    healthyThresholdCount: healthyThreshold,
    unhealthyThresholdCount: unhealthyThreshold,
    matcher: matcher && { [bag.protocolVersion === "GRPC" ? "grpcCode" : "httpCode"]: matcher },
    targetGroupAttributes: attributes,
  };
};

const action = (bag: Bag): Bag =>
  renamed(bag, {
    forward: "forwardConfig",
    fixedResponse: "fixedResponseConfig",
    redirect: "redirectConfig",
  });

/** `{ httpHeader: {...} }` is `{ field: "http-header", httpHeaderConfig: {...} }`. */
const condition = (bag: Bag): Bag[] =>
  Object.entries(bag).map(([key, value]) => ({
    field: key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    [`${key}Config`]: value,
  }));

export const loadBalancing: Readonly<Record<string, Shape>> = {
  "AWS::ElasticLoadBalancingV2::LoadBalancer": loadBalancer,
  "AWS::ElasticLoadBalancingV2::TargetGroup": targetGroup,
  "AWS::ElasticLoadBalancingV2::Listener": ({ certificateArn, defaultActions, ...bag }) => ({
    ...bag,
    defaultActions: bags(defaultActions).map(action),
    ...(certificateArn !== undefined && { certificates: [{ certificateArn }] }),
  }),
  "AWS::ElasticLoadBalancingV2::ListenerRule": ({ actions, conditions, ...bag }) => ({
    ...bag,
    actions: bags(actions).map(action),
    conditions: bags(conditions).flatMap(condition),
  }),
};
