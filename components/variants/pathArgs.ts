import type * as pulumi from "@pulumi/pulumi";
import type { MinimumTls } from "../../path/tlsPolicies";
import type { ServiceProtocol } from "../../path/variants";
import type { PathAlarmsArgs } from "../alarms/alarmArgs";
import type { DashboardArgs } from "../dashboard/dashboardArgs";
import type { DomainArgs } from "../dns/domain";
import type { MaintenanceArgs } from "../edge/frontArgs";
import type { LoadBalancerLogsArgs } from "../service/pathLoadBalancer";
import type { RouteArgs } from "../service/routes";
import type { SignInArgs } from "../service/signIn";
import type { PlacementArgs } from "../network/placement";
import type { ClientCertificatesArgs } from "../security/clientCertificates";
import type { WafArgs } from "../security/webAclArgs";
import type { Transform } from "./transform";
import type { ServiceArgs } from "../service/webService";

/** Timeouts of the path, in seconds. */
export interface PathTimeoutsArgs {
  /**
   * How long the load balancer keeps an idle connection; nginx 15 s more. 1 to 4000.
   * @default 60
   */
  idle?: number;
  /** How long a stopping task may finish its requests. At most 115. @default 30 */
  drain?: number;
}

/** The hops to the tasks. */
export interface PathOriginArgs {
  /** Protocol from the load balancer to the tasks. @default "http" */
  protocol?: "http" | "https";
  timeouts?: PathTimeoutsArgs;
}

/** The protocols that viewers may use. */
export interface PathViewersArgs {
  /** Oldest TLS version for viewers; fixed with CloudFront's default certificate. @default "1.2" */
  minimumTls?: MinimumTls;
  /**
   * Address ranges that may call, IPv4 or IPv6. Behind CloudFront all others get 403; a load balancer
   * that viewers call does not accept their connections. @default ["0.0.0.0/0"], everybody
   */
  allowedCidrs?: string[];
  /**
   * Client certificates (mutual TLS) that viewers are asked for, by CloudFront or the load balancer
   * that they call. @default none
   */
  clientCertificates?: ClientCertificatesArgs;
  /** A page in place of every response, with status 503; `{}` for all defaults. @default none */
  maintenance?: MaintenanceArgs;
}

/** The gRPC calls of a path. */
export interface GrpcArgs {
  /**
   * Full names of the services (`shop.v1.Cart`) that are called over gRPC, next to ordinary requests.
   * A variant that is for gRPC only takes all services and no list. @default none
   */
  services?: string[];
  /** Port on which the app takes gRPC, without TLS. @default the app's port */
  port?: number;
  /**
   * Method that the load balancer calls to see whether a task is healthy, where it has a group for
   * gRPC; it must answer 0 (OK). Of `/AWS.ALB/healthcheck`, which no app has, any gRPC status will
   * do. @default "/grpc.health.v1.Health/Check"
   */
  healthCheckPath?: string;
}

/** A service that gets some of the requests, next to the one that gets all others. */
export interface PathServiceArgs extends Omit<ServiceArgs, "clusterArn">, RouteArgs {
  /**
   * What the tasks are spoken to in, from the load balancer. Requests that come in another version
   * get 464, so that a protocol that cannot work on the path is refused.
   * @default that of `service`
   */
  protocol?: ServiceProtocol;
  /** Method of the health check, with `protocol: "grpc"`. @default "/grpc.health.v1.Health/Check" */
  grpcHealthCheckPath?: string;
  /**
   * True for users to sign in first, as the path's `signIn` says. Has to be given, true or false,
   * where `signIn.paths` has paths of the service. @default false
   */
  signIn?: boolean;
}

/** Arguments that the components of all variants take. */
export interface PathArgs {
  /**
   * Changes the arguments of any child before anything is registered, for what has no argument
   * here. The path is then judged again, and refused if it no longer works. @default none
   */
  transform?: Transform;
  placement: PlacementArgs;
  /** The service that gets every request for which no other asks. */
  service: ServiceArgs;
  /**
   * More services on the same load balancer and cluster, by name; each gets the requests of its
   * paths and hosts. @default none
   */
  services?: Record<string, PathServiceArgs>;
  /** The name that viewers call. */
  domain?: DomainArgs;
  /** The gRPC calls. @default those of the variant */
  grpc?: GrpcArgs;
  origin?: PathOriginArgs;
  viewers?: PathViewersArgs;
  /** The load balancer's logs. @default none */
  logs?: LoadBalancerLogsArgs;
  /** Sign-in at the load balancer, for some paths and services. @default nobody has to sign in */
  signIn?: SignInArgs;
  /** A web ACL in front of what viewers call; `{}` for all defaults. @default no web ACL */
  waf?: WafArgs;
  /** True if other systems share the VPC, which some rules consider. @default false */
  sharedVpc?: boolean;
  /** CloudWatch alarms and whom they notify; `{}` for all defaults. @default no alarms */
  alarms?: PathAlarmsArgs;
  /** A CloudWatch dashboard of the path; `{}` for all defaults. @default no dashboard */
  dashboard?: DashboardArgs;
  /**
   * True if GuardDuty's Runtime Monitoring monitors the tasks (see `ThreatDetection`): they may
   * pull its agent, and the cluster is tagged for it. @default false
   */
  runtimeMonitoring?: boolean;
  /**
   * True: AWS and Pulumi refuse to delete the load balancer, Pulumi also the distribution and the
   * site's bucket; AWS keeps log groups that are removed from the program. @default false
   */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}
