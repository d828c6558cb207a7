import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { loadBalancerTlsPolicies, type MinimumTls } from "../../path/tlsPolicies";
import type { PathSpec } from "../../path/types";
import { targetHealthCheck, type AppHealthCheckArgs } from "./healthChecks";
import { withName } from "../shared/tags";

/** The header that the listener's rule requires. */
export interface AcceptedHeader {
  name: string;
  /** Any of these: letters and digits, as `*` and `?` are wildcards in a rule. Secrets. */
  values: pulumi.Input<string>[];
}

export interface PathLoadBalancerArgs {
  /** The decided path. */
  spec: PathSpec;
  vpcId: pulumi.Input<string>;
  /** In at least two availability zones; public subnets if the scheme is internet-facing. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupId: pulumi.Input<string>;
  /** Certificate of the HTTPS listener, in the load balancer's own region. */
  certificateArn?: pulumi.Input<string>;
  /** Required if the path has a secret header. */
  secretHeader?: AcceptedHeader;
  /** Oldest TLS version of the listener. @default "1.2" */
  minimumTls?: MinimumTls;
  /** Path of the tasks' health check, which nginx answers. Not with `appHealthCheck`. @default "/healthz" */
  healthCheckPath?: string;
  /** How the app behind nginx is checked; `{}` for all defaults. @default no app: nginx is checked */
  appHealthCheck?: AppHealthCheckArgs;
  /** Seconds a stopping task may finish its requests. */
  drainSeconds: number;
  /** @default "ipv4" */
  ipAddressType?: "ipv4" | "dualstack";
  /** @default no logs */
  logs?: LoadBalancerLogsArgs;
  /** True to refuse deletion of the load balancer. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
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

/** The load balancer with the listener, the rule and the target group of one path. */
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
    this.targetGroup = this.createTargetGroup(name, args);
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
    this.secretHeaderRule =
      args.secretHeader === undefined
        ? undefined
        : new aws.lb.ListenerRule(
            `${name}-secret-header`,
            {
              listenerArn: this.listener.arn,
              priority: 1,
              conditions: [
                {
                  httpHeader: {
                    httpHeaderName: args.secretHeader.name,
                    values: args.secretHeader.values,
                  },
                },
              ],
              actions: [forward],
              tags: withName(`${name}-secret-header`, args.tags),
            },
            parent,
          );
    this.attachedTargetGroupArn = pulumi
      .all([this.targetGroup.arn, (this.secretHeaderRule ?? this.listener).arn])
      .apply(([targetGroupArn]) => targetGroupArn);
    this.redirectListener = listener.redirectsHttp ? this.createRedirect(name, args) : undefined;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancer.arn,
      targetGroupArn: this.targetGroup.arn,
    });
  }

  private createTargetGroup(name: string, args: PathLoadBalancerArgs): aws.lb.TargetGroup {
    const { target } = args.spec;
    return new aws.lb.TargetGroup(
      `${name}-tasks`,
      {
        vpcId: args.vpcId,
        // Each Fargate task has its own address; there is no instance to register.
        targetType: "ip",
        port: target.port,
        protocol: target.protocol,
        protocolVersion: target.protocolVersion,
        deregistrationDelay: args.drainSeconds,
        // Checks speak the group's own protocol version.
        healthCheck: {
          enabled: true,
          protocol: target.protocol,
          port: "traffic-port",
          ...targetHealthCheck(args.healthCheckPath, args.appHealthCheck),
        },
        tags: withName(`${name}-tasks`, args.tags),
      },
      { parent: this },
    );
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
