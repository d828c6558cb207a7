/** aws.lb.TargetGroup */
import { LocalResource, Props, Refusal } from "../types";
import { arn, arnsOf } from "../ids";
import { bagAt, numberAt, textAt } from "../props";
import { others, ResourceModel, AccountView } from "../row";
import { matchesPattern, oneOf, range, InputRule, when } from "../rules";
import { token } from "../../../topology/tokens";
import { loadBalancersUsing } from "./elbv2Actions";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const page = `${guide}/load-balancer-target-groups.html`;
const healthPage = `${guide}/target-group-health-checks.html`;
const createPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html";

/** Names of load balancers and target groups. */
export const nameRules = (what: string, source: string): InputRule[] => [
  when(
    (inputs) => {
      const name = textAt(inputs, "name");
      return name !== undefined && name.length > 32 ? name : undefined;
    },
    "name",
    { source, message: (name) => `${what} name '${name}' cannot be longer than '32' characters` },
  ),
  matchesPattern("name", /^[A-Za-z0-9-]*$/, "made of letters, digits and hyphens", {
    source,
    message: (name) =>
      `${what} name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
  }),
  matchesPattern("name", /^(?!-).*(?<!-)$/, "a name", {
    source,
    message: (name) => `${what} name '${name}' cannot begin or end with '-'`,
  }),
];

const isGrpc = (inputs: Props): boolean => inputs.protocolVersion === "GRPC";

/** Codes that a health check may take for success, by the target group's protocol and its version. */
function matcherBounds(inputs: Props): readonly [number, number] {
  if (isGrpc(inputs)) return [0, 99];
  const protocol = textAt(inputs, "protocol");
  if (protocol === undefined || protocol.startsWith("HTTP")) return [200, 499];
  return protocol === "GENEVE" ? [200, 399] : [200, 599];
}

/** `200`, `200,301` or `200-299`, each within the bounds. */
function matcherRefusal(inputs: Props): string | undefined {
  const matcher = textAt(inputs, "healthCheck.matcher");
  if (matcher === undefined) return undefined;
  const [low, high] = matcherBounds(inputs);
  const parts = matcher.split(",").map((part) => /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part.trim()));
  const fits = parts.every((part) => {
    if (!part) return false;
    const first = Number(part[1]);
    const last = part[2] === undefined ? first : Number(part[2]);
    return first >= low && last <= high && first <= last;
  });
  if (fits) return undefined;
  const kind = isGrpc(inputs) ? "gRPC" : "HTTP";
  return `Health check matcher '${matcher}' is not a list or range of ${kind} status codes ${low} to ${high}.`;
}

const rules: InputRule[] = [
  ...nameRules("Target group", createPage),
  range("port", 1, 65535, { source: createPage }),
  oneOf("targetType", ["instance", "ip", "lambda", "alb"], { source: createPage }),
  oneOf(
    "protocol",
    ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"],
    { source: createPage },
  ),
  oneOf("protocolVersion", ["HTTP1", "HTTP2", "GRPC"], {
    source: `${page}#target-group-protocol-version`,
  }),
  oneOf("ipAddressType", ["ipv4", "ipv6"], { source: createPage }),
  range("deregistrationDelay", 0, 3600, { source: `${guide}/edit-target-group-attributes.html` }),
  when(
    (inputs) => {
      const seconds = numberAt(inputs, "slowStart");
      return seconds !== undefined && seconds !== 0 && (seconds < 30 || seconds > 900);
    },
    "slowStart",
    {
      say: "Slow start lasts 30 to 900 seconds, or 0 for none.",
      source: `${guide}/edit-target-group-attributes.html`,
    },
  ),
  oneOf(
    "loadBalancingAlgorithmType",
    ["round_robin", "least_outstanding_requests", "weighted_random"],
    { source: `${guide}/edit-target-group-attributes.html` },
  ),
  when((inputs) => inputs.targetType !== "lambda" && !("vpcId" in inputs), "vpcId", {
    say: "A VPC ID must be specified",
    source: createPage,
  }),
  when((inputs) => inputs.targetType !== "lambda" && !("port" in inputs), "port", {
    say: "A port must be specified",
    source: createPage,
  }),
  when((inputs) => inputs.targetType !== "lambda" && !("protocol" in inputs), "protocol", {
    say: "A protocol must be specified",
    source: createPage,
  }),
  oneOf("healthCheck.protocol", ["HTTP", "HTTPS", "TCP"], { source: healthPage }),
  when(
    (inputs) => {
      const http = ["HTTP", "HTTPS"].includes(textAt(inputs, "protocol") ?? "");
      return http && textAt(inputs, "healthCheck.protocol") === "TCP";
    },
    "healthCheck.protocol",
    {
      say: "Health checks of an HTTP or HTTPS target group speak HTTP or HTTPS.",
      source: healthPage,
    },
  ),
  range("healthCheck.interval", 5, 300, { source: healthPage }),
  range("healthCheck.timeout", 2, 120, { source: healthPage }),
  range("healthCheck.healthyThreshold", 2, 10, { source: healthPage }),
  range("healthCheck.unhealthyThreshold", 2, 10, { source: healthPage }),
  matchesPattern("healthCheck.path", /^\/.{0,1023}$/, "a path that begins with a slash", {
    source: healthPage,
  }),
  matchesPattern(
    "healthCheck.port",
    /^(traffic-port|\d{1,5})$/,
    "'traffic-port' or a port number",
    {
      source: healthPage,
    },
  ),
  when(
    (inputs) => {
      const [interval, timeout] = [
        numberAt(inputs, "healthCheck.interval"),
        numberAt(inputs, "healthCheck.timeout"),
      ];
      return interval !== undefined && timeout !== undefined && interval <= timeout;
    },
    "healthCheck.interval",
    { say: "Health check interval must be greater than the timeout.", source: createPage },
  ),
  when(matcherRefusal, "healthCheck.matcher", { source: healthPage, message: (why) => why }),
];

function defaults(inputs: Props): Props {
  const http = ["HTTP", "HTTPS"].includes(textAt(inputs, "protocol") ?? "");
  const given = bagAt(inputs, "healthCheck");
  const grpc = isGrpc(inputs);
  return {
    targetType: "instance",
    ipAddressType: "ipv4",
    ...(http ? { protocolVersion: "HTTP1" } : {}),
    deregistrationDelay: 300,
    slowStart: 0,
    loadBalancingAlgorithmType: "round_robin",
    ...(Object.keys(given).length > 0 || !http ? {} : { healthCheck: healthDefaults(grpc) }),
  };
}

const healthDefaults = (grpc: boolean): Props => ({
  enabled: true,
  healthyThreshold: 5,
  interval: 30,
  matcher: grpc ? "12" : "200",
  path: grpc ? "/AWS.ALB/healthcheck" : "/",
  port: "traffic-port",
  protocol: "HTTP",
  timeout: 5,
  unhealthyThreshold: 2,
});

function inUse(group: LocalResource, account: AccountView): Refusal[] {
  if (loadBalancersUsing(group.id, account).size === 0) return [];
  const message = `Target group '${group.id}' is currently in use by a listener or a rule`;
  const source =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html";
  return [{ code: "ResourceInUse", message, source }];
}

export const targetGroup: ResourceModel = {
  type: token.targetGroup,
  autoName: { property: "name", maxLength: 32 },
  defaults,
  rules,
  references: [
    {
      property: "vpcId",
      type: token.vpc,
      code: "ValidationError",
      source: createPage,
      message: (id) => `The VPC ID '${id}' is not found`,
    },
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((group) => group.outputs.name === candidate.inputs.name)
      .filter((group) => group.outputs.region === candidate.region)
      .map((group) => ({
        code: "DuplicateTargetGroupName",
        message: `A target group with the same name '${String(group.outputs.name)}' exists, but with different settings`,
        property: "name",
        source: createPage,
      })),
  replaceOn: [
    "name",
    "namePrefix",
    "port",
    "protocol",
    "protocolVersion",
    "targetType",
    "vpcId",
    "ipAddressType",
    "region",
  ],
  outputs: (candidate, account) => {
    const suffix = `targetgroup/${String(candidate.inputs.name)}/${candidate.hex(16)}`;
    const id = arn("elasticloadbalancing", candidate.region, account.accountId, suffix);
    const health = {
      ...healthDefaults(isGrpc(candidate.inputs)),
      ...bagAt(candidate.inputs, "healthCheck"),
    };
    return { id, arn: id, arnSuffix: suffix, loadBalancerArns: [], healthCheck: health };
  },
  recomputed: ["healthCheck"],
  inUse,
  outside: {
    id: arnsOf("elasticloadbalancing", "targetgroup/"),
    outputs: (id) => ({ arn: id, name: id.split("/")[1], region: id.split(":")[3] }),
  },
};
