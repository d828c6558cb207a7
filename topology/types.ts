/**
 * What the data plane serves, as plain data: the recorded resources with every reference resolved.
 * Times are in the unit their name says; AWS's defaults are filled in where the program left them
 * out.
 */
import type { ClientCertificateMode } from "../path/clientCertificates";
import type { Ports, RulePeer } from "../path/securityGroups";
import type { TargetProtocolVersion } from "../path/types";
import type { Bucket, Distribution, StoredObject } from "./edgeTypes";
import type { Instances, Service } from "./serviceTypes";

export type * from "./edgeTypes";
export type * from "./serviceTypes";

/** A pattern of AWS: `*` matches any characters, `?` exactly one. */
export type Pattern = string;

/** A load balancer of another type than application. */
export interface NotFollowed {
  readonly name: string;
  readonly type: string;
  readonly arn: string;
  /** In lower case. */
  readonly dnsName: string;
}

/** Everything that is served, and what could not be. */
export interface Topology {
  readonly distributions: readonly Distribution[];
  /** Logical names of the distributions that are disabled. */
  readonly disabled: readonly string[];
  readonly loadBalancers: readonly LoadBalancer[];
  /** Load balancers of other types, which no path leads over. */
  readonly notFollowed: readonly NotFollowed[];
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
  readonly services: readonly Service[];
  readonly instances: readonly Instances[];
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  /** Buckets that are origins, by name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** Names on a certificate, by its ARN. Existing certificates, from outside, are not in here. */
  readonly certificates: ReadonlyMap<string, readonly string[]>;
  /** Route 53 records of the program that point at other names; all lower case. */
  readonly names: ReadonlyMap<string, string>;
  /** Things worth knowing: assumptions, and what is not served. */
  readonly notes: readonly string[];
  /** Things that prevent a served resource from working. `serve` refuses to start with them. */
  readonly problems: readonly string[];
}

/** An application load balancer. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly internal: boolean;
  /** True when it has IPv6 addresses too. */
  readonly ipv6?: true;
  readonly http2: boolean;
  readonly idleSeconds: number;
  /** Seconds after which a client's connection is closed with its next response. */
  readonly clientKeepAliveSeconds: number;
  readonly dropInvalidHeaders: boolean;
  readonly preserveHost: boolean;
  readonly xffMode: "append" | "preserve" | "remove";
  readonly xffClientPort: boolean;
  readonly tlsHeaders: boolean;
  readonly securityGroupIds: readonly string[];
  /** Ranges of its nodes' private addresses: its subnets', otherwise their VPC's; may be empty. */
  readonly privateCidrs: readonly string[];
  readonly accessLogs: LogBucketLocation;
  /** Absent: connection logs are off. */
  readonly connectionLogs?: LogBucketLocation;
  /** Absent: health check logs are off. */
  readonly healthCheckLogs?: LogBucketLocation;
  /** `routing.http.desync_mitigation_mode`. @default "defensive" */
  readonly desyncMode?: DesyncMode;
  /** True when a web ACL is associated with it, which is not applied here. */
  readonly webAcl?: boolean;
  readonly listeners: readonly Listener[];
}

/** Where logs of one kind go. */
export interface LogBucketLocation {
  readonly bucket: string;
  readonly prefix: string;
}

/** What happens to requests that servers may interpret differently. */
export type DesyncMode = "monitor" | "defensive" | "strictest";

/** A listener of a load balancer. */
export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** The default certificate first. */
  readonly certificateArns: readonly string[];
  readonly minimumTls: "TLSv1.2" | "TLSv1.3";
  readonly maximumTls: "TLSv1.2" | "TLSv1.3";
  /** What clients are asked for in the TLS handshake; absent: nothing. */
  readonly clientCertificates?: ListenerCertificateCheck;
  /** False: the load balancer's own responses have no Server header. */
  readonly serverHeader: boolean;
  /** Headers the listener sets on every response. */
  readonly responseHeaders: readonly (readonly [name: string, value: string])[];
  /** By priority, lowest number first, without the default. */
  readonly rules: readonly ListenerRule[];
  readonly defaultAction: ListenerAction;
}

/** What clients are asked for in the TLS handshake. */
export interface ClientCertificateCheck {
  readonly mode: ClientCertificateMode;
  /** True: expired certificates are accepted. */
  readonly ignoreExpiry: boolean;
  /** The CA certificates that the program uploads for the trust store; absent: it is made elsewhere. */
  readonly bundle?: StoredObject;
  /** The revocation lists of the trust store that the program uploads. Absent: none. */
  readonly revocationLists?: readonly StoredObject[];
}

/** What a listener asks clients for, and the headers with which it says what they showed. */
export interface ListenerCertificateCheck extends ClientCertificateCheck {
  readonly mode: "required" | "passthrough";
  /** By what they say; the empty name is that of the whole chain. */
  readonly headerNames: Readonly<
    Record<"" | "SerialNumber" | "Issuer" | "Subject" | "Validity" | "Leaf", string>
  >;
}

/** A listener rule. */
export interface ListenerRule {
  readonly arn: string;
  readonly priority: number;
  /** All must hold. */
  readonly conditions: readonly RuleCondition[];
  readonly action: ListenerAction;
  /** Rewrites of the forwarded request; absent: none. */
  readonly transforms?: Transforms;
}

/** Rewrites of a request after a rule has matched it. */
export interface Transforms {
  readonly host?: Rewrite;
  /** Of the path with its query string. */
  readonly url?: Rewrite;
}

/** A regular expression, and the replacement of its first match; `$1` is a group. */
export interface Rewrite {
  readonly regex: string;
  readonly replace: string;
}

/** One condition of a rule: any of its values must match. */
export type RuleCondition =
  | {
      readonly field: "host" | "path";
      readonly values: readonly Pattern[];
      readonly regex?: boolean;
    }
  | {
      readonly field: "header";
      readonly name: string;
      readonly values: readonly Pattern[];
      readonly regex?: boolean;
    }
  | { readonly field: "method"; readonly values: readonly string[] }
  | {
      readonly field: "query";
      readonly values: readonly { readonly key?: Pattern; readonly value: Pattern }[];
    }
  | { readonly field: "source-ip"; readonly values: readonly string[] };

/** What a rule does with a request. */
export type ListenerAction =
  | ({
      readonly type: "forward";
      readonly groups: readonly WeightedGroup[];
      /** Seconds for which a client sticks to a target group; absent: no stickiness. */
      readonly stickySeconds?: number;
    } & Guarded)
  | ({
      readonly type: "redirect";
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
      readonly status: 301 | 302;
    } & Guarded)
  | ({
      readonly type: "fixed-response";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    } & Guarded);

/** What an action asks of callers first. */
interface Guarded {
  /** Status for callers who have not signed in, or bring no token; absent: nobody has to. */
  readonly signIn?: 302 | 401;
  /** The sign-in that the load balancer performs. Absent: none. */
  readonly authenticate?: Authentication;
}

/** A sign-in at the load balancer. */
export interface Authentication {
  readonly by: "oidc" | "cognito";
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /** Absent where the program does not have it: of Cognito, AWS reads it itself. */
  readonly clientSecret?: string;
  /** AWS default: `openid`. */
  readonly scope: string;
  /** Parameters of the request to the authorization endpoint in addition. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The cookies' name without the number. AWS default: `AWSELBAuthSessionCookie`. */
  readonly cookieName: string;
  /** AWS default: 604800, seven days. */
  readonly sessionSeconds: number;
  /** What callers who have not signed in get. AWS default: `authenticate`, which is 302. */
  readonly otherwise: "authenticate" | "deny" | "allow";
}

/** One target group of a forward action. */
export interface WeightedGroup {
  readonly arn: string;
  readonly weight: number;
}

/** A target group. */
export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  /** What its targets are. AWS default: instances. */
  readonly targetType: "instance" | "ip" | "lambda" | "alb";
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly protocolVersion: TargetProtocolVersion;
  readonly deregistrationSeconds: number;
  readonly algorithm: string;
  /** Whether a deployment's old (blue) or new tasks are in it, while it is served here. */
  readonly revision?: "blue" | "green";
  /** Absent: no stickiness. */
  readonly stickiness?: Stickiness;
  /** Seconds over which a new target's share of requests grows. @default 0 */
  readonly slowStartSeconds?: number;
  /** Fewer healthy targets than this: all targets get requests. @default one target */
  readonly minimumHealthy?: { readonly count: number; readonly percent: number };
  readonly healthCheck: HealthCheck;
}

/** How clients stick to a target. */
export type Stickiness =
  | { readonly type: "lb_cookie"; readonly seconds: number }
  /** Starting with the target's first response that sets the named cookie. */
  | { readonly type: "app_cookie"; readonly seconds: number; readonly cookieName: string };

/** How a target group finds out which of its targets are healthy. */
interface HealthCheck {
  readonly enabled: boolean;
  readonly protocol: "HTTP" | "HTTPS";
  readonly path: string;
  /** `traffic-port` or a number. */
  readonly port: string;
  /** Status codes that pass: `200`, `200,202`, `200-299`. */
  readonly matcher: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** A security group with its rules, wherever they were declared. */
export interface SecurityGroup {
  readonly id: string;
  /** Logical name in the program. */
  readonly name: string;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

/** One rule of a security group; it admits each of its peers. */
export interface SecurityGroupRule extends Ports {
  /** Id of the rule's resource; of an inline rule, of its group. */
  readonly id: string;
  /** Logical name of the rule's resource, or `security group: ingress[0]`. */
  readonly name: string;
  /** Absent: it has none. */
  readonly description?: string;
  readonly peers: readonly RulePeer[];
}
