/**
 * Load balancers of awsx: what they create, and what they return.
 * https://github.com/pulumi/pulumi-awsx/tree/master/awsx/lb
 */
import { bagAt, bagsAt, numberAt, textAt, textsAt } from "../props";
import { type Planned, Ref } from "../planned";
import type { AccountView } from "../row";
import { type Props, UNKNOWN } from "../types";
import { token } from "../../../topology/tokens";
import type { ComponentRow } from "./awsx";
import { defaultVpc, openSecurityGroup, omit } from "./awsxParts";

type Balancer = "application" | "network";

/** Subnets and VPC: those given, or the public ones of the default VPC. */
function placeOf(
  args: Props,
  region: string,
  account: AccountView,
): { subnets?: unknown; vpcId: unknown } {
  const mapped = args.subnetMappings !== undefined;
  const given = args.subnets ?? args.subnetIds;
  if ([args.subnets, args.subnetIds, args.subnetMappings].filter(Boolean).length > 1)
    throw new Error("Only one of [subnets], [subnetIds] or [subnetMappings] can be specified");
  if (given === undefined && !mapped) {
    const { vpcId, publicSubnetIds } = defaultVpc(account, region);
    return { subnets: publicSubnetIds, vpcId };
  }
  const ids = mapped ? textsAt(args, "subnetMappings[].subnetId") : textsAt({ given }, "given[]");
  const first = account.lookup(token.subnet, ids[0]);
  return {
    ...(!mapped && { subnets: given }),
    vpcId: textAt(first?.outputs ?? {}, "vpcId") ?? UNKNOWN,
  };
}

/** Port and protocol of a listener; each follows from the other, and without either it is HTTP on 80. */
function httpOf(listener: Props | undefined, otherwise: unknown = 80): Props {
  const { port, protocol } = listener ?? {};
  if (port !== undefined && protocol !== undefined) return { port, protocol };
  if (port === UNKNOWN || protocol === UNKNOWN)
    return { port: port ?? UNKNOWN, protocol: protocol ?? UNKNOWN };
  if (port !== undefined) return { port, protocol: Number(port) === 443 ? "HTTPS" : "HTTP" };
  if (protocol !== undefined) return { port: protocol === "HTTPS" ? 443 : 80, protocol };
  return { port: otherwise, protocol: "HTTP" };
}

/** Of several listeners awsx takes the first one's, of exactly one in a list none. */
function targetHttp(args: Props, listeners: readonly Props[]): Props {
  if (args.listeners !== undefined && listeners.length === 1) return {};
  return httpOf(listeners[0], args.defaultTargetGroupPort);
}

const listenersOf = (args: Props): Props[] => {
  if (args.listener !== undefined && args.listeners !== undefined)
    throw new Error("Only one of [listener] and [listeners] can be specified");
  return args.listener === undefined ? bagsAt(args, "listeners") : [bagAt(args, "listener")];
};

const taken = ["subnets", "subnetIds", "defaultTargetGroup", "defaultTargetGroupPort"];
const own = [...taken, "defaultSecurityGroup", "listener", "listeners"];

function expand(kind: Balancer) {
  return (name: string, args: Props, region: string, account: AccountView): Planned[] => {
    const { subnets, vpcId } = placeOf(args, region, account);
    const listeners = listenersOf(args);
    const group = kind === "application" ? securityGroup(name, args, vpcId) : undefined;
    if (args.defaultTargetGroup !== undefined && args.defaultTargetGroupPort !== undefined)
      throw new Error(
        "Only one of `defaultTargetGroup` or `defaultTargetGroupPort` can be provided.",
      );
    const balancer: Planned = {
      key: "loadBalancer",
      type: token.loadBalancer,
      name,
      inputs: {
        ...omit(args, own),
        ...(subnets !== undefined && { subnets }),
        ...group?.use,
        loadBalancerType: kind,
      },
    };
    const http = kind === "application";
    const targets: Planned = {
      key: "targetGroup",
      type: token.targetGroup,
      name,
      inputs: {
        vpcId,
        ...(http
          ? { targetType: "ip", ...targetHttp(args, listeners) }
          : { protocol: "TCP", port: numberAt(args, "defaultTargetGroupPort") ?? 80 }),
        ...bagAt(args, "defaultTargetGroup"),
      },
    };
    const defaultActions = [{ type: "forward", targetGroupArn: new Ref("targetGroup", "arn") }];
    const given = listeners.length === 0 && args.listeners === undefined ? [{}] : listeners;
    const own0 = (listener: Props): Props => {
      if (!http) return { protocol: "TCP", port: 80 };
      const wide = args.listeners === undefined ? args.defaultTargetGroupPort : undefined;
      return httpOf(Object.keys(listener).length === 0 ? undefined : listener, wide);
    };
    return [
      ...(group?.planned ?? []),
      balancer,
      targets,
      ...given.map((listener, i): Planned => ({
        key: `listener ${i}`,
        type: token.listener,
        name: `${name}-${i}`,
        inputs: {
          defaultActions,
          ...own0(listener),
          ...listener,
          loadBalancerArn: new Ref("loadBalancer", "arn"),
        },
      })),
    ];
  };
}

/** The security group of an application load balancer: open to everybody where nothing is said. */
function securityGroup(
  name: string,
  args: Props,
  vpcId: unknown,
): { planned: Planned[]; use: Props } {
  const wanted = bagAt(args, "defaultSecurityGroup");
  if (args.securityGroups !== undefined || wanted.skip === true) return { planned: [], use: {} };
  if (wanted.args !== undefined && wanted.securityGroupId !== undefined)
    throw new Error(
      "Only one of [defaultSecurityGroup] [args] or [securityGroupId] can be specified",
    );
  if (wanted.securityGroupId !== undefined)
    return { planned: [], use: { securityGroups: [wanted.securityGroupId] } };
  const inputs = wanted.args === undefined ? openSecurityGroup(vpcId) : bagAt(wanted, "args");
  return {
    planned: [{ key: "securityGroup", type: token.securityGroup, name, inputs }],
    use: { securityGroups: [new Ref("securityGroup")] },
  };
}

function outputs(planned: readonly Planned[]): Props {
  const has = (key: string): boolean => planned.some((one) => one.key === key);
  const vpcId = planned.find(({ key }) => key === "targetGroup")?.inputs.vpcId;
  return {
    loadBalancer: new Ref("loadBalancer", "*"),
    defaultTargetGroup: new Ref("targetGroup", "*"),
    ...(has("securityGroup") && { defaultSecurityGroup: new Ref("securityGroup", "*") }),
    listeners: planned
      .filter(({ type }) => type === token.listener)
      .map((p) => new Ref(p.key, "*")),
    vpcId,
  };
}

/** `awsx.lb.TargetGroupAttachment`: an instance or a function in a target group. */
function expandAttachment(
  name: string,
  args: Props,
  _region: string,
  account: AccountView,
): Planned[] {
  const targetGroupArn = args.targetGroup ?? args.targetGroupArn;
  const instance = args.instance ?? args.instanceId;
  const lambda = args.lambda ?? args.lambdaArn;
  if (targetGroupArn === undefined || (args.targetGroup && args.targetGroupArn))
    throw new Error("Exactly 1 of [targetGroup] or [targetGroupArn] must be provided");
  if ((instance === undefined) === (lambda === undefined))
    throw new Error(
      "Exactly 1 of [instance], [instanceId], [lambda] or [lambdaArn] must be provided.",
    );
  const group = account.lookup(token.targetGroup, textAt({ targetGroupArn }, "targetGroupArn"));
  const byAddress = textAt(group?.outputs ?? {}, "targetType") !== "instance";
  const permission: Planned = {
    key: "permission",
    type: token.lambdaPermission,
    name,
    inputs: {
      action: "lambda:InvokeFunction",
      function: lambda,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: targetGroupArn,
    },
  };
  const machine = account.lookup(token.instance, textAt({ instance }, "instance"));
  const found = account.lookup(token.lambdaFunction, textAt({ lambda }, "lambda"));
  const functionArn = args.lambdaArn ?? textAt(found?.outputs ?? {}, "arn") ?? UNKNOWN;
  return [
    ...(lambda === undefined ? [] : [permission]),
    {
      key: "attachment",
      type: token.targetGroupAttachment,
      name,
      inputs: {
        targetGroupArn,
        targetId: lambda === undefined ? (byAddress ? UNKNOWN : instance) : functionArn,
      },
      ...(byAddress && machine && { dependencies: { targetId: [machine.urn] } }),
    },
  ];
}

export const awsxLoadBalancers: readonly ComponentRow[] = [
  { type: "awsx:lb:ApplicationLoadBalancer", expand: expand("application"), outputs },
  { type: "awsx:lb:NetworkLoadBalancer", expand: expand("network"), outputs },
  {
    type: "awsx:lb:TargetGroupAttachment",
    expand: expandAttachment,
    outputs: (planned) => ({
      targetGroupAttachment: new Ref("attachment", "*"),
      ...(planned.length > 1 && { lambdaPermission: new Ref("permission", "*") }),
    }),
  },
];
