import type * as pulumi from "@pulumi/pulumi";
import { LogBucket } from "./logBucket";
import { writesAnything, type LogWriters } from "./logBucketPolicy";

/** The log buckets, as arguments of a path. */
export interface LogBuckets {
  bucketName: pulumi.Input<string>;
  /** Bucket of CloudFront's legacy logs. @default `bucketName` */
  legacyBucketName?: pulumi.Input<string>;
}

export interface LogBucketsArgs {
  writers: LogWriters;
  /** An existing bucket for all logs; no bucket is created then. */
  bucket?: string;
  retentionDays?: number;
  forceDestroy?: boolean;
  deletionProtection?: boolean;
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * Creates the buckets that the logs need: none if no log is on, and a separate one for CloudFront's
 * legacy logs. CloudFront adds a grant to that bucket's ACL and never removes it, and S3 does not
 * switch ACLs off for a bucket with such a grant: with one bucket, ACLs would stay on forever
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-migrating-acls-prerequisites.html).
 */
export function logBuckets(name: string, args: LogBucketsArgs): LogBuckets | undefined {
  const { writers, bucket, ...shape } = args;
  if (!writesAnything(writers)) return undefined;
  if (bucket !== undefined) return { bucketName: bucket };
  const { edge = "off" } = writers;
  const rest: LogWriters = { ...writers, edge: edge === "legacy" ? "off" : edge };
  const made = writesAnything(rest)
    ? new LogBucket(name, { writers: rest, ...shape }).writableName
    : undefined;
  if (edge !== "legacy") return made && { bucketName: made };
  const legacy = new LogBucket(`${name}-edge`, { writers: { edge }, ...shape }).writableName;
  return { bucketName: made ?? legacy, legacyBucketName: legacy };
}
