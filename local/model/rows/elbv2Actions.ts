/** What listeners and listener rules have in common: actions, and the target groups they name. */
import { endingActions, maxFixedResponse } from "../../../path/listenerRules";
import { LocalResource, Props, Refusal } from "../types";
import { bagsAt, numberAt, textAt, textsAt } from "../props";
import { AccountView } from "../row";
import { maxLength, oneOf, range, InputRule, when } from "../rules";
import { token } from "../../../topology/tokens";
import { authenticationRules, refuseWithoutTls } from "./elbv2Authentication";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const actionTypesPage = `${guide}/rule-action-types.html`;
const targetGroupPage = `${guide}/load-balancer-target-groups.html`;

/** Target groups that a list of actions forwards to, plain and weighted. */
function forwardedTo(inputs: Props, actions: string): string[] {
  const named = [`${actions}[].targetGroupArn`, `${actions}[].forward.targetGroups[].arn`];
  return [...new Set(named.flatMap((path) => textsAt(inputs, path)))];
}

/** Rules about actions, for `actions` and `defaultActions`. */
export const actionRules = (path: string): InputRule[] => [
  oneOf(
    `${path}[].type`,
    [
      "forward",
      "redirect",
      "fixed-response",
      "authenticate-cognito",
      "authenticate-oidc",
      "jwt-validation",
    ],
    { source: actionTypesPage },
  ),
  oneOf(`${path}[].redirect.statusCode`, ["HTTP_301", "HTTP_302"], { source: actionTypesPage }),
  oneOf(
    `${path}[].fixedResponse.contentType`,
    ["text/plain", "text/css", "text/html", "application/javascript", "application/json"],
    { source: actionTypesPage },
  ),
  maxLength(`${path}[].fixedResponse.messageBody`, maxFixedResponse, { source: actionTypesPage }),
  when(
    (inputs) =>
      bagsAt(inputs, path).some((action) => {
        const code = textAt(action, "fixedResponse.statusCode");
        return code !== undefined && !/^[245]\d\d$/.test(code);
      }),
    `${path}[].fixedResponse.statusCode`,
    { say: "A fixed response has a status 2XX, 4XX or 5XX.", source: actionTypesPage },
  ),
  ...authenticationRules(path),
  range(`${path}[].forward.targetGroups[].weight`, 0, 999, { source: actionTypesPage }),
  ...endingActions.map((type) =>
    when((inputs) => bagsAt(inputs, path).some((action) => lacksConfig(action, type)), path, {
      code: "InvalidLoadBalancerAction",
      say: `An action of type '${type}' needs its configuration and no other type's.`,
      source: actionTypesPage,
    }),
  ),
];

/** What a listener calls for, as far as its actions depend on it. */
interface ActingListener {
  readonly protocol?: string;
  readonly port?: number;
  readonly loadBalancerArn?: string;
}

/** AWS requires a change of one of these four; the query does not count. */
const redirected = ["host", "path", "port", "protocol"] as const;

/** A redirect to where the listener itself is, with its port and protocol written out or not. */
function refuseLoop(inputs: Props, path: string, listener: ActingListener): Refusal[] {
  const own: Partial<Record<(typeof redirected)[number], string>> = {
    protocol: listener.protocol,
    ...(listener.port !== undefined && { port: String(listener.port) }),
  };
  const loops = bagsAt(inputs, path).some(
    (action) =>
      textAt(action, "type") === "redirect" &&
      redirected.every((part) => {
        const value = textAt(action, `redirect.${part}`);
        return [undefined, own[part], `#{${part}}`, `/#{${part}}`].includes(value);
      }),
  );
  if (!loops) return [];
  return [
    {
      code: "InvalidLoadBalancerAction",
      message: "The redirect configuration is not valid because it creates a loop",
      property: path,
      source: actionTypesPage,
    },
  ];
}

function lacksConfig(action: Props, type: (typeof endingActions)[number]): boolean {
  if (action.type !== type) return false;
  if (type === "redirect") return action.redirect === undefined;
  if (type === "fixed-response") return action.fixedResponse === undefined;
  return action.targetGroupArn === undefined && action.forward === undefined;
}

/** Load balancers whose listeners or rules forward to a target group, by ARN. */
export function loadBalancersUsing(targetGroupArn: string, account: AccountView): Set<string> {
  const arns = new Set<string>();
  const note = (listener: LocalResource | undefined): void => {
    const arn = textAt(listener?.outputs ?? {}, "loadBalancerArn");
    if (arn !== undefined) arns.add(arn);
  };
  for (const listener of account.all(token.listener)) {
    if (forwardedTo(listener.outputs, "defaultActions").includes(targetGroupArn)) note(listener);
  }
  for (const rule of account.all(token.listenerRule)) {
    if (!forwardedTo(rule.outputs, "actions").includes(targetGroupArn)) continue;
    note(account.lookup(token.listener, textAt(rule.outputs, "listenerArn")));
  }
  return arns;
}

/** Protocol version of a target group that only an HTTPS listener can forward to. */
function httpsOnly(group: LocalResource): string | undefined {
  const version = textAt(group.outputs, "protocolVersion");
  return version === "HTTP2" || version === "GRPC" ? version : undefined;
}

function refuseVersion(group: LocalResource, property: string, why?: string): Refusal[] {
  const version = httpsOnly(group);
  if (version === undefined) return [];
  const message = `Listener protocol 'HTTP' is not supported with a target group with the protocol-version '${version}'`;
  return [
    {
      code: "InvalidLoadBalancerAction",
      property,
      message: why === undefined ? message : `${message}, ${why}`,
      source: `${targetGroupPage}#target-group-protocol-version`,
    },
  ];
}

/**
 * The target group that a forward action without one must mean: the program's only one that nothing
 * forwards to. AWS reports it as soon as the action names it.
 */
function groupMeant(inputs: Props, path: string, account: AccountView): LocalResource | undefined {
  if (!bagsAt(inputs, path).some((action) => lacksConfig(action, "forward"))) return undefined;
  const unused = account
    .all(token.targetGroup)
    .filter(({ urn, id }) => urn !== "" && loadBalancersUsing(id, account).size === 0);
  return unused.length === 1 ? unused[0] : undefined;
}

/**
 * What AWS refuses about the target groups of a listener's or a rule's actions. A list of actions
 * that leads to an HTTP2 or GRPC group may hold forward actions only, and its listener speaks HTTPS.
 */
export function refuseTargets(
  inputs: Props,
  path: "actions" | "defaultActions",
  listener: ActingListener,
  account: AccountView,
): Refusal[] {
  const refusals: Refusal[] = [
    ...refuseWithoutTls(inputs, path, listener.protocol),
    ...refuseLoop(inputs, path, listener),
  ];
  const balancer = account.lookup(token.loadBalancer, listener.loadBalancerArn);
  const meant = groupMeant(inputs, path, account);
  if (meant && listener.protocol === "HTTP") {
    const why = `which '${meant.name}' has, the only target group that nothing forwards to yet`;
    refusals.push(...refuseVersion(meant, path, why));
  }
  for (const arn of forwardedTo(inputs, path)) {
    const group = account.lookup(token.targetGroup, arn);
    if (!group) continue;
    const version = httpsOnly(group);
    if (version !== undefined) {
      if (listener.protocol === "HTTP") refusals.push(...refuseVersion(group, path));
      if (textsAt(inputs, `${path}[].type`).some((type) => type !== "forward")) {
        const message = `A list of actions that leads to a target group with the protocol-version '${version}' may hold forward actions only.`;
        refusals.push({
          code: "InvalidLoadBalancerAction",
          message,
          property: path,
          source: actionTypesPage,
        });
      }
    }
    const [groupVpc, lbVpc] = [
      textAt(group.outputs, "vpcId"),
      textAt(balancer?.outputs ?? {}, "vpcId"),
    ];
    if (groupVpc !== undefined && lbVpc !== undefined && groupVpc !== lbVpc) {
      const message = `The target group '${arn}' is in ${groupVpc}, and the load balancer in ${lbVpc}: they must be in the same VPC.`;
      refusals.push({
        code: "InvalidConfigurationRequest",
        message,
        property: path,
        source: targetGroupPage,
      });
    }
    const elsewhere = [...loadBalancersUsing(arn, account)].filter(
      (a) => a !== listener.loadBalancerArn,
    );
    if (listener.loadBalancerArn !== undefined && elsewhere.length > 0) {
      const message = `The following target groups cannot be associated with more than one load balancer: ${arn}`;
      refusals.push({
        code: "TargetGroupAssociationLimit",
        message,
        property: path,
        source: `${guide}/load-balancer-limits.html`,
      });
    }
  }
  return refusals;
}

/** Position of a rule or listener for messages. */
export const priorityOf = (rule: LocalResource): number =>
  numberAt(rule.outputs, "priority") ?? Infinity;
