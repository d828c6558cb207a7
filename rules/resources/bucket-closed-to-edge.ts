import { bucketOfDomain } from "../../topology/buckets";
import { block, blocks, text } from "../../topology/props";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const bucketClosedToEdge = stackRule({
  code: "bucket-closed-to-edge",
  severity: "error",
  holds: "A bucket behind CloudFront has a policy: without one nobody but its owner may read it.",
  fix: 'Make an aws.s3.BucketPolicy that lets the service cloudfront.amazonaws.com do s3:GetObject, with the distribution\'s arn as "AWS:SourceArn", and give the origin an originAccessControlId.',
  source:
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
  subjects: (stack) => stack.of(token.distribution),
  check: ({ urn, name, props }, stack) =>
    blocks(props, "origins").flatMap((origin): StackFault[] => {
      if (block(origin, "customOriginConfig") || block(origin, "vpcOriginConfig")) return [];
      const bucket = bucketWith(text(origin, "domainName") ?? "", stack);
      if (bucket === undefined || mayBeRead(bucket, stack)) return [];
      // A policy that is created in `apply` is in no preview.
      stack.requireExisting(bucket);
      return [
        {
          urn,
          message: `CloudFront may not read the bucket ${bucket.name}, because the program has no aws.s3.BucketPolicy for it: every request to the origin ${text(origin, "originId") ?? ""} of the distribution ${name} gets 403.`,
          fix: `Make an aws.s3.BucketPolicy for the aws.s3.Bucket ${bucket.name} that lets the service cloudfront.amazonaws.com do s3:GetObject, with the arn of the aws.cloudfront.Distribution ${name} as "AWS:SourceArn", and give the origin an originAccessControlId.`,
        },
      ];
    }),
});

/** The program's bucket with one of its domain names. */
function bucketWith(domain: string, stack: Stack): StackResource | undefined {
  return stack
    .of(token.bucket)
    .find(
      ({ id, props }) =>
        text(props, "bucketRegionalDomainName") === domain || bucketOfDomain(domain) === id,
    );
}

/** True where a policy or an ACL may admit others, or a resource of another package has the bucket. */
function mayBeRead(bucket: StackResource, stack: Stack): boolean {
  const { id, props } = bucket;
  const own = [id, text(props, "bucket"), text(props, "arn")];
  const named = (type: string): StackResource[] =>
    stack.of(type).filter((one) => own.includes(text(one.props, "bucket")));
  const objects = [token.bucketObject, token.bucketObjectV1].flatMap(named);
  return (
    text(props, "policy") !== undefined ||
    [bucket, ...objects].some((one) => text(one.props, "acl")?.startsWith("public") === true) ||
    [token.bucketPolicy, token.bucketAcl].some((type) => named(type).length > 0) ||
    stack.isNamedElsewhere(bucket)
  );
}
