/** aws.lb.Listener and aws.lb.ListenerRule */
import { maxConditionValues } from "../../../path/listenerRules";
import { arnsOf } from "../ids";
import { Props, Refusal } from "../types";
import { valuesAt, bagsAt, numberAt, textAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { matchesPattern, oneOf, range, InputRule, when } from "../rules";
import { token } from "../../../topology/tokens";
import { certificateRefusal } from "./acm";
import { actionRules, priorityOf, refuseTargets } from "./elbv2Actions";
import { sslPolicies } from "./elbv2SslPolicies";
import { listenerCertificateRules, refuseThirdVerifying, trustStoreAt } from "./trustStores";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const httpsPage = `${guide}/create-https-listener.html`;
const listenerPage = `${guide}/load-balancer-listeners.html`;
const conditionPage = `${guide}/rule-condition-types.html`;
const limitsPage = `${guide}/load-balancer-limits.html`;

const targetReferences = (path: string) =>
  [`${path}[].targetGroupArn`, `${path}[].forward.targetGroups[].arn`].map((property) => ({
    property,
    type: token.targetGroup,
    code: "TargetGroupNotFound",
    source: listenerPage,
    message: (id: string) => `One or more target groups not found: '${id}'`,
  }));

function refuseListener(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const loadBalancerArn = textAt(inputs, "loadBalancerArn");
  const protocol = textAt(inputs, "protocol");
  const port = numberAt(inputs, "port");
  const siblings = others(candidate, account).filter(
    (l) => l.outputs.loadBalancerArn === loadBalancerArn,
  );
  const twin = siblings.some((l) => numberAt(l.outputs, "port") === numberAt(inputs, "port"));
  const refusals: Refusal[] = [
    ...refuseTargets(inputs, "defaultActions", { protocol, port, loadBalancerArn }, account),
    ...refuseThirdVerifying(candidate, siblings),
  ];
  if (twin) {
    const message = "A listener already exists on this port for this load balancer";
    refusals.push({ code: "DuplicateListener", message, property: "port", source: listenerPage });
  }
  const certificate = textAt(inputs, "certificateArn");
  if (certificate !== undefined) {
    const why = certificateRefusal(account.lookup(token.certificate, certificate));
    const message = `Certificate ARN '${certificate}' is not valid: ${why ?? ""}`;
    if (why !== undefined)
      refusals.push({
        code: "UnsupportedCertificate",
        message,
        property: "certificateArn",
        source: `${guide}/https-listener-certificates.html`,
      });
  }
  return refusals;
}

const secure = ["HTTPS", "TLS"];

/** A listener of a Gateway Load Balancer takes all packets: it has neither port nor protocol. */
const ofGateway = (inputs: Props): boolean =>
  textAt(inputs, "loadBalancerArn")?.includes(":loadbalancer/gwy/") === true;
const createPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html";

export const listener: ResourceModel = {
  type: token.listener,
  required: ["loadBalancerArn", "defaultActions", "defaultActions[].type"],
  defaults: (inputs) => ({
    ...(!ofGateway(inputs) && { protocol: "HTTP" }),
    // The API's default, which is old.
    ...(inputs.protocol === "HTTPS" ? { sslPolicy: "ELBSecurityPolicy-2016-08" } : {}),
  }),
  rules: [
    oneOf(
      "protocol",
      ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"],
      { source: listenerPage },
    ),
    range("port", 1, 65535, { source: listenerPage }),
    when((inputs) => !("port" in inputs) && !ofGateway(inputs), "port", {
      say: "A port must be specified",
      source: listenerPage,
    }),
    ...["port", "protocol"].map((property) =>
      when((inputs) => property in inputs && ofGateway(inputs), property, {
        say: `A ${property} cannot be specified for a listener of a Gateway Load Balancer`,
        source: createPage,
      }),
    ),
    oneOf("sslPolicy", sslPolicies, {
      code: "SSLPolicyNotFound",
      source: `${guide}/describe-ssl-policies.html`,
      message: (v) => `SSL policy '${v}' not found`,
    }),
    when(
      (inputs) =>
        secure.includes(textAt(inputs, "protocol") ?? "") && !("certificateArn" in inputs),
      "certificateArn",
      {
        say: "A certificate must be specified for HTTPS listeners",
        source: httpsPage,
      },
    ),
    when((inputs) => inputs.protocol === "HTTP" && "certificateArn" in inputs, "certificateArn", {
      say: "A certificate cannot be specified for HTTP listeners",
      source: httpsPage,
    }),
    when((inputs) => inputs.protocol === "HTTP" && "sslPolicy" in inputs, "sslPolicy", {
      say: "An SSL policy cannot be specified for HTTP listeners",
      source: httpsPage,
    }),
    ...listenerCertificateRules,
    ...actionRules("defaultActions"),
  ],
  references: [
    {
      property: "loadBalancerArn",
      type: token.loadBalancer,
      code: "LoadBalancerNotFound",
      source: listenerPage,
      message: (id) => `One or more load balancers not found: '${id}'`,
    },
    {
      property: "certificateArn",
      type: token.certificate,
      code: "CertificateNotFound",
      source: httpsPage,
      message: (id) => `Certificate '${id}' not found`,
    },
    trustStoreAt("mutualAuthentication.trustStoreArn", listenerPage),
    ...targetReferences("defaultActions"),
  ],
  refuse: refuseListener,
  replaceOn: ["loadBalancerArn", "region"],
  outputs: (candidate) => {
    const balancer = textAt(candidate.inputs, "loadBalancerArn") ?? "";
    const id = `${balancer.replace(":loadbalancer/", ":listener/")}/${candidate.hex(16)}`;
    return { id, arn: id };
  },
  outside: {
    id: arnsOf("elasticloadbalancing", "listener/(app|net|gwy)/"),
    outputs: (id) => ({
      arn: id,
      region: id.split(":")[3],
      loadBalancerArn: id.replace(":listener/", ":loadbalancer/").replace(/\/[0-9a-f]+$/, ""),
    }),
  },
};

const kinds = [
  "hostHeader",
  "pathPattern",
  "httpHeader",
  "httpRequestMethod",
  "queryStrings",
  "sourceIp",
];

const ruleRules: InputRule[] = [
  range("priority", 1, 50000, { source: `${guide}/listener-rules.html` }),
  ...actionRules("actions"),
  when(
    (inputs) =>
      bagsAt(inputs, "conditions").some((c) => kinds.filter((kind) => kind in c).length !== 1),
    "conditions",
    {
      say: `Each condition has exactly one of ${kinds.join(", ")}.`,
      source: conditionPage,
    },
  ),
  when(({ conditions }) => Array.isArray(conditions) && conditions.length === 0, "conditions", {
    say: "A condition must be specified",
    source: conditionPage,
  }),
  matchesPattern(
    "conditions[].httpHeader.httpHeaderName",
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/,
    "a header name of at most 40 characters, without wildcards",
    { source: `${conditionPage}#http-header-conditions` },
  ),
  matchesPattern(
    "conditions[].httpHeader.values[]",
    /^.{1,128}$/,
    "a value of 1 to 128 characters",
    {
      source: `${conditionPage}#http-header-conditions`,
      message: () => "A header value has 1 to 128 characters.",
    },
  ),
  when((inputs) => values(inputs).length > maxConditionValues, "conditions", {
    code: "TooManyConditionValues",
    say: `A rule has at most ${maxConditionValues} condition values.`,
    source: limitsPage,
  }),
];

const values = (inputs: Parameters<InputRule>[0]): unknown[] =>
  ["hostHeader", "pathPattern", "httpHeader", "httpRequestMethod", "sourceIp"].flatMap((kind) =>
    valuesAt(inputs, `conditions[].${kind}.values[]`),
  );

function refuseRule(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const owner = account.lookup(token.listener, textAt(inputs, "listenerArn"));
  const target = {
    protocol: textAt(owner?.outputs ?? {}, "protocol"),
    port: numberAt(owner?.outputs ?? {}, "port"),
    loadBalancerArn: textAt(owner?.outputs ?? {}, "loadBalancerArn"),
  };
  const refusals = refuseTargets(inputs, "actions", target, account);
  const siblings = others(candidate, account).filter((r) => r.outputs.listenerArn === owner?.id);
  const priority = numberAt(inputs, "priority");
  if (priority !== undefined && siblings.some((rule) => priorityOf(rule) === priority)) {
    const message = `Priority '${priority}' is currently in use`;
    refusals.push({
      code: "PriorityInUse",
      message,
      property: "priority",
      source: `${guide}/listener-rules.html`,
    });
  }
  return refusals;
}

export const listenerRule: ResourceModel = {
  type: token.listenerRule,
  required: ["listenerArn", "actions", "actions[].type", "conditions"],
  rules: ruleRules,
  references: [
    {
      property: "listenerArn",
      type: token.listener,
      code: "ListenerNotFound",
      source: listenerPage,
      message: (id) => `One or more listeners not found: '${id}'`,
    },
    ...targetReferences("actions"),
  ],
  refuse: refuseRule,
  replaceOn: ["listenerArn", "region"],
  outputs: (candidate, account) => {
    const owner = textAt(candidate.inputs, "listenerArn") ?? "";
    const id = `${owner.replace(":listener/", ":listener-rule/")}/${candidate.hex(16)}`;
    const taken = others(candidate, account)
      .filter((r) => r.outputs.listenerArn === owner)
      .map(priorityOf);
    const next = Math.max(0, ...taken.filter(Number.isFinite)) + 1;
    return { id, arn: id, priority: numberAt(candidate.inputs, "priority") ?? next };
  },
};
