/**
 * Settings of a bucket with a resource each: public access block, object ownership, versioning,
 * lifecycle, encryption. A bucket has one of each, identified by the bucket's name.
 */
import type { LocalResource } from "../types";
import { bagAt, bagsAt, isKnown, numberAt, textAt } from "../props";
import { others, ResourceModel, AccountView } from "../row";
import { maxLength, oneOf, range, InputRule, unique, when } from "../rules";
import { token } from "../../../topology/tokens";
import { hasGrant } from "./s3";

const guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const api = "https://docs.aws.amazon.com/AmazonS3/latest/API";
const lifecyclePage = `${api}/API_PutBucketLifecycleConfiguration.html`;

/** The setting of a type that a bucket has, if the program made one. */
export const settingOf = (
  account: AccountView,
  type: string,
  bucket: string,
): LocalResource | undefined => account.all(type).find((setting) => setting.id === bucket);

/** In AWS the second one replaces the first one silently, so the program is wrong. */
function refuseSecond(type: string): NonNullable<ResourceModel["refuse"]> {
  const kind = type.split(":").pop() ?? "";
  return (candidate, account) =>
    others(candidate, account)
      .filter((other) => other.id === candidate.inputs.bucket && other.urn !== candidate.urn)
      .map((other) => ({
        code: "ConflictingBucketSetting",
        message: `The bucket '${other.id}' has one ${kind} already, '${other.name}': each would undo the other.`,
        property: "bucket",
        source: `https://www.pulumi.com/registry/packages/aws/api-docs/s3/${kind.toLowerCase()}/`,
      }));
}

/** A resource that sets one thing on a bucket. */
export function bucketSetting(type: string, row: Partial<ResourceModel>): ResourceModel {
  return {
    type,
    ...row,
    required: ["bucket", ...(row.required ?? [])],
    references: [
      {
        property: "bucket",
        type: token.bucket,
        code: "NoSuchBucket",
        message: (name) => `The specified bucket does not exist: ${name}`,
        source: `${api}/ErrorResponses.html`,
      },
    ],
    refuse: (candidate, account) => [
      ...refuseSecond(type)(candidate, account),
      ...(row.refuse?.(candidate, account) ?? []),
    ],
    replaceOn: ["bucket", "region"],
    outputs: (candidate) => ({ id: String(candidate.inputs.bucket) }),
  };
}

export const publicAccessBlock: ResourceModel = bucketSetting(token.publicAccessBlock, {
  defaults: () => ({
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  }),
  rules: [],
});

export const ownershipControls: ResourceModel = bucketSetting(token.ownershipControls, {
  required: ["rule", "rule.objectOwnership"],
  rules: [
    oneOf("rule.objectOwnership", ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"], {
      code: "MalformedXML",
      source: `${guide}/about-object-ownership.html`,
    }),
  ],
  refuse: ({ inputs }, account) => {
    const bucket = textAt(inputs, "bucket") ?? "";
    if (textAt(inputs, "rule.objectOwnership") !== "BucketOwnerEnforced") return [];
    if (!hasGrant(account, bucket)) return [];
    const message = `Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting: CloudFront's legacy logs left a grant on ${bucket}.`;
    const source = `${guide}/object-ownership-migrating-acls-prerequisites.html`;
    const property = "rule.objectOwnership";
    return [{ code: "InvalidBucketAclWithObjectOwnership", message, property, source }];
  },
});

export const bucketVersioning: ResourceModel = bucketSetting(token.bucketVersioning, {
  required: ["versioningConfiguration", "versioningConfiguration.status"],
  rules: [
    oneOf("versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"], {
      code: "MalformedXML",
      source: `${guide}/Versioning.html`,
    }),
  ],
});

export const encryption: ResourceModel = bucketSetting(token.bucketEncryption, {
  required: ["rules"],
  rules: [
    oneOf(
      "rules[].applyServerSideEncryptionByDefault.sseAlgorithm",
      ["AES256", "aws:kms", "aws:kms:dsse"],
      {
        code: "MalformedXML",
        source: `${api}/API_PutBucketEncryption.html`,
      },
    ),
    when(
      (inputs) =>
        bagsAt(inputs, "rules")
          .map((rule) => bagAt(rule, "applyServerSideEncryptionByDefault"))
          .some((d) => d.sseAlgorithm === "AES256" && isKnown(d.kmsMasterKeyId)),
      "rules",
      {
        code: "InvalidArgument",
        say: "A KMS key goes with aws:kms, not with AES256.",
        source: `${api}/API_PutBucketEncryption.html`,
      },
    ),
  ],
});

const actions = [
  ...["expiration", "transitions", "noncurrentVersionExpiration"],
  ...["noncurrentVersionTransitions", "abortIncompleteMultipartUpload"],
];

/** Days that objects have to be old before they move to these classes. */
const earliest: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

export const lifecycle: ResourceModel = bucketSetting(token.bucketLifecycle, {
  rules: [
    ...["rules[].id", "rules[].status"].map(
      (path): InputRule =>
        (inputs) =>
          bagsAt(inputs, "rules").flatMap((rule, i) => {
            const key = path.replace("rules[].", "");
            if (key in rule) return [];
            const property = `rules[${i}].${key}`;
            const message = `Missing required property '${property}'.`;
            return [{ code: "MissingRequiredProperty", message, property }];
          }),
    ),
    oneOf("rules[].status", ["Enabled", "Disabled"], {
      code: "MalformedXML",
      source: lifecyclePage,
    }),
    unique("rules[].id", { code: "InvalidArgument", source: lifecyclePage }),
    maxLength("rules[].id", 255, { code: "InvalidArgument", source: lifecyclePage }),
    ...["expiration.days", "noncurrentVersionExpiration.noncurrentDays"].map((path) =>
      range(`rules[].${path}`, 1, 2 ** 31 - 1, {
        code: "InvalidArgument",
        message: () => "'Days' for Expiration action must be a positive integer",
        source: lifecyclePage,
      }),
    ),
    when(
      (inputs) => bagsAt(inputs, "rules").some((rule) => !actions.some((action) => action in rule)),
      "rules",
      {
        code: "InvalidRequest",
        say: "At least one action needs to be specified in a rule.",
        source: lifecyclePage,
      },
    ),
    when(
      (inputs) =>
        bagsAt(inputs, "rules")
          .flatMap((rule) => bagsAt(rule, "transitions"))
          .some(
            (move) =>
              (numberAt(move, "days") ?? 999) < (earliest[textAt(move, "storageClass") ?? ""] ?? 0),
          ),
      "rules",
      {
        code: "InvalidArgument",
        say: "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
        source: `${guide}/lifecycle-transition-general-considerations.html`,
      },
    ),
    when(
      (inputs) =>
        bagsAt(inputs, "rules").some((rule) => {
          const end = numberAt(rule, "expiration.days");
          return bagsAt(rule, "transitions").some(
            (move) => (numberAt(move, "days") ?? 0) >= (end ?? Infinity),
          );
        }),
      "rules",
      {
        code: "InvalidArgument",
        say: "'Days' in the Expiration action must be greater than 'Days' in the Transition action",
        source: lifecyclePage,
      },
    ),
  ],
});
