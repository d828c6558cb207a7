/** How nginx takes requests from the load balancer. All of it reaches nginx as environment variables. */

/** The gRPC calls that nginx passes on to the app. */
export interface NginxGrpcArgs {
  /** Full names of the services (`shop.v1.Cart`). @default all */
  services?: readonly string[];
  /** Port on which the app takes gRPC, without TLS. @default the app's port */
  port?: number;
  /** Method of a health check, which is passed on as well. @default none */
  healthCheckPath?: string;
}

/** What nginx must know of the hops in front of it. */
export interface NginxArgs {
  /** True to answer HTTP/2 as well, which a target group of HTTP2 or GRPC needs. @default false */
  http2?: boolean;
  /** True for TLS with a certificate that each task makes. @default false */
  tls?: boolean;
  /** Seconds an idle connection is kept: more than the load balancer's idle timeout. @default 75 */
  keepAliveSeconds?: number;
  /**
   * How many proxies in front append the address they saw to X-Forwarded-For: the load balancer, and
   * CloudFront in front of it. @default 1
   */
  trustedHops?: number;
  /** True where CloudFront is set to HTTP/2; for the inspector page. @default false */
  originHttp2?: boolean;
  /** The gRPC calls. @default none: every request is an ordinary one */
  grpc?: NginxGrpcArgs;
  /** Name of the variant; for the inspector page. @default none */
  variant?: string;
}
