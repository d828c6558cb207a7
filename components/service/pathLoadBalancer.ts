import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { loadBalancerTlsPolicies, type MinimumTls } from "../../path/tlsPolicies";
import type { PathSpec } from "../../path/types";
import { withName } from "../shared/tags";
import { taskGroup, type TaskGroupArgs } from "./taskGroup";

/** The header that the listener's rule requires. */
export interface AcceptedHeader {
  name: string;
  /** Any of these: letters and digits, as `*` and `?` are wildcards in a rule. Secrets. */
  values: pulumi.Input<string>[];
}

export interface PathLoadBalancerArgs extends TaskGroupArgs {
  /** The decided path. */
  spec: PathSpec;
  /** In at least two availability zones; public subnets if the scheme is internet-facing. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupId: pulumi.Input<string>;
  /** Certificate of the HTTPS listener, in the load balancer's own region. */
  certificateArn?: pulumi.Input<string>;
  /** Required if the path has a secret header. */
  secretHeader?: AcceptedHeader;
  /** Oldest TLS version of the listener. @default "1.2" */
  minimumTls?: MinimumTls;
  /** The path of gRPC calls, where their target group is not `spec`'s. @default none */
  grpcSpec?: PathSpec;
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

/** The rules' priorities, the same whether or not the other rule exists. */
const rulePriorities = { grpc: 1, all: 2 } as const;

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
const has = ({ name, values }: AcceptedHeader) => ({
  httpHeader: { httpHeaderName: name, values },
});

/** The load balancer with the listener, the rules and the target groups of one path. */
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
  /** For gRPC calls next to ordinary requests; only with `grpcSpec`. */
  public readonly grpcTargetGroup: aws.lb.TargetGroup | undefined;
  /** Forwards gRPC calls with the secret header; only with `grpcSpec`. */
  public readonly grpcRule: aws.lb.ListenerRule | undefined;
  /** ARN of that group, known only once a rule forwards to it. */
  public readonly attachedGrpcTargetGroupArn: pulumi.Output<string> | undefined;
  /** Redirects port 80; only with `redirectHttp`, and never behind CloudFront. */
  public readonly redirectListener: aws.lb.Listener | undefined;

  constructor(name: string, args: PathLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathLoadBalancer", name, {}, opts);
    const { listener } = args.spec;
    const parent = { parent: this };

    this.loadBalancer = new aws.lb.LoadBalancer(
      `${name}-alb`,
      {
        loadBalancerType: "application",
        internal: listener.scheme === "internal",
        ipAddressType: args.ipAddressType ?? defaults.network.ipAddressType,
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        idleTimeout: listener.idleSeconds,
        enableHttp2: listener.http2,
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
    this.targetGroup = taskGroup(`${name}-tasks`, args.spec.target, args, parent);
    const forward = { type: "forward", targetGroupArn: this.targetGroup.arn };
    const forbidden = {
      type: "fixed-response",
      fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
    };
    this.listener = new aws.lb.Listener(
      `${name}-listener`,
      {
        loadBalancerArn: this.loadBalancer.arn,
        port: listener.port,
        protocol: listener.protocol,
        ...(listener.protocol === "HTTPS" && {
          certificateArn: args.certificateArn,
          sslPolicy: loadBalancerTlsPolicies[args.minimumTls ?? defaults.viewers.minimumTls],
        }),
        defaultActions: [listener.requiresSecretHeader ? forbidden : forward],
        tags: withName(`${name}-listener`, args.tags),
      },
      parent,
    );
    const { secretHeader, grpcSpec } = args;
    if (secretHeader !== undefined)
      this.secretHeaderRule = new aws.lb.ListenerRule(
        `${name}-secret-header`,
        {
          listenerArn: this.listener.arn,
          priority: rulePriorities.all,
          conditions: [has(secretHeader)],
          actions: [forward],
          tags: withName(`${name}-secret-header`, args.tags),
        },
        parent,
      );
    if (secretHeader !== undefined && grpcSpec !== undefined) {
      const group = taskGroup(`${name}-grpc`, grpcSpec.target, args, parent);
      this.grpcTargetGroup = group;
      this.grpcRule = new aws.lb.ListenerRule(
        `${name}-grpc`,
        {
          listenerArn: this.listener.arn,
          priority: rulePriorities.grpc,
          // By what is asked for, not by path: gRPC-Web has the same paths and is ordinary HTTP.
          conditions: [has(secretHeader), has(grpcContentType)],
          actions: [{ type: "forward", targetGroupArn: group.arn }],
          tags: withName(`${name}-grpc`, args.tags),
        },
        // The other rule's priority may have been this one's.
        { ...parent, dependsOn: this.secretHeaderRule },
      );
      this.attachedGrpcTargetGroupArn = pulumi
        .all([group.arn, this.grpcRule.arn])
        .apply(([arn]) => arn);
    }
    this.attachedTargetGroupArn = pulumi
      .all([this.targetGroup.arn, (this.secretHeaderRule ?? this.listener).arn])
      .apply(([targetGroupArn]) => targetGroupArn);
    this.redirectListener = listener.redirectsHttp ? this.createRedirect(name, args) : undefined;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancer.arn,
      targetGroupArn: this.targetGroup.arn,
    });
  }

  private createRedirect(name: string, args: PathLoadBalancerArgs): aws.lb.Listener {
    return new aws.lb.Listener(
      `${name}-redirect`,
      {
        loadBalancerArn: this.loadBalancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [
          {
            type: "redirect",
            redirect: {
              protocol: "HTTPS",
              port: String(args.spec.listener.port),
              statusCode: "HTTP_301",
            },
          },
        ],
        tags: withName(`${name}-redirect`, args.tags),
      },
      { parent: this },
    );
  }
}

/**
 * A log that is off is set explicitly: for the provider a missing one means "no change", and the
 * load balancer would go on writing.
 */
function log(logs: LoadBalancerLogsArgs | undefined, enabled = false) {
  return { bucket: enabled && logs !== undefined ? logs.bucketName : "", enabled };
}
