import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { listenerPriorities } from "../../path/listenerRules";
import type { MinimumTls } from "../../path/tlsPolicies";
import { withName } from "../shared/tags";
import { type SignInArgs, signedIn, signInRoutes } from "./signIn";
import type { TrafficArgs } from "./deployment";
import { forbidden, listenerProtocol, redirectListener, testListener } from "./listeners";
import { taskGroup, type TargetArgs, type TaskGroupArgs } from "./taskGroup";
import { everyPath, shiftedRule, trafficOf } from "./traffic";

/** The header that the listener's rule requires. */
export interface AcceptedHeader {
  /** Name of the header. */
  name: string;
  /** Any of these: letters and digits, as `*` and `?` are wildcards in a rule. Secrets. */
  values: pulumi.Input<string>[];
}

export interface PathLoadBalancerArgs extends TaskGroupArgs {
  /** In at least two availability zones; public subnets unless the load balancer is internal. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group of the load balancer; it decides who may call. */
  securityGroupId: pulumi.Input<string>;
  /** True for one that has private addresses only. @default false */
  internal?: boolean;
  /**
   * Certificate of the listener, in the load balancer's own region.
   * @default none: the listener is plain HTTP
   */
  certificateArn?: pulumi.Input<string>;
  /** Port of the listener. @default 443 with a certificate, 80 without */
  port?: number;
  /** Requests without this header get 403. @default none: every request is forwarded */
  secretHeader?: AcceptedHeader;
  /** True for a second listener on port 80 that redirects to HTTPS. @default false */
  redirectHttp?: boolean;
  /** How the tasks are called. @default HTTP/1.1 on port 8080 */
  target?: TargetArgs;
  /** Seconds an idle connection is kept, 1 to 4000. @default 60 */
  idleTimeout?: number;
  /** Oldest TLS version of the listener. @default "1.2" */
  minimumTls?: MinimumTls;
  /** Target group of gRPC calls, if it is another one; with `secretHeader` only. @default none */
  grpcTarget?: TargetArgs;
  /** Sign-in for some paths; with `certificateArn` and an HTTP/1.1 target only. @default none */
  signIn?: SignInArgs;
  /**
   * True for a second target group, between which and the first a deployment shifts requests. ECS
   * then decides the weights: later changes of the rule's actions are ignored. @default false
   */
  secondGroup?: boolean;
  /** Port of a listener that leads to a deployment's new tasks; with `secondGroup`. @default none */
  testPort?: number;
  /** @default "ipv4" */
  ipAddressType?: "ipv4" | "dualstack";
  /** @default no logs */
  logs?: LoadBalancerLogsArgs;
  /** True to refuse deletion of the load balancer. @default false */
  deletionProtection?: boolean;
}

/** The load balancer's own logs. Each costs what its objects cost in S3. */
export interface LoadBalancerLogsArgs {
  /**
   * A bucket in the load balancer's region whose policy already admits it: AWS writes a test object
   * when a log is switched on.
   */
  bucketName: pulumi.Input<string>;
  /** A line for each request: the only log in which a 464 is found. @default false */
  access?: boolean;
  /** A line for each connection, with the result of its TLS handshake. @default false */
  connections?: boolean;
  /** A line for each health check. @default false */
  healthChecks?: boolean;
}

/**
 * The content types of gRPC: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests
 * With three values of the secret header they are the five that a rule may have.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const grpcContentType: AcceptedHeader = {
  name: "Content-Type",
  values: ["application/grpc", "application/grpc+*"],
};

/** A condition for one of a header's values. */
export const has = ({ name, values }: AcceptedHeader) => ({
  httpHeader: { httpHeaderName: name, values },
});

/** A load balancer with its listener, the rules and the target groups. */
export class PathLoadBalancer extends pulumi.ComponentResource {
  public readonly loadBalancer: aws.lb.LoadBalancer;
  public readonly targetGroup: aws.lb.TargetGroup;
  /**
   * ARN of the target group, known only once a listener or rule forwards to it: ECS refuses a
   * target group without one, so a service that takes this waits.
   */
  public readonly attachedTargetGroupArn: pulumi.Output<string>;
  public readonly listener: aws.lb.Listener;
  /** Forwards requests with the secret header; only behind CloudFront. */
  public readonly secretHeaderRule: aws.lb.ListenerRule | undefined;
  /** In which every other deployment registers its tasks; only with `secondGroup`. */
  public readonly greenTargetGroup: aws.lb.TargetGroup | undefined;
  /** Forwards every request, without CloudFront and with `secondGroup`: ECS needs a rule. */
  public readonly productionRule: aws.lb.ListenerRule | undefined;
  /** Leads to a deployment's new tasks; only with `testPort`. */
  public readonly testListener: aws.lb.Listener | undefined;
  public readonly testRule: aws.lb.ListenerRule | undefined;
  /** What a service needs for deployments between the two groups; only with `secondGroup`. */
  public readonly traffic: TrafficArgs | undefined;
  /** For gRPC calls next to ordinary requests; only with `grpcTarget`. */
  public readonly grpcTargetGroup: aws.lb.TargetGroup | undefined;
  /** Forwards gRPC calls with the secret header; only with `grpcTarget`. */
  public readonly grpcRule: aws.lb.ListenerRule | undefined;
  /** A rule for each path for which users sign in. */
  public readonly signInRules: readonly aws.lb.ListenerRule[];
  /** ARN of that group, known only once a rule forwards to it. */
  public readonly attachedGrpcTargetGroupArn: pulumi.Output<string> | undefined;
  /** Redirects port 80; only with `redirectHttp`, and never behind CloudFront. */
  public readonly redirectListener: aws.lb.Listener | undefined;

  constructor(name: string, args: PathLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathLoadBalancer", name, {}, opts);
    const { certificateArn, secretHeader, grpcTarget } = args;
    const port = args.port ?? (certificateArn === undefined ? 80 : 443);
    const parent = { parent: this };

    this.loadBalancer = new aws.lb.LoadBalancer(
      `${name}-alb`,
      {
        loadBalancerType: "application",
        internal: args.internal ?? false,
        ipAddressType: args.ipAddressType ?? defaults.network.ipAddressType,
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        idleTimeout: args.idleTimeout ?? defaults.origin.timeouts.idle,
        enableHttp2: true,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "strictest",
        accessLogs: log(args.logs, args.logs?.access),
        connectionLogs: log(args.logs, args.logs?.connections),
        healthCheckLogs: log(args.logs, args.logs?.healthChecks),
        enableDeletionProtection: args.deletionProtection ?? defaults.deletionProtection,
        tags: withName(`${name}-alb`, args.tags),
      },
      parent,
    );
    this.targetGroup = taskGroup(`${name}-tasks`, args.target ?? {}, args, parent);
    this.greenTargetGroup = args.secondGroup
      ? taskGroup(`${name}-green`, args.target ?? {}, args, parent)
      : undefined;
    const forward = { type: "forward", targetGroupArn: this.targetGroup.arn };
    const production = shiftedRule(this.targetGroup, this.greenTargetGroup);
    this.listener = new aws.lb.Listener(
      `${name}-listener`,
      {
        loadBalancerArn: this.loadBalancer.arn,
        port,
        ...listenerProtocol(certificateArn, args.minimumTls),
        defaultActions: [secretHeader === undefined ? forward : forbidden],
        tags: withName(`${name}-listener`, args.tags),
      },
      parent,
    );
    if (secretHeader !== undefined)
      this.secretHeaderRule = new aws.lb.ListenerRule(
        `${name}-secret-header`,
        {
          listenerArn: this.listener.arn,
          priority: listenerPriorities.all,
          conditions: [has(secretHeader)],
          actions: production.actions,
          tags: withName(`${name}-secret-header`, args.tags),
        },
        { ...parent, ignoreChanges: production.ignoreChanges },
      );
    else if (args.secondGroup)
      this.productionRule = new aws.lb.ListenerRule(
        `${name}-production`,
        {
          listenerArn: this.listener.arn,
          priority: listenerPriorities.all,
          conditions: [everyPath],
          actions: production.actions,
          tags: withName(`${name}-production`, args.tags),
        },
        { ...parent, ignoreChanges: production.ignoreChanges },
      );
    const { loadBalancer } = this;
    const test =
      args.testPort !== undefined && args.secondGroup
        ? testListener(name, { ...args, loadBalancer, port: args.testPort, production }, this)
        : undefined;
    this.testListener = test?.listener;
    this.testRule = test?.rule;
    if (secretHeader !== undefined && grpcTarget !== undefined) {
      const group = taskGroup(`${name}-grpc`, grpcTarget, args, parent);
      this.grpcTargetGroup = group;
      this.grpcRule = new aws.lb.ListenerRule(
        `${name}-grpc`,
        {
          listenerArn: this.listener.arn,
          priority: listenerPriorities.grpc,
          // By what is asked for, not by path: gRPC-Web has the same paths and is ordinary HTTP.
          conditions: [has(secretHeader), has(grpcContentType)],
          actions: [{ type: "forward", targetGroupArn: group.arn }],
          tags: withName(`${name}-grpc`, args.tags),
        },
        parent,
      );
      this.attachedGrpcTargetGroupArn = pulumi
        .all([group.arn, this.grpcRule.arn])
        .apply(([arn]) => arn);
    }
    const { signIn } = args;
    this.signInRules = (signIn === undefined ? [] : signInRoutes(signIn)).map(
      ({ name: suffix, path = "*", priority }) =>
        new aws.lb.ListenerRule(
          `${name}-sign-in-${suffix}`,
          {
            listenerArn: this.listener.arn,
            priority,
            conditions: [
              ...(secretHeader === undefined ? [] : [has(secretHeader)]),
              { pathPattern: { values: [path] } },
            ],
            actions: signedIn(signIn, [forward]),
            tags: withName(`${name}-sign-in-${suffix}`, args.tags),
          },
          parent,
        ),
    );
    const rule = this.secretHeaderRule ?? this.productionRule;
    this.attachedTargetGroupArn = pulumi
      .all([this.targetGroup.arn, (rule ?? this.listener).arn])
      .apply(([targetGroupArn]) => targetGroupArn);
    this.traffic = trafficOf(this.greenTargetGroup, rule, this.testRule);
    this.redirectListener = args.redirectHttp
      ? redirectListener(name, { ...args, loadBalancer, to: port }, this)
      : undefined;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancer.arn,
      targetGroupArn: this.targetGroup.arn,
    });
  }
}

/**
 * A log that is off is set explicitly: for the provider a missing one means "no change", and the
 * load balancer would go on writing.
 */
function log(logs: LoadBalancerLogsArgs | undefined, enabled = false) {
  return { bucket: enabled && logs !== undefined ? logs.bucketName : "", enabled };
}
