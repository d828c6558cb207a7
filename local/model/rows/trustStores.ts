/** Trust stores of load balancers and of CloudFront, and what AWS refuses of the settings that name them. */
import { trustLimits } from "../../../path/clientCertificates";
import { arn, arnsOf, regionOfArn } from "../ids";
import { bagsAt, textAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { behaviours } from "./cloudfrontViewers";
import { type InputRule, matchesPattern, oneOf, when } from "../rules";
import type { LocalResource, Props, Refusal } from "../types";
import { token } from "../../../topology/tokens";

const albGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const albPage = `${albGuide}/mutual-authentication.html`;
const albApi = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const edgeGuide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
const storePage = `${edgeGuide}/trust-stores-certificate-management.html`;
const enablePage = `${edgeGuide}/enable-mtls-distributions.html`;

/** The bundle's bucket, if the program makes it. */
const bucketAt = (property: string) => ({
  property,
  type: token.bucket,
  code: "S3BucketNotFound",
  sameRegion: false,
  message: (value: string) => `The S3 bucket does not exist: ${value}`,
});

const usersOf = (
  { id }: LocalResource,
  account: AccountView,
  type: string,
  at: string,
): readonly LocalResource[] =>
  account.all(type).filter(({ outputs }) => textAt(outputs, at) === id);

function nameTaken(candidate: Candidate, account: AccountView): Refusal[] {
  const name = textAt(candidate.inputs, "name");
  return others(candidate, account).some(({ outputs }) => textAt(outputs, "name") === name)
    ? [
        {
          code: "DuplicateTrustStoreName",
          message: `A trust store with the name '${name ?? ""}' already exists.`,
          property: "name",
          source: `${albApi}/API_CreateTrustStore.html`,
        },
      ]
    : [];
}

export const trustStore: ResourceModel = {
  type: token.trustStore,
  required: ["caCertificatesBundleS3Bucket", "caCertificatesBundleS3Key"],
  autoName: { property: "name", maxLength: 32 },
  rules: [
    matchesPattern(
      "name",
      /^(?=.{1,32}$)([a-zA-Z0-9]+-)*[a-zA-Z0-9]+$/,
      "a name of at most 32 letters, digits and hyphens, with none at its ends",
      { source: `${albApi}/API_CreateTrustStore.html` },
    ),
  ],
  references: [bucketAt("caCertificatesBundleS3Bucket")],
  refuse: nameTaken,
  replaceOn: ["name", "region"],
  outputs: (candidate, account) => {
    const name = textAt(candidate.inputs, "name") ?? "";
    const suffix = `truststore/${name}/${candidate.hex(16)}`;
    const id = arn("elasticloadbalancing", candidate.region, account.accountId, suffix);
    return { id, arn: id, arnSuffix: suffix };
  },
  inUse: (store, account) =>
    usersOf(store, account, token.listener, "mutualAuthentication.trustStoreArn").length === 0
      ? []
      : [
          {
            code: "TrustStoreInUse",
            message: `Trust store '${store.id}' is currently in use by a listener.`,
            source: `${albApi}/API_DeleteTrustStore.html`,
          },
        ],
  outside: {
    id: arnsOf("elasticloadbalancing", "truststore/"),
    outputs: (id) => ({ arn: id, region: regionOfArn(id) }),
  },
};

export const trustStoreRevocation: ResourceModel = {
  type: token.trustStoreRevocation,
  required: ["trustStoreArn", "revocationsS3Bucket", "revocationsS3Key"],
  references: [trustStoreAt("trustStoreArn", albPage), bucketAt("revocationsS3Bucket")],
  replaceOn: ["*"],
  outputs: (candidate, account) => {
    const revocationId = account.next(
      `revocation of ${textAt(candidate.inputs, "trustStoreArn") ?? ""}`,
    );
    return {
      id: `${textAt(candidate.inputs, "trustStoreArn") ?? ""},${revocationId}`,
      revocationId,
    };
  },
};

/** A property that names a load balancer's trust store. */
export function trustStoreAt(property: string, source: string) {
  return {
    property,
    type: token.trustStore,
    code: "TrustStoreNotFound",
    source,
    message: (id: string) => `Trust store '${id}' not found`,
  };
}

const source = "caCertificatesBundleSource.caCertificatesBundleS3Location";

export const edgeTrustStore: ResourceModel = {
  type: token.edgeTrustStore,
  required: [source, `${source}.bucket`, `${source}.key`, `${source}.region`],
  autoName: { property: "name", maxLength: 64 },
  rules: [
    matchesPattern(`${source}.region`, /^[a-z]{2}-[a-z]+-\d$/, "a region", {
      code: "InvalidArgument",
      source: storePage,
    }),
  ],
  references: [bucketAt(`${source}.bucket`)],
  replaceOn: ["name"],
  outputs: (candidate, account) => {
    const id = `ts_${candidate.hex(27)}`;
    return {
      id,
      arn: arn("cloudfront", "", account.accountId, `trust-store/${id}`),
      etag: `E${candidate.hex(13).toUpperCase()}`,
    };
  },
  inUse: (store, account) => {
    const at = "viewerMtlsConfig.trustStoreConfig.trustStoreId";
    const users = usersOf(store, account, token.distribution, at);
    if (users.length === 0) return [];
    const message = `The trust store ${store.id} is used by ${users.map(({ id }) => id).join(", ")}.`;
    return [{ code: "CannotDeleteEntityWhileInUse", message, source: storePage }];
  },
};

const mutual = "mutualAuthentication";
const verifies = (inputs: Props): boolean => textAt(inputs, `${mutual}.mode`) === "verify";

/** Of a listener's `mutualAuthentication`. */
export const listenerCertificateRules: readonly InputRule[] = [
  oneOf(`${mutual}.mode`, ["off", "passthrough", "verify"], { source: albPage }),
  oneOf(`${mutual}.advertiseTrustStoreCaNames`, ["off", "on"], { source: albPage }),
  when(
    (inputs) =>
      textAt(inputs, "protocol") === "HTTP" &&
      ["passthrough", "verify"].includes(textAt(inputs, `${mutual}.mode`) ?? ""),
    mutual,
    { say: "Mutual authentication needs an HTTPS listener.", source: albPage },
  ),
  when((inputs) => verifies(inputs) && !given(inputs, "trustStoreArn"), `${mutual}.trustStoreArn`, {
    say: "A trust store must be specified for the mode verify.",
    source: `${albGuide}/configuring-mtls-with-elb.html`,
  }),
  when(
    (inputs) =>
      ["off", "passthrough"].includes(textAt(inputs, `${mutual}.mode`) ?? "") &&
      given(inputs, "trustStoreArn"),
    `${mutual}.trustStoreArn`,
    { say: "A trust store can be specified for the mode verify only.", source: albPage },
  ),
];

const given = (inputs: Props, name: string): boolean =>
  bagsAt(inputs, mutual).some((bag) => bag[name] !== undefined && bag[name] !== "");

/** "Number of listeners using mTLS in verify mode, per load balancer: 2", which AWS does not raise. */
export function refuseThirdVerifying(
  { inputs }: Candidate,
  siblings: readonly LocalResource[],
): Refusal[] {
  const others = siblings.filter(({ outputs }) => verifies(outputs)).length;
  if (!verifies(inputs) || others < trustLimits.verifyingListeners) return [];
  return [
    {
      code: "InvalidConfigurationRequest",
      message: `A load balancer has at most ${trustLimits.verifyingListeners} listeners that verify client certificates.`,
      property: `${mutual}.mode`,
      source: `${albGuide}/load-balancer-limits.html`,
    },
  ];
}

const viewer = "viewerMtlsConfig";
const asksViewers = (inputs: Props): boolean => bagsAt(inputs, viewer).length > 0;

/** Of a distribution's `viewerMtlsConfig`. */
export const viewerCertificateRules: readonly InputRule[] = [
  oneOf(`${viewer}.mode`, ["required", "optional", "passthrough"], {
    code: "InvalidArgument",
    source: `${edgeGuide}/mtls-validation-modes.html`,
  }),
  when(
    (inputs) =>
      asksViewers(inputs) &&
      textAt(inputs, `${viewer}.mode`) !== "passthrough" &&
      textAt(inputs, `${viewer}.trustStoreConfig.trustStoreId`) === undefined,
    `${viewer}.trustStoreConfig`,
    {
      code: "InvalidArgument",
      say: "Verifying viewers' certificates needs a trust store.",
      source: enablePage,
    },
  ),
  when(
    (inputs) => asksViewers(inputs) && (textAt(inputs, "httpVersion") ?? "").includes("3"),
    "httpVersion",
    {
      code: "InvalidArgument",
      say: "Client certificates of viewers are not supported with HTTP/3: use http2 or http1.1.",
      source: enablePage,
    },
  ),
  when(
    (inputs) =>
      asksViewers(inputs) &&
      behaviours(inputs).some(
        (behaviour) => textAt(behaviour, "viewerProtocolPolicy") === "allow-all",
      ),
    "defaultCacheBehavior.viewerProtocolPolicy",
    {
      code: "InvalidArgument",
      say: "With client certificates of viewers every behavior is redirect-to-https or https-only.",
      source: enablePage,
    },
  ),
];

export const edgeTrustStoreReference = {
  property: `${viewer}.trustStoreConfig.trustStoreId`,
  type: token.edgeTrustStore,
  sameRegion: false,
  code: "EntityNotFound",
  source: storePage,
  message: (id: string) => `The trust store ${id} does not exist.`,
};
