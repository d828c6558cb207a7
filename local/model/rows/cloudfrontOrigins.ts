/** Rules about a distribution's origins. */
import { isForbiddenOriginHeader, originLimits as limits } from "../../../path/cloudfront";
import { sources } from "../../../path/sources";
import { isS3Domain } from "../../../topology/buckets";
import { bagsAt, numberAt, textAt, textsAt } from "../props";
import { maxLength, oneOf, range, InputRule, unique, when } from "../rules";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
export const originPage = `${guide}/DownloadDistValuesOrigin.html`;
const headersPage = `${guide}/add-origin-custom-headers.html`;

const {
  readSeconds: read,
  keepAliveSeconds: keepAlive,
  connectionSeconds: connect,
  connectionAttempts: attempts,
} = limits;

const isOriginPort = (port: number): boolean =>
  port === 80 || port === 443 || (port >= limits.port.min && port <= limits.port.max);

/** What a custom origin and a VPC origin have in common. */
const common = (config: string): InputRule[] => [
  range(`origins[].${config}.originReadTimeout`, read.min, read.max, {
    code: "InvalidOriginReadTimeout",
    source: originPage,
  }),
  range(`origins[].${config}.originKeepaliveTimeout`, keepAlive.min, keepAlive.max, {
    code: "InvalidOriginKeepaliveTimeout",
    source: originPage,
  }),
  oneOf(`origins[].${config}.originHttpVersion`, ["http1.1", "http2"], {
    source: sources.edgeOriginHttpVersion,
  }),
];

export const originRules: InputRule[] = [
  when((inputs) => Array.isArray(inputs.origins) && inputs.origins.length === 0, "origins", {
    code: "InvalidArgument",
    say: "A distribution has at least one origin.",
    source: originPage,
  }),
  unique("origins[].originId", { code: "InvalidArgument", source: originPage }),
  when(
    (inputs) =>
      bagsAt(inputs, "origins").some(
        (o) => ["customOriginConfig", "vpcOriginConfig"].filter((c) => c in o).length > 1,
      ),
    "origins",
    {
      code: "InvalidOrigin",
      say: "An origin is a custom origin or a VPC origin, not both.",
      source: originPage,
    },
  ),
  when(
    (inputs) =>
      bagsAt(inputs, "origins")
        .filter((o) => !("customOriginConfig" in o) && !("vpcOriginConfig" in o))
        .map((o) => textAt(o, "domainName"))
        .some((name) => name !== undefined && !isS3Domain(name)),
    "origins",
    {
      code: "InvalidArgument",
      say: "The parameter Origin DomainName does not refer to a valid S3 bucket.",
      source: originPage,
    },
  ),
  range("origins[].connectionAttempts", attempts.min, attempts.max, { source: originPage }),
  range("origins[].connectionTimeout", connect.min, connect.max, { source: originPage }),
  ...common("customOriginConfig"),
  ...common("vpcOriginConfig"),
  when(
    (inputs) =>
      bagsAt(inputs, "origins").some((o) => {
        const all = numberAt(o, "responseCompletionTimeout") ?? 0;
        const config = "vpcOriginConfig" in o ? "vpcOriginConfig" : "customOriginConfig";
        const first = numberAt(o, `${config}.originReadTimeout`) ?? read.default;
        return config in o && all !== 0 && all < first;
      }),
    "origins[].responseCompletionTimeout",
    {
      code: "InvalidArgument",
      say: "responseCompletionTimeout is the origin's originReadTimeout or more, or 0 for no limit.",
      source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html",
    },
  ),
  oneOf(
    "origins[].customOriginConfig.originProtocolPolicy",
    ["http-only", "https-only", "match-viewer"],
    { source: originPage },
  ),
  oneOf(
    "origins[].customOriginConfig.originSslProtocols[]",
    ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"],
    { source: originPage },
  ),
  when(
    (inputs) =>
      [...bagsAt(inputs, "origins")]
        .flatMap((o) => [
          numberAt(o, "customOriginConfig.httpPort"),
          numberAt(o, "customOriginConfig.httpsPort"),
        ])
        .some((port) => port !== undefined && !isOriginPort(port)),
    "origins",
    {
      code: "InvalidArgument",
      say: "Ports of an origin are 80, 443, or 1024 to 65535.",
      source: originPage,
    },
  ),
  maxLength("origins[].customHeaders[].name", limits.customHeaderNameLength, {
    code: "HeaderNameTooLong",
    source: headersPage,
  }),
  maxLength("origins[].customHeaders[].value", limits.customHeaderValueLength, {
    code: "HeaderValueTooLong",
    source: headersPage,
    message: () => "A custom header's value is longer than 1783 characters.",
  }),
  when(
    (inputs) =>
      textsAt(inputs, "origins[].customHeaders[].name").find((name) =>
        isForbiddenOriginHeader(name),
      ),
    "origins[].customHeaders",
    {
      code: "InvalidArgument",
      message: (name) => `The parameter HeaderName contains ${name} that is not allowed.`,
      source: headersPage,
    },
  ),
  when(
    (inputs) =>
      bagsAt(inputs, "origins").some(
        (o) => bagsAt(o, "customHeaders").length > limits.customHeaders,
      ),
    "origins[].customHeaders",
    {
      code: "TooManyOriginCustomHeaders",
      say: "Your request contains too many origin custom headers: at most 30.",
      source: headersPage,
    },
  ),
];
