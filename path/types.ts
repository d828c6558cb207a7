/**
 * The words of the path model, as types. Plain data: nothing here knows Pulumi, a file or a clock.
 *
 * A path is what a request travels, from the viewer to the container. Each connection of it is a
 * hop. `hopsOf` turns a {@link PathSpec} into hops; `answer` says what one request gets.
 */

import type { ClientCertificateMode } from "./clientCertificates";
import type { CountryRestriction, FrontSpec } from "./front";

/** Protocol of an HTTP connection, as ALPN and access logs name it. */
export type HttpProtocol = "HTTP/1.1" | "HTTP/2" | "HTTP/3";

/** Kinds of request whose protocol needs differ. */
export type RequestKind = "http" | "grpc" | "websocket";

/** `ProtocolVersion` of an ALB target group. */
export type TargetProtocolVersion = "HTTP1" | "HTTP2" | "GRPC";

/** HTTP methods that an ALB accepts, and TRACE, which it answers with 405. */
export type Method =
  "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH" | "CONNECT" | "TRACE";

/** `HttpVersion` of a CloudFront distribution: what viewers may speak to it. */
export type EdgeHttpVersion = "http1.1" | "http2" | "http3" | "http2and3";

/** `OriginHttpVersion` of a CloudFront origin: what CloudFront may speak to it. */
export type OriginHttpVersion = "http1.1" | "http2";

/** Who may open a connection to a hop. A CIDR names itself; the others are AWS's own groups. */
export type Source =
  | ({ readonly kind: "cidr"; readonly cidr: string } & Assumed)
  /** CloudFront's managed prefix list: every CloudFront customer's edge, not only one's own. */
  | ({ readonly kind: "cloudfront"; readonly ipVersion: 4 | 6 } & Assumed)
  /** Members of the load balancer's security group. */
  | ({ readonly kind: "load-balancer" } & Assumed);

/** Of a source: whether the program says that it is one, and which. */
interface Assumed {
  /**
   * True where no resource of the program says it, because the group or subnet is not in it; of a
   * prefix list, its IP version.
   */
  readonly assumed?: true;
}

/** `IpAddressType` of an origin. */
export type OriginAddresses = "ipv4" | "ipv6" | "dualstack";

/** CloudFront in front of the load balancer. */
export interface EdgeSpec {
  /** `vpc`: a VPC origin, which reaches an internal load balancer; `public`: over the internet. */
  readonly origin: "public" | "vpc";
  /** What viewers may speak. CloudFront's own default is `http2`. */
  readonly httpVersion: EdgeHttpVersion;
  readonly viewerProtocolPolicy: "allow-all" | "redirect-to-https" | "https-only";
  /** Protocol towards the load balancer; `match-viewer` repeats the viewer's scheme. */
  readonly originProtocolPolicy: "http-only" | "https-only" | "match-viewer";
  /**
   * Whether the path's viewers use TLS, where `match-viewer` leads those with and those without to
   * different listeners. Absent: all take the path.
   */
  readonly viewerTls?: boolean;
  /**
   * What CloudFront asks the origin for. `http2` has an effect only where the origin negotiates it
   * over TLS 1.2 or later; otherwise it is HTTP/1.1 without an error. @default "http1.1"
   */
  readonly originHttpVersion?: OriginHttpVersion;
  /** True when `TLSv1.2` is among the protocols CloudFront may use to the origin. @default true */
  readonly originTls12?: boolean;
  /** `GrpcConfig.Enabled` of the behaviour. */
  readonly grpc: boolean;
  /** Methods the behaviour lets through. */
  readonly allowedMethods: readonly Method[];
  /** True when the viewer's Host header reaches the load balancer (AllViewer policies). */
  readonly forwardsHost: boolean;
  /** What no part of reaches the load balancer, of `cookies` and `query strings`. Absent: nothing. */
  readonly withholds?: readonly ("cookies" | "query strings")[];
  /** Names viewers call: the distribution's aliases, or its own *.cloudfront.net name. */
  readonly viewerNames: readonly string[];
  /** The origin's domain name, which CloudFront resolves (or names, with a VPC origin). */
  readonly originName: string;
  /** True when CloudFront adds the secret header that the listener's rule asks for. */
  readonly sendsSecretHeader: boolean;
  /** Seconds CloudFront keeps an idle connection to the origin open. AWS default 5. */
  readonly keepAliveSeconds: number;
  /** Seconds CloudFront waits for the origin's answer. AWS default 30. */
  readonly readSeconds: number;
  /** Ports of the origin that CloudFront connects to without and with TLS. @default the listener's */
  readonly originPorts?: { readonly http: number; readonly https: number };
  /** Which of the origin's addresses CloudFront connects to. @default "ipv4", as AWS's */
  readonly originAddresses?: OriginAddresses;
  /** What is decided about a request before the origin gets it. Absent: every request passes. */
  readonly front?: FrontSpec;
  /** Name of a function that gets each request first, and whose effect is not known. */
  readonly ownFunction?: string;
  /** Countries whose viewers are admitted. Absent: all. */
  readonly countries?: CountryRestriction;
  /** What viewers are asked for in the TLS handshake. Absent: nothing. */
  readonly clientCertificates?: ClientCertificateMode;
  /** True where CloudFront shows a client certificate to the origin (origin mTLS). */
  readonly showsCertificate?: boolean;
}

/** The load balancer with the one listener that serves the path. */
export interface ListenerSpec {
  readonly scheme: "internet-facing" | "internal";
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
  /** `routing.http2.enabled`: HTTP/2 offered to clients of an HTTPS listener. AWS default true. */
  readonly http2: boolean;
  /**
   * Names on the listener's certificates, wildcards as ACM writes them. Undefined where they are
   * not known (a certificate given by ARN): then no finding is drawn from them.
   */
  readonly certificateNames?: readonly string[];
  /** True when only requests with the secret header are forwarded and the rest gets a fixed 403. */
  readonly requiresSecretHeader: boolean;
  /** Status for callers without that header. @default 403 */
  readonly withoutHeader?: number;
  /** Who the security group admits to the listener's port. */
  readonly admits: readonly Source[];
  /** `idle_timeout.timeout_seconds`. AWS default 60. */
  readonly idleSeconds: number;
  /** True when a second listener on port 80 redirects to this one. */
  readonly redirectsHttp: boolean;
  /** A listener of our own components for tests of a deployment's new tasks. Absent: none. */
  readonly test?: { readonly port: number; readonly admits: readonly Source[] };
  /**
   * Which of these two listeners' ports no rule of the security group opens, to anybody. Absent:
   * neither.
   */
  readonly closedPorts?: readonly number[];
  /** Status that an earlier rule answers every request with. Absent: none does. */
  readonly answersAll?: number;
  /** The only kinds of request for which the path's listener rule asks. Absent: all. */
  readonly takes?: readonly RequestKind[];
  /** Status for callers who have not signed in, where the listener asks them to. Absent: it does not. */
  readonly signIn?: 302 | 401;
  /** What clients are asked for in the TLS handshake. Absent: nothing. */
  readonly clientCertificates?: Exclude<ClientCertificateMode, "optional">;
  /** The only methods for which it asks. Absent: all. */
  readonly methods?: readonly string[];
  /**
   * Set where the path's listener rule asks for hosts that CloudFront never sends: those, the ones
   * that it sends, and the status that its requests get instead, where no other rule forwards them.
   */
  readonly missedHost?: {
    readonly asked: readonly string[];
    readonly sent: readonly string[];
    readonly status?: number;
  };
}

/** The target group, and the health check that decides whether it has targets. */
export interface TargetSpec {
  readonly protocol: "HTTP" | "HTTPS";
  readonly protocolVersion: TargetProtocolVersion;
  readonly port: number;
  /** Who the tasks' security group admits to the port. */
  readonly admits: readonly Source[];
  /** If health checks use a different port: the port, and who is admitted there. */
  readonly healthCheck?: { readonly port: number; readonly admits: readonly Source[] };
  /**
   * Which of these ports no rule of the load balancer's security group lets it connect to. Absent:
   * none.
   */
  readonly noEgressTo?: readonly number[];
  /** True where each task gets a free port of its instance, of which `port` is one. */
  readonly chosenPort?: true;
  /** True where the target is a Lambda function, which the load balancer invokes. */
  readonly lambda?: true;
  /** Why no target gets requests: no task starts, or none is healthy. Absent: nothing says so. */
  readonly none?: string;
}

/** What the container's socket accepts. */
export interface ContainerSpec {
  readonly port: number;
  readonly tls: boolean;
  /** Protocols the socket answers. nginx with `http2 on` answers both on one plaintext port. */
  readonly accepts: readonly Exclude<HttpProtocol, "HTTP/3">[];
  /** Seconds the server keeps an idle connection open; must exceed the load balancer's timeout. */
  readonly keepAliveSeconds: number;
}

/** The gRPC calls of a path, which nginx passes on as gRPC. */
export interface GrpcSpec {
  /** Full names of their services (`package.Service`). Absent: of all services. */
  readonly services?: readonly string[];
  /** Port on which the app takes gRPC, without TLS; absent when nginx answers by itself. */
  readonly port?: number;
}

/** A whole path. */
export interface PathSpec {
  /** Absent: viewers reach the load balancer directly. */
  readonly edge?: EdgeSpec;
  readonly listener: ListenerSpec;
  readonly target: TargetSpec;
  readonly container: ContainerSpec;
  /** Port of an app behind nginx in the same task; absent if nginx itself answers. */
  readonly appPort?: number;
  /** The gRPC calls that nginx tells from other requests. Absent: none. */
  readonly grpc?: GrpcSpec;
  /** Kinds of request that must be answered; one that cannot be is an error. */
  readonly mustWork: readonly RequestKind[];
  /** True where the subnets were given, so that other systems may share the VPC. */
  readonly sharedVpc: boolean;
  /** True when a web ACL (AWS WAF) protects what viewers call. Default: none does. */
  readonly waf?: boolean;
}

/** Ends of a hop. */
export type Node = "viewer" | "cloudfront" | "load-balancer" | "container" | "app";

/** One connection of a path. */
export interface Hop {
  readonly from: Node;
  readonly to: Node;
  /** What the connection can carry, most preferred first. Empty where a function is invoked. */
  readonly protocols: readonly HttpProtocol[];
  /** Absent where the load balancer invokes a Lambda function, to which it opens no connection. */
  readonly tls?: boolean;
  /** Absent where `tls` is. */
  readonly port?: number;
  /** Who may open it. Empty for the app, which only its own task can reach. */
  readonly admits: readonly Source[];
  /** True where others may be able to open it, but who is not known. */
  readonly admitsMore?: true;
  /** True to an internal load balancer: only the networks of its VPC lead there. */
  readonly internal?: true;
  /** One sentence on why it is so, for people. */
  readonly why: string;
}

/** One request, as its sender makes it. */
export interface PathRequest {
  readonly protocol: HttpProtocol;
  readonly tls: boolean;
  readonly kind: RequestKind;
  readonly method: Method;
  /**
   * Where it enters the path. `front`: as a viewer does. `load-balancer`: straight to the load
   * balancer, past CloudFront where there is one.
   */
  readonly entry: "front" | "load-balancer";
  /** Who sends it, as security groups see it. Default: the internet, from 198.51.100.7. */
  readonly from?: "cloudfront" | "vpc" | { readonly address: string };
  /** True when the sender has signed in, where the listener asks for it. */
  readonly signedIn?: boolean;
  /** True when the sender shows a client certificate that is trusted. */
  readonly clientCertificate?: boolean;
  /** True when the sender knows the secret header. CloudFront adds it. */
  readonly secretHeader?: boolean;
  /** Country of the viewer, as ISO 3166-1 alpha-2. Absent: one that CloudFront does not know. */
  readonly country?: string;
  /** Name that the viewer calls. Absent: the one that viewers should use. */
  readonly host?: string;
  /** Path without the query string. Absent: one that is not redirected. */
  readonly path?: string;
  /** True when the viewer has the password that the path asks for. */
  readonly password?: boolean;
  /**
   * True for a request of those for whom the path is meant: no country, allow list, maintenance page,
   * password or client certificate keeps it out.
   */
  readonly meant?: boolean;
}

/** What a request gets. */
export interface PathAnswer {
  /** True when the request arrives at the container. False also where that is not known. */
  readonly reaches: boolean;
  /**
   * The status the sender sees. Undefined where no HTTP answer comes back: a security group drops
   * the connection (`dropped`), or the port or TLS handshake refuses it (`refused`), and where AWS's
   * documents do not say what happens (`unknown`). 200 is the container's own answer.
   */
  readonly status?: number;
  readonly outcome: "answered" | "dropped" | "refused" | "unknown";
  /** Who answered, dropped or refused. */
  readonly at: "cloudfront" | "security-group" | "load-balancer" | "container";
  /** Protocol on each connection the request travelled, first hop first. */
  readonly travelled: readonly HttpProtocol[];
  /** One sentence, for people. */
  readonly why: string;
}
