/** Buckets and what is set on them. */
import { token } from "../../../../topology/tokens";
import { make } from "../scene";
import type { Case } from "./case";

const named = (what: string, bucket: string, says: RegExp): Case => ({
  what,
  type: token.bucket,
  wrong: () => ({ bucket }),
  code: "InvalidBucketName",
  says,
});

const statement = (values: object): Record<string, unknown> => ({
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "x.amazonaws.com" }, Action: "s3:PutObject" },
    ].map((s) => ({ ...s, ...values })),
  }),
});

const settings = [
  ...[token.bucketPolicy, token.publicAccessBlock, token.ownershipControls],
  ...[token.bucketVersioning, token.bucketLifecycle, token.bucketEncryption],
];

const own = (s: { ids: Readonly<Record<string, string>> }) => `arn:aws:s3:::${s.ids.bucket ?? ""}`;

const about = (s: { ids: Readonly<Record<string, string>> }) =>
  statement({ Resource: `arn:aws:s3:::${s.ids.otherBucket ?? ""}/*` });

export const s3: readonly Case[] = [
  named("a bucket's name of two characters", "ab", /3 to 63/),
  named("a bucket's name of 64 characters", "a".repeat(64), /3 to 63/),
  named("a bucket's name in capitals", "Logs", /lower-case/),
  named("a bucket's name with an underscore", "web_logs", /lower-case/),
  named("a bucket's name that ends with a hyphen", "logs-", /letter or a digit/),
  named("a bucket's name with two dots in a row", "a..b", /two dots/),
  named("a bucket's name like an address", "192.168.5.4", /IP address/),
  named("a bucket's name with AWS's prefix", "xn--logs", /prefixes/),
  named("a bucket's name with AWS's suffix", "logs--x-s3", /suffixes/),
  {
    what: "a name that another bucket has in another region",
    type: token.bucket,
    wrong: (s) => ({ bucket: s.ids.bucket, region: "us-west-2" }),
    code: "BucketAlreadyOwnedByYou",
  },
  {
    what: "an ACL on a bucket that has them off",
    type: token.bucket,
    wrong: () => ({ acl: "log-delivery-write" }),
    code: "AccessControlListNotSupported",
  },
  ...settings.flatMap((type): Case[] => [
    {
      what: "for a bucket that is not there",
      type,
      wrong: () => ({ bucket: "no" }),
      code: "NoSuchBucket",
    },
    {
      what: "a second one for the same bucket",
      type,
      wrong: (s) => {
        const other = {
          bucket: s.ids.otherBucket,
          ...(type === token.bucketPolicy ? about(s) : {}),
        };
        make(s.account, type, "first", { ...s.valid(type), ...other });
        return other;
      },
      code: "ConflictingBucketSetting",
    },
    {
      what: "in another region than its bucket",
      type,
      wrong: () => ({ region: "us-west-2" }),
      code: "NoSuchBucket",
      says: /It is in eu-west-1, and this resource in us-west-2/,
    },
  ]),
  {
    what: "a policy that is no JSON",
    type: token.bucketPolicy,
    wrong: () => ({ policy: "{" }),
    code: "MalformedPolicy",
  },
  {
    what: "a policy without a statement",
    type: token.bucketPolicy,
    wrong: () => ({ policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) }),
    code: "MalformedPolicy",
    says: /Statement/,
  },
  {
    what: "a statement without a principal",
    type: token.bucketPolicy,
    wrong: (s) => statement({ Resource: `${own(s)}/*`, Principal: undefined }),
    code: "MalformedPolicy",
    says: /Principal/,
  },
  {
    what: "a statement without an action",
    type: token.bucketPolicy,
    wrong: (s) => statement({ Resource: `${own(s)}/*`, Action: undefined }),
    code: "MalformedPolicy",
    says: /Action/,
  },
  {
    what: "a statement without an effect",
    type: token.bucketPolicy,
    wrong: (s) => statement({ Resource: `${own(s)}/*`, Effect: "allow" }),
    code: "MalformedPolicy",
    says: /Effect/,
  },
  {
    what: "a statement without a resource",
    type: token.bucketPolicy,
    wrong: () => statement({}),
    code: "MalformedPolicy",
    says: /Resource/,
  },
  {
    what: "a statement about another bucket",
    type: token.bucketPolicy,
    wrong: (s) => statement({ Resource: `${own(s)}-other/*` }),
    code: "MalformedPolicy",
    says: /invalid resource/,
  },
  {
    what: "a public policy while public policies are blocked",
    type: token.bucketPolicy,
    wrong: (s) => {
      make(s.account, token.publicAccessBlock, "block", {
        bucket: s.ids.bucket,
        blockPublicPolicy: true,
      });
      return statement({ Resource: `${own(s)}/*`, Principal: "*" });
    },
    code: "AccessDenied",
    says: /BlockPublicPolicy/,
  },
  {
    what: "an ownership that does not exist",
    type: token.ownershipControls,
    wrong: () => ({ "rule.objectOwnership": "BucketOwner" }),
    code: "MalformedXML",
  },
  {
    what: "a state that does not exist",
    type: token.bucketVersioning,
    wrong: () => ({ "versioningConfiguration.status": "On" }),
    code: "MalformedXML",
  },
  {
    what: "an algorithm that does not exist",
    type: token.bucketEncryption,
    wrong: () => ({ "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm": "AES128" }),
    code: "MalformedXML",
  },
  {
    what: "a KMS key with S3's own keys",
    type: token.bucketEncryption,
    wrong: () => ({ "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId": "alias/logs" }),
    code: "InvalidArgument",
  },
  {
    what: "a rule without an id",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[0].id": undefined }),
    code: "MissingRequiredProperty",
  },
  {
    what: "a status in small letters",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[0].status": "enabled" }),
    code: "MalformedXML",
  },
  {
    what: "two rules of one id",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[1]": { id: "expire", status: "Enabled", expiration: { days: 9 } } }),
    code: "InvalidArgument",
    says: /twice/,
  },
  {
    what: "an expiration after no days",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[0].expiration.days": 0 }),
    code: "InvalidArgument",
    says: /positive integer/,
  },
  {
    what: "a rule that does nothing",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[0].expiration": undefined }),
    code: "InvalidRequest",
  },
  {
    what: "a move to infrequent access after 10 days",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[0].transitions": [{ days: 10, storageClass: "STANDARD_IA" }] }),
    code: "InvalidArgument",
    says: /greater than or equal to 30/,
  },
  {
    what: "a move after the end",
    type: token.bucketLifecycle,
    wrong: () => ({ "rules[0].transitions": [{ days: 90, storageClass: "GLACIER" }] }),
    code: "InvalidArgument",
    says: /greater than 'Days' in the Transition/,
  },
];
