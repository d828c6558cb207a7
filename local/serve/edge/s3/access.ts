/**
 * Whether S3 allows CloudFront's request. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
import { allowsRequest, documentOf } from "../../../../topology/policyDocument";
import type { Bucket } from "../../../../topology/types";

/** The identity of a request to a bucket. */
export interface BucketCaller {
  /** True when an origin access control signs the request. */
  readonly signed: boolean;
  readonly distributionArn: string;
  /** True over TLS. */
  readonly secure: boolean;
}

/** True when the bucket's policy (and its public access block) admits the action. */
export function allowed(
  bucket: Bucket,
  caller: BucketCaller,
  action: "s3:GetObject" | "s3:ListBucket",
  key?: string,
): boolean {
  // Nothing is known about a bucket from elsewhere, except that it is an origin.
  if (bucket.given) return action === "s3:GetObject";
  if (!caller.signed && bucket.privateOnly) return false;
  const account = caller.distributionArn.split(":")[4] ?? "";
  return allowsRequest(documentOf({ policy: bucket.policy }), {
    service: caller.signed ? "cloudfront.amazonaws.com" : "",
    action,
    resource: `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}`,
    context: {
      "aws:SecureTransport": String(caller.secure),
      ...(caller.signed && {
        "aws:SourceArn": caller.distributionArn,
        "aws:SourceAccount": account,
      }),
    },
  });
}
