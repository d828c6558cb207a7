import { plus, sound, type Case, unknown } from "../caseParts";
import type { Props } from "../../../../topology/resource";
import { arn, origin, resource } from "../program";

const domain = "site-0a1b2c3.s3.eu-west-1.amazonaws.com";
const pages = {
  ...{ originId: "pages", domainName: domain, originAccessControlId: "E2QWRUHAPOMQZL" },
};

/** The sound program with a bucket as a second origin. */
const withBucket = (bucket: Props = {}, ...more: Parameters<typeof plus>[1][]) =>
  plus(
    sound({ cdn: { origins: [origin(), pages] } }),
    resource("aws:s3/bucket:Bucket", "site", bucket, {
      ...{ id: "site-0a1b2c3", bucket: "site-0a1b2c3", bucketRegionalDomainName: domain },
    }),
    ...more,
  );
const of = (type: string, inputs: Props = {}) =>
  resource(type, "of-site", { bucket: "site-0a1b2c3", ...inputs });
const policy = of("aws:s3/bucketPolicy:BucketPolicy", {
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Effect: "Allow", Principal: { Service: "cloudfront.amazonaws.com" } },
        ...{ Action: "s3:GetObject", Resource: "arn:aws:s3:::site-0a1b2c3/*" },
        Condition: { StringEquals: { "AWS:SourceArn": arn.distribution } },
      },
    ],
  }),
});

export const cases: Case = {
  broken: {
    "no policy": [
      withBucket(),
      "cdn",
      /may not read the bucket site, because the program has no aws\.s3\.BucketPolicy.*origin pages of the distribution cdn gets 403/,
    ],
  },
  fine: {
    "a policy": withBucket({}, policy),
    "a policy of its own": withBucket({ policy: "{}" }),
    "an ACL": withBucket({}, of("aws:s3/bucketAcl:BucketAcl", { acl: "public-read" })),
    "public objects": withBucket(
      {},
      of("aws:s3/bucketObject:BucketObject", { key: "index.html", acl: "public-read" }),
    ),
    "a bucket of another program": sound({ cdn: { origins: [origin(), pages] } }),
    "a resource of another package": withBucket({}, of("aws-native:s3:BucketPolicy")),
  },
  fix: "a policy",
  unknown: {
    "whose policy it is": withBucket(
      {},
      resource("aws:s3/bucketPolicy:BucketPolicy", "of-site", { bucket: unknown, policy: "{}" }),
    ),
    "which bucket it is": sound({
      cdn: { origins: [origin(), { ...pages, domainName: unknown }] },
    }),
  },
};
