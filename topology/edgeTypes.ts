/** CloudFront as plain data: the part of the topology in front of load balancers and buckets. */
import type { CountryRestriction } from "../path/front";
import type { FrontFunction } from "../path/frontFunction";
import type { OriginAddresses, OriginHttpVersion } from "../path/types";
import type { ClientCertificateCheck, Pattern } from "./types";

/** A CloudFront distribution. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  /** Its domain name, `d111111abcdef8.cloudfront.net`. */
  readonly domainName: string;
  readonly aliases: readonly string[];
  /** True when viewers may speak HTTP/2 to it. */
  readonly http2: boolean;
  readonly httpVersion: string;
  /** ACM certificate for the aliases; undefined with CloudFront's default certificate. */
  readonly certificateArn?: string;
  readonly minimumTls: "TLSv1.2" | "TLSv1.3";
  /** True when viewers reach it over IPv6 too. */
  readonly ipv6?: true;
  /** In the order in which they are tried; the last one is the default and matches everything. */
  readonly behaviours: readonly Behaviour[];
  readonly origins: ReadonlyMap<string, Origin>;
  /** Object returned for `/`, without a slash; empty for none. */
  readonly defaultRootObject: string;
  /** Custom error responses by the origin's status. */
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
  /** Deliveries of its standard logs (v2) to buckets. */
  readonly logs: readonly EdgeLogDestination[];
  /** Countries whose viewers are admitted; absent: all. */
  readonly countries?: CountryRestriction;
  /** What viewers are asked for in the TLS handshake; absent: nothing. */
  readonly clientCertificates?: ClientCertificateCheck;
  /** True when it names a web ACL, which is not applied here. */
  readonly webAcl?: boolean;
}

/** A cache behaviour: which requests go to which origin, and what is forwarded. */
export interface Behaviour {
  readonly pathPattern: Pattern;
  /** The origin; of an origin group, its first member. */
  readonly originId: string;
  /** Set with an origin group: the second origin. */
  readonly failover?: Failover;
  readonly viewerProtocolPolicy: "allow-all" | "redirect-to-https" | "https-only";
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  /** `GrpcConfig.Enabled`: gRPC stays gRPC if AWS's other conditions hold as well. */
  readonly grpc: boolean;
  /** True when CloudFront compresses responses that the origin did not compress. */
  readonly compress: boolean;
  readonly cache: CachePolicy;
  readonly forwards: Forwarding;
  readonly responseHeaders: ResponseHeadersPolicy;
  readonly functions: {
    readonly viewerRequest?: EdgeFunction;
    readonly viewerResponse?: EdgeFunction;
    /** A function that gets requests and does not run here: its name or ARN. */
    readonly notRun?: string;
  };
}

/** The second member of an origin group, and when it is used. */
export interface Failover {
  readonly originId: string;
  readonly statusCodes: readonly number[];
}

/** How long responses are cached, in seconds, and under which key. */
export interface CachePolicy {
  readonly minSeconds: number;
  readonly defaultSeconds: number;
  /** 0: nothing is cached. */
  readonly maxSeconds: number;
  /** The parts of a request that are in the cache key, in addition to its path. */
  readonly key: Selections;
  /** True when Accept-Encoding is normalised and part of the key, for gzip and for Brotli. */
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** A set of names that a policy selects. Header names are lower case. */
export type Selection =
  | { readonly kind: "all" }
  | { readonly kind: "none" }
  | { readonly kind: "only"; readonly names: readonly string[] }
  | { readonly kind: "except"; readonly names: readonly string[] };

/** Which headers, cookies and query strings of a viewer's request. */
export interface Selections {
  /** Viewer headers; `host` in it means that the origin sees the viewer's Host. */
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queries: Selection;
}

/** The parts of a viewer's request that reach the origin. */
export interface Forwarding extends Selections {
  /** The CloudFront-* headers that are added. */
  readonly cloudfrontHeaders: Selection;
}

/** What a response headers policy does to every response. */
export interface ResponseHeadersPolicy {
  readonly set: readonly PolicyHeader[];
  /** Lower-case names of headers that are removed from the origin's response. */
  readonly remove: readonly string[];
  readonly cors?: CorsPolicy;
}

/** A header that a policy sets; without `override` the origin's value is kept. */
export interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

/** The CORS part of a response headers policy. */
export interface CorsPolicy {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposes: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds?: number;
  readonly override: boolean;
}

/** A CloudFront Function. */
export interface EdgeFunction {
  readonly name: string;
  readonly arn: string;
  /** JavaScript with a function `handler`. */
  readonly code: string;
  /** What it does; absent where only its author knows. */
  readonly front?: FrontFunction;
}

/** A custom error response. */
export interface ErrorPage {
  /** Page to answer with; absent: the origin's own error. */
  readonly path?: string;
  /** Status to answer with. */
  readonly status?: number;
  /** Minimum seconds for which the error is cached; absent: AWS's default. */
  readonly minSeconds?: number;
}

/** An origin of a distribution. */
export interface Origin {
  readonly id: string;
  readonly domainName: string;
  /** Prefix of every path; empty or `/something`. */
  readonly path: string;
  readonly customHeaders: readonly (readonly [name: string, value: string])[];
  readonly protocolPolicy: "http-only" | "https-only" | "match-viewer";
  /**
   * True where the program does not say how CloudFront calls the origin, and it is no bucket: AWS
   * refuses the distribution.
   */
  readonly unconfigured?: true;
  /** What CloudFront offers it over TLS. AWS's default is `http1.1`. */
  readonly httpVersion: OriginHttpVersion;
  /** True where CloudFront may use TLS 1.2 or later to it. */
  readonly tls12: boolean;
  /** Which of its addresses CloudFront connects to. @default "ipv4" */
  readonly addresses?: OriginAddresses;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly readSeconds: number;
  readonly keepAliveSeconds: number;
  readonly connectSeconds: number;
  /** How often CloudFront tries to connect. */
  readonly attempts: number;
  /** Set with a VPC origin: its load balancer, whatever the domain name is. */
  readonly loadBalancerArn?: string;
  /** True where CloudFront shows it a client certificate (origin mTLS). */
  readonly showsCertificate?: true;
  /** Set with an S3 bucket as origin. */
  readonly bucket?: BucketOrigin;
}

/** A bucket as an origin, and whether CloudFront signs its requests. */
interface BucketOrigin {
  /** Name of the bucket. */
  readonly name: string;
  /** True when an origin access control signs the requests. */
  readonly signed: boolean;
}

/** An S3 bucket that is an origin. */
export interface Bucket {
  readonly name: string;
  /** The policy as the program wrote it: JSON text or an object. */
  readonly policy?: unknown;
  /** True if the program does not create it: its policy is unknown. */
  readonly given: boolean;
  /** False when the bucket's public access block lets a policy admit everyone. */
  readonly privateOnly: boolean;
  readonly objects: ReadonlyMap<string, StoredObject>;
}

/** An object of a bucket, as the program uploads it. */
export interface StoredObject {
  readonly key: string;
  /** Source file, as the program wrote it; absent with `content`. */
  readonly file?: string;
  readonly content?: string | Buffer;
  /** The response headers from S3: Content-Type, Cache-Control, x-amz-meta-* and so on. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A delivery of a distribution's standard logs (v2) to a bucket. */
export interface EdgeLogDestination {
  readonly bucket: string;
  /** Key prefix given in the destination's ARN, without slashes around it. */
  readonly prefix: string;
  readonly format: "w3c" | "json" | "plain" | "raw";
  /** The separator between fields of the text formats. */
  readonly delimiter: string;
  /** E.g. `{DistributionId}/{yyyy}/{MM}/{dd}/{HH}`. */
  readonly suffixPath: string;
  readonly hivePaths: boolean;
  /** Fields in the order of the records; empty for AWS's own choice. */
  readonly fields: readonly string[];
}
