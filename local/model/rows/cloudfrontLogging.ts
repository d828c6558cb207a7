/**
 * CloudFront's legacy standard logs: it writes into the bucket by an ACL that it adds itself.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
import { regionsWithoutLegacyLogs } from "../../../path/logs";
import { LocalResource, Props, Refusal } from "../types";
import { textAt } from "../props";
import { Candidate, resourceRegion, AccountView } from "../row";
import { token } from "../../../topology/tokens";
import { bucketNamed, grantTo } from "./s3";
import { settingOf } from "./s3Settings";

const page =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html";
const property = "loggingConfig.bucket";
const code = "InvalidArgument";

const bucketOf = (inputs: Props, account: AccountView): LocalResource | undefined => {
  const domain = textAt(inputs, property) ?? "";
  return bucketNamed(account, /^(.+)\.s3(?:\.[a-z0-9-]+)?\.amazonaws\.com$/.exec(domain)?.[1]);
};

/** CloudFront adds a grant for itself to the bucket's ACL. */
export function grantLegacyLogs(distribution: LocalResource, account: AccountView): void {
  const bucket = bucketOf(distribution.outputs, account);
  if (bucket) grantTo(account, bucket.id);
}

/** What CloudFront says about the bucket of its legacy logs. */
export function legacyLogRefusals({ inputs }: Candidate, account: AccountView): Refusal[] {
  const domain = textAt(inputs, property);
  if (domain === undefined || domain === "") return [];
  const bucket = bucketOf(inputs, account);
  if (!bucket) {
    const message = `The parameter Logging Bucket does not refer to a valid S3 bucket: '${domain}'; it is written BUCKET.s3.amazonaws.com.`;
    return [{ code, message, property, source: page }];
  }
  // Region and ownership of a bucket from outside the program are not known.
  if (bucket.urn === "") return [];
  const region = resourceRegion(bucket, account);
  if (regionsWithoutLegacyLogs.includes(region)) {
    const message = `CloudFront delivers no standard logs (legacy) to buckets in ${region}.`;
    return [{ code, message, property, source: page }];
  }
  const ownership = settingOf(account, token.ownershipControls, bucket.id);
  const owner = textAt(ownership?.outputs ?? {}, "rule.objectOwnership");
  if (owner === "BucketOwnerPreferred" || owner === "ObjectWriter") return [];
  const message = `The S3 bucket that you specified for CloudFront logs does not enable ACL access: ${domain}`;
  return [{ code, message, property, source: page }];
}
