/** CloudFront as plain data: the part of the topology in front of load balancers and buckets. */
import type { Pattern } from "./types";

/** A CloudFront distribution. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  /** Its own name, `d111111abcdef8.cloudfront.net`. */
  readonly domainName: string;
  readonly aliases: readonly string[];
  /** True when viewers may speak HTTP/2 to it. */
  readonly http2: boolean;
  readonly httpVersion: string;
  /** ACM certificate for the aliases; undefined with CloudFront's own certificate. */
  readonly certificateArn?: string;
  readonly minimumTls: "TLSv1.2" | "TLSv1.3";
  /** In the order they are tried; the last one is the default and matches everything. */
  readonly behaviours: readonly Behaviour[];
  readonly origins: ReadonlyMap<string, Origin>;
  /** Object that `/` stands for, without a slash; empty for none. */
  readonly defaultRootObject: string;
  /** Custom error responses by the status that they are about. */
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
  /** Deliveries of its standard logs (v2) to buckets. */
  readonly logs: readonly EdgeLogDelivery[];
  /** True when it names a web ACL, which is not applied here. */
  readonly webAcl?: boolean;
}

/** A cache behaviour: which requests, to which origin, with what of the viewer's request. */
export interface Behaviour {
  readonly pathPattern: Pattern;
  /** The origin; of an origin group, its first member. */
  readonly originId: string;
  /** Set with an origin group: who is asked next. */
  readonly failover?: Failover;
  readonly viewerProtocolPolicy: "allow-all" | "redirect-to-https" | "https-only";
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  /** `GrpcConfig.Enabled`: gRPC requests go on as gRPC where AWS's other conditions hold too. */
  readonly grpc: boolean;
  /** True when CloudFront compresses what the origin did not. */
  readonly compress: boolean;
  readonly cache: CachePolicy;
  readonly forwards: Forwarding;
  readonly responseHeaders: ResponseHeadersPolicy;
  readonly functions: {
    readonly viewerRequest?: EdgeFunction;
    readonly viewerResponse?: EdgeFunction;
  };
}

/** The second member of an origin group, and when it is asked. */
export interface Failover {
  readonly originId: string;
  readonly statusCodes: readonly number[];
}

/** How long, and by what of a request, answers are kept. Seconds. */
export interface CachePolicy {
  readonly minSeconds: number;
  readonly defaultSeconds: number;
  /** 0: nothing is kept. */
  readonly maxSeconds: number;
  /** What of a request tells cached answers apart, besides its path. */
  readonly key: Selections;
  /** True when Accept-Encoding is normalised and part of the key, for gzip and for Brotli. */
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** A set of names that a policy lets through. Names of headers are lower case. */
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

/** What of a viewer's request reaches the origin. */
export interface Forwarding extends Selections {
  /** True when CloudFront-* headers are added. */
  readonly cloudfrontHeaders: boolean;
}

/** What a response headers policy does to every answer. */
export interface ResponseHeadersPolicy {
  readonly set: readonly PolicyHeader[];
  /** Lower-case names of headers taken out of the origin's answer. */
  readonly remove: readonly string[];
  readonly cors?: CorsPolicy;
}

/** A header that a policy sets; without `override` the origin's own stays. */
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
}

/** A custom error response. */
export interface ErrorPage {
  /** Page to answer with; absent: the origin's own error. */
  readonly path?: string;
  /** Status to answer with. */
  readonly status?: number;
  /** Seconds that the error is kept at least; absent: AWS's default. */
  readonly minSeconds?: number;
}

/** An origin of a distribution. */
export interface Origin {
  readonly id: string;
  readonly domainName: string;
  /** Put before every path; empty or `/something`. */
  readonly path: string;
  readonly customHeaders: readonly (readonly [name: string, value: string])[];
  readonly protocolPolicy: "http-only" | "https-only" | "match-viewer";
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly readSeconds: number;
  readonly keepAliveSeconds: number;
  readonly connectSeconds: number;
  /** How often CloudFront tries to connect. */
  readonly attempts: number;
  /** Set with a VPC origin: the load balancer it ends at, whatever the domain name says. */
  readonly loadBalancerArn?: string;
  /** Set with an S3 bucket as origin. */
  readonly bucket?: BucketOrigin;
}

/** A bucket as an origin, and as whom CloudFront asks it. */
interface BucketOrigin {
  /** Name of the bucket. */
  readonly name: string;
  /** True when an origin access control signs the requests. */
  readonly signed: boolean;
}

/** An S3 bucket that an origin names. */
export interface Bucket {
  readonly name: string;
  /** The policy as the program wrote it: JSON text or an object. */
  readonly policy?: unknown;
  /** True for one that the program does not make: what its policy says is not known. */
  readonly given: boolean;
  /** False when the bucket's public access block lets a policy admit everyone. */
  readonly privateOnly: boolean;
  readonly objects: ReadonlyMap<string, StoredObject>;
}

/** An object of a bucket, as the program uploads it. */
export interface StoredObject {
  readonly key: string;
  /** File it comes from, as the program wrote it; absent where `content` is given. */
  readonly file?: string;
  readonly content?: string | Buffer;
  /** What S3 answers with besides the body: Content-Type, Cache-Control, x-amz-meta-* and so on. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A delivery of a distribution's standard logs (v2) to a bucket. */
export interface EdgeLogDelivery {
  readonly bucket: string;
  /** Key prefix given in the destination's ARN, without slashes around it. */
  readonly prefix: string;
  readonly format: "w3c" | "json" | "plain" | "raw";
  /** What stands between the fields of the text formats. */
  readonly delimiter: string;
  /** E.g. `{DistributionId}/{yyyy}/{MM}/{dd}/{HH}`. */
  readonly suffixPath: string;
  readonly hivePaths: boolean;
  /** Fields in the order of the records; empty for AWS's own choice. */
  readonly fields: readonly string[];
}
