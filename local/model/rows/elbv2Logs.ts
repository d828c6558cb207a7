/**
 * Logs of load balancers in S3. When one is switched on, AWS writes a test object; without
 * permission for that, it refuses the load balancer's attributes.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
import { LocalResource, Props, Refusal } from "../types";
import { arn } from "../ids";
import { partitionOf } from "../../../path/regions";
import { bagAt, booleanAt, isKnown, textAt } from "../props";
import { Candidate, resourceRegion, AccountView, regionsDiffer } from "../row";
import { allowsRequest, documentOf } from "../../../topology/policyDocument";
import { REGION_NOT_SET } from "../../../topology/resource";
import { token } from "../../../topology/tokens";
import { bucketNamed, objectsIn } from "./s3";
import { settingOf } from "./s3Settings";

export const logPermissionsPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html";

/** Property of a log, and the test object that AWS writes. */
const testFiles: Readonly<Record<string, string>> = {
  accessLogs: "ELBAccessLogTestFile",
  connectionLogs: "ELBConnectionLogTestFile",
  healthCheckLogs: "ELBHealthCheckLogTestFile",
};

/**
 * Accounts from which load balancers write logs, by region, as older policies name them; regions
 * since August 2022 have none. The service principal works in every region. See
 * {@link logPermissionsPage}.
 */
export const logAccounts: Readonly<Record<string, string>> = {
  "us-east-1": "127311923021",
  "us-east-2": "033677994240",
  "us-west-1": "027434742980",
  "us-west-2": "797873946194",
  "ca-central-1": "985666609251",
  "sa-east-1": "507241528517",
  "eu-central-1": "054676820928",
  "eu-west-1": "156460612806",
  "eu-west-2": "652711504416",
  "eu-west-3": "009996457667",
  "eu-north-1": "897822967062",
  "eu-south-1": "635631232127",
  "ap-northeast-1": "582318560864",
  "ap-northeast-2": "600734575887",
  "ap-northeast-3": "383597477331",
  "ap-southeast-1": "114774131450",
  "ap-southeast-2": "783225319266",
  "ap-southeast-3": "589379963580",
  "ap-south-1": "718504428378",
  "ap-east-1": "754344448648",
  "me-south-1": "076674570225",
  "af-south-1": "098369216593",
  "us-gov-west-1": "048591011584",
  "us-gov-east-1": "190560391635",
  "cn-north-1": "638102146993",
  "cn-northwest-1": "037604701340",
};

interface Log {
  readonly property: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly testFile: string;
}

/** The logs that are on and whose bucket is known. */
const logsOf = (inputs: Props): Log[] =>
  Object.entries(testFiles).flatMap(([property, testFile]) => {
    const log = bagAt(inputs, property);
    const bucket = textAt(log, "bucket");
    if (booleanAt(log, "enabled") !== true || bucket === undefined) return [];
    const prefix = textAt(log, "prefix") ?? "";
    return [{ property, bucket, prefix, testFile }];
  });

const key = (log: Log, accountId: string): string =>
  [log.prefix.replace(/\/$/, ""), "AWSLogs", accountId, log.testFile].filter(Boolean).join("/");

function refusal(log: Log, message: string, property = `${log.property}.bucket`): Refusal {
  return { code: "InvalidConfigurationRequest", message, property, source: logPermissionsPage };
}

/** AWS's errors when it writes the test object to the bucket. */
export function logRefusals({ inputs, region, name }: Candidate, account: AccountView): Refusal[] {
  return logsOf(inputs).flatMap((log) => {
    if (log.prefix.includes("AWSLogs")) {
      const message = `The prefix '${log.prefix}' must not contain AWSLogs, which AWS adds itself`;
      return [refusal(log, message, `${log.property}.prefix`)];
    }
    const bucket = bucketNamed(account, log.bucket);
    if (!bucket) return [refusal(log, `The S3 bucket '${log.bucket}' does not exist`)];
    const home = resourceRegion(bucket, account);
    if (regionsDiffer(home, region)) {
      const message = `S3Bucket: ${log.bucket} is not located in the same region with ELB: it is in ${home}, and the load balancer in ${region}`;
      return [refusal(log, message)];
    }
    // Which account writes depends on the region.
    if (region === REGION_NOT_SET) return [];
    const why = denial(log, bucket, region, name, account);
    if (why === undefined) return [];
    const denied = `Access Denied for bucket: ${log.bucket}. Please check S3bucket permission: ${why}`;
    return [{ ...refusal(log, denied), waits: true }];
  });
}

function denial(
  log: Log,
  bucket: LocalResource,
  region: string,
  name: string,
  account: AccountView,
): string | undefined {
  const encryption = settingOf(account, token.bucketEncryption, bucket.id);
  if (JSON.stringify(encryption?.outputs.rules ?? "").includes("aws:kms")) {
    return "its objects are encrypted with a KMS key, and load balancers write with S3's own keys (AES256) only";
  }
  const policy = settingOf(account, token.bucketPolicy, bucket.id);
  // The policy of a bucket from outside the program is not known.
  if (!policy && bucket.urn === "") return undefined;
  if (policy && !isKnown(policy.outputs.policy)) return undefined;
  const { accountId } = account;
  const balancer = arn("elasticloadbalancing", region, accountId, `loadbalancer/app/${name}/0`);
  const admitted = allowsRequest(policy && documentOf(policy.outputs), {
    service: "logdelivery.elasticloadbalancing.amazonaws.com",
    account: logAccounts[region],
    action: "s3:PutObject",
    resource: `${arn("s3", "", "", bucket.id, partitionOf(region))}/${key(log, accountId)}`,
    context: {
      "aws:SourceArn": balancer,
      "aws:SourceAccount": accountId,
      "aws:SecureTransport": "true",
    },
  });
  if (admitted) return undefined;
  return policy
    ? "its policy does not let logdelivery.elasticloadbalancing.amazonaws.com put objects there"
    : "it has no policy (yet), so the service logdelivery.elasticloadbalancing.amazonaws.com may not put objects there";
}

/** Writes the test objects, so that the bucket is not empty any more. */
export function writeTestFiles(balancer: LocalResource, account: AccountView): void {
  for (const log of logsOf(balancer.outputs)) {
    const bucket = bucketNamed(account, log.bucket);
    if (bucket) objectsIn(account, bucket.id).add(key(log, account.accountId));
  }
}
