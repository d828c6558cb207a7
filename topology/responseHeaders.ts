/**
 * What CloudFront does to the headers of every response: managed response headers policies by id,
 * and the program's own policies.
 */
import { managedResponseHeadersPolicies } from "../path/cloudfront";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  blocks,
  boolean,
  merged,
  number,
  text,
  texts,
} from "./props";
import { type Props } from "./resource";
import type { CorsPolicy, PolicyHeader, ResponseHeadersPolicy } from "./types";
import { token } from "./tokens";

const nothing: ResponseHeadersPolicy = { set: [], remove: [] };

const securityHeaders: readonly PolicyHeader[] = [
  { name: "Referrer-Policy", value: "strict-origin-when-cross-origin", override: false },
  { name: "Strict-Transport-Security", value: "max-age=31536000", override: false },
  { name: "X-Content-Type-Options", value: "nosniff", override: true },
  { name: "X-Frame-Options", value: "SAMEORIGIN", override: false },
  { name: "X-XSS-Protection", value: "1; mode=block", override: false },
];
const simpleCors: CorsPolicy = {
  origins: ["*"],
  methods: [],
  headers: [],
  exposes: [],
  credentials: false,
  override: false,
};
const corsWithPreflight: CorsPolicy = {
  ...simpleCors,
  methods: ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"],
  exposes: ["*"],
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const managed: Readonly<Record<string, ResponseHeadersPolicy>> = {
  [managedResponseHeadersPolicies.SecurityHeadersPolicy]: { ...nothing, set: securityHeaders },
  /** SimpleCORS */
  "60669652-455b-4ae9-85a4-c4c02393f86c": { ...nothing, cors: simpleCors },
  /** CORS-and-SecurityHeadersPolicy */
  "e61eb60c-9c35-4d20-a928-2b84e02af89c": {
    ...nothing,
    set: securityHeaders,
    cors: simpleCors,
  },
  /** CORS-With-Preflight */
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd": { ...nothing, cors: corsWithPreflight },
  /** CORS-with-preflight-and-SecurityHeadersPolicy */
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63": {
    ...nothing,
    set: securityHeaders,
    cors: corsWithPreflight,
  },
};

/** The policy of a behaviour; none, with a note, if its id is unknown. */
export function readResponseHeaders(
  behaviour: Props,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): ResponseHeadersPolicy {
  const id = text(behaviour, "responseHeadersPolicyId") ?? "";
  if (id === "") return nothing;
  const own = inventory.find(token.responseHeadersPolicy, id);
  const policy = managed[id] ?? (own && ownPolicy(merged(own)));
  if (policy) return policy;
  findings.note(
    `The response headers policy ${id} of ${where} is neither a managed policy known here nor one of the program's: it is not applied.`,
  );
  return nothing;
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html */
function ownPolicy(policy: Props): ResponseHeadersPolicy {
  const custom = blocks(block(policy, "customHeadersConfig") ?? {}, "items").map((item) => ({
    name: text(item, "header") ?? "",
    value: text(item, "value") ?? "",
    override: boolean(item, "override") ?? false,
  }));
  const remove = blocks(block(policy, "removeHeadersConfig") ?? {}, "items");
  const cors = block(policy, "corsConfig");
  return {
    set: [...ownSecurity(block(policy, "securityHeadersConfig") ?? {}), ...custom],
    remove: remove.map((item) => (text(item, "header") ?? "").toLowerCase()),
    ...(cors && { cors: ownCors(cors) }),
  };
}

function ownSecurity(config: Props): PolicyHeader[] {
  const header = (
    key: string,
    name: string,
    value: (part: Props) => string | undefined,
  ): PolicyHeader[] => {
    const part = block(config, key);
    const written = part && value(part);
    if (part === undefined || written === undefined) return [];
    return [{ name, value: written, override: boolean(part, "override") ?? false }];
  };
  return [
    ...header("contentSecurityPolicy", "Content-Security-Policy", (part) =>
      text(part, "contentSecurityPolicy"),
    ),
    ...header("contentTypeOptions", "X-Content-Type-Options", () => "nosniff"),
    ...header("frameOptions", "X-Frame-Options", (part) => text(part, "frameOption")),
    ...header("referrerPolicy", "Referrer-Policy", (part) => text(part, "referrerPolicy")),
    ...header("strictTransportSecurity", "Strict-Transport-Security", (part) =>
      [
        `max-age=${number(part, "accessControlMaxAgeSec") ?? 0}`,
        ...(boolean(part, "includeSubdomains") === true ? ["includeSubDomains"] : []),
        ...(boolean(part, "preload") === true ? ["preload"] : []),
      ].join("; "),
    ),
    ...header("xssProtection", "X-XSS-Protection", (part) => {
      if (boolean(part, "protection") !== true) return "0";
      const report = text(part, "reportUri");
      const mode = boolean(part, "modeBlock") === true ? "; mode=block" : "";
      return `1${mode}${report === undefined ? "" : `; report=${report}`}`;
    }),
  ];
}

function ownCors(config: Props): CorsPolicy {
  const items = (key: string): string[] => texts(block(config, key) ?? {}, "items");
  const methods = items("accessControlAllowMethods");
  return {
    origins: items("accessControlAllowOrigins"),
    methods: methods.includes("ALL") ? corsWithPreflight.methods : methods,
    headers: items("accessControlAllowHeaders"),
    exposes: items("accessControlExposeHeaders"),
    credentials: boolean(config, "accessControlAllowCredentials") ?? false,
    maxAgeSeconds: number(config, "accessControlMaxAgeSec"),
    override: boolean(config, "originOverride") ?? false,
  };
}
