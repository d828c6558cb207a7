import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { calledContainer } from "../../path/appSocket";
import { hasSecondGroup } from "../../path/deployments";
import { targetRules } from "../../path/rules";
import type { TargetProtocolVersion } from "../../path/types";
import { serviceEgress, vpcCidr, type PlacementArgs } from "../network/placement";
import { GroupRules } from "../security/groupRules";
import { withName } from "../shared/tags";
import type { NginxArgs } from "./nginxArgs";
import { has, type AcceptedHeader } from "./pathLoadBalancer";
import { routesOf, type PriorityRange, type Route, type RouteArgs } from "./routes";
import { signedIn, type SignInProviderArgs } from "./signIn";
import { taskGroup } from "./taskGroup";
import { shiftedRule, trafficOf } from "./traffic";
import { WebService, type ServiceArgs } from "./webService";

/** The listener that requests come from. */
export interface ServedListenerArgs {
  /** ARN of the listener. */
  listenerArn: pulumi.Input<string>;
  /** Group of the load balancer: it may then call the tasks, and the tasks admit it. */
  securityGroupId: pulumi.Input<string>;
  /**
   * The header that requests must have, where CloudFront is in front.
   * @default none: every request with the path and host
   */
  secretHeader?: AcceptedHeader;
  /** Priorities that the rules may have; separate for each stack at the listener. @default 1000 to 49000 */
  priorities?: PriorityRange;
}

/** What {@link ListenerService} needs in addition to its containers. */
export interface ListenerServiceArgs extends ServiceArgs, RouteArgs {
  listener: ServedListenerArgs;
  /** Where the tasks are placed. */
  placement: Omit<PlacementArgs, "loadBalancerSubnetIds" | "ipAddressType">;
  /**
   * What the tasks are spoken to in: requests in another version get 464.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
   * @default "HTTP1"
   */
  protocolVersion?: TargetProtocolVersion;
  /** How nginx takes requests. @default what `protocolVersion` needs, from a load balancer */
  nginx?: NginxArgs;
  /** Method of the health check of a group for gRPC. @default "/grpc.health.v1.Health/Check" */
  grpcHealthCheckPath?: string;
  /** Seconds a stopping task may finish its requests. @default 30 */
  drainSeconds?: number;
  /**
   * Users sign in first. The load balancer then needs to reach the provider: an egress rule of its
   * group, as `PathSecurityGroups` makes one. @default nobody has to
   */
  signIn?: SignInProviderArgs;
  /** True if GuardDuty's Runtime Monitoring monitors the tasks. @default false */
  runtimeMonitoring?: boolean;
  /** True: AWS keeps the log groups when they are removed from the program. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A service at a listener that exists: its tasks with a security group of their own, a target group,
 * and a rule for each of its paths and hosts.
 */
export class ListenerService extends pulumi.ComponentResource {
  /** Group of the tasks. */
  public readonly securityGroup: aws.ec2.SecurityGroup;
  public readonly ingressRules: aws.vpc.SecurityGroupIngressRule[];
  public readonly egressRules: aws.vpc.SecurityGroupEgressRule[];
  public readonly targetGroup: aws.lb.TargetGroup;
  /** In which every other deployment registers its tasks; with such a `deployment` only. */
  public readonly greenTargetGroup: aws.lb.TargetGroup | undefined;
  public readonly rules: aws.lb.ListenerRule[];
  public readonly service: WebService;

  constructor(name: string, args: ListenerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:ListenerService", name, {}, opts);
    const parent = { parent: this };
    const { listener, placement, protocolVersion = "HTTP1", tags } = args;
    const tls = args.nginx?.tls ?? false;
    const port = calledContainer(args).containerPort;

    this.securityGroup = new aws.ec2.SecurityGroup(
      `${name}-tasks`,
      {
        vpcId: placement.vpcId,
        description: "Tasks of a service at a listener",
        tags: withName(`${name}-tasks`, tags),
      },
      parent,
    );
    const ids = { loadBalancer: listener.securityGroupId, tasks: this.securityGroup.id };
    const groupRules = new GroupRules(name, ids, this, tags);
    for (const rule of targetRules({ port, admits: [{ kind: "load-balancer" }] }))
      groupRules.add(rule);
    for (const egress of serviceEgress(placement, args, this)) groupRules.addTaskEgress(egress);
    this.ingressRules = groupRules.ingress;
    this.egressRules = groupRules.egress;

    const group = (suffix: string) =>
      taskGroup(
        `${name}-${suffix}`,
        { port, protocol: tls ? "HTTPS" : "HTTP", protocolVersion },
        {
          vpcId: placement.vpcId,
          healthCheckPath: args.healthCheckPath,
          appHealthCheck: args.app && (args.app.healthCheck ?? {}),
          grpcHealthCheckPath: args.grpcHealthCheckPath,
          drainSeconds: args.drainSeconds,
          tags,
        },
        parent,
      );
    this.targetGroup = group("tasks");
    this.greenTargetGroup = hasSecondGroup(args.deployment) ? group("green") : undefined;
    this.rules = routesOf(args, listener.priorities).map((route) => this.rule(name, route, args));
    this.service = new WebService(
      name,
      {
        ...args,
        subnetIds: placement.taskSubnetIds,
        securityGroupId: this.securityGroup.id,
        // ECS refuses a group to which nothing forwards.
        targetGroupArn: pulumi
          .all([this.targetGroup.arn, ...this.rules.map(({ arn }) => arn)])
          .apply(([arn = ""]) => arn),
        traffic: trafficOf(this.greenTargetGroup, this.rules[0]),
        listenerArn: listener.listenerArn,
        nginx: { http2: protocolVersion !== "HTTP1", ...args.nginx },
        assignPublicIp: placement.assignPublicIp,
        vpcCidr: vpcCidr(placement, this),
      },
      // As for the path's own tasks: without their rules they reach no registry.
      { ...parent, dependsOn: [...groupRules.ingress, ...groupRules.egress] },
    );
    this.registerOutputs({ targetGroupArn: this.targetGroup.arn });
  }

  private rule(
    name: string,
    { name: suffix, host, path, priority }: Route,
    { listener: { listenerArn, secretHeader }, signIn, tags }: ListenerServiceArgs,
  ): aws.lb.ListenerRule {
    const ruleName = `${name}-${suffix}`;
    const { actions, ignoreChanges } = shiftedRule(this.targetGroup, this.greenTargetGroup);
    return new aws.lb.ListenerRule(
      ruleName,
      {
        listenerArn,
        priority,
        conditions: [
          ...(secretHeader === undefined ? [] : [has(secretHeader)]),
          ...(host === undefined ? [] : [{ hostHeader: { values: [host] } }]),
          ...(path === undefined ? [] : [{ pathPattern: { values: [path] } }]),
        ],
        actions: signedIn(signIn, actions),
        tags: withName(ruleName, tags),
      },
      { parent: this, ignoreChanges },
    );
  }
}
