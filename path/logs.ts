/** Facts about logs that settings, components and the local AWS share. */

/** CloudFront's logs are set up in this region, wherever the bucket is. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html */
export const edgeLogsRegion = "us-east-1";

/**
 * Regions where CloudFront cannot deliver legacy standard logs to buckets: those that an account
 * has to opt in to. Version 2 can.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html#access-logs-choosing-s3-bucket
 */
export const regionsWithoutLegacyLogs: readonly string[] = [
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4"],
  ...["ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2"],
  ...["eu-south-1", "eu-south-2", "il-central-1", "me-central-1", "me-south-1", "mx-central-1"],
];

/**
 * Days that CloudWatch Logs can keep a log group's events.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];
