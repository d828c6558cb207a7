/** aws.s3.Bucket */
import { LocalResource, Refusal } from "../types";
import { arn, dnsSuffix, zoneId } from "../ids";
import { partitionOf } from "../../../path/regions";
import { websiteDomainOf } from "../plain";
import { booleanAt, textAt } from "../props";
import { others, ResourceModel, AccountView } from "../row";
import { matchesPattern, when } from "../rules";
import { token } from "../../../topology/tokens";

const guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const namesPage = `${guide}/bucketnamingrules.html`;
const api = "https://docs.aws.amazon.com/AmazonS3/latest/API";

/** Name out of a name, an ARN, or the ARN of a folder in the bucket. */
export const bucketNameOf = (nameOrArn: string): string =>
  nameOrArn.replace(/^arn:[\w-]+:s3:::/, "").replace(/\/.*$/, "");

/** A bucket by name or ARN: one of the program's, or one that may exist outside of it. */
export const bucketNamed = (
  account: AccountView,
  nameOrArn: string | undefined,
): LocalResource | undefined =>
  nameOrArn === undefined ? undefined : account.lookup(token.bucket, bucketNameOf(nameOrArn));

/** What AWS itself wrote into buckets. No bucket describes it, so it is in no outputs. */
const written = new WeakMap<AccountView, Map<string, Set<string>>>();

/** Keys of what AWS wrote into a bucket: logs, and the objects it tries with. Live: changes stay. */
export function objectsIn(account: AccountView, bucket: string): Set<string> {
  const buckets = written.get(account) ?? new Map<string, Set<string>>();
  const objects = buckets.get(bucket) ?? new Set<string>();
  written.set(account, buckets.set(bucket, objects));
  return objects;
}

/** Buckets to whose ACL an AWS service added a grant. */
const granted = new WeakMap<AccountView, Set<string>>();

/** Notes such a grant: nobody takes it back when the service stops writing. */
export function grantTo(account: AccountView, bucket: string): void {
  granted.set(account, (granted.get(account) ?? new Set()).add(bucket));
}

export const hasGrant = (account: AccountView, bucket: string): boolean =>
  granted.get(account)?.has(bucket) === true;

/** Buckets are deleted empty, or emptied by the provider where the program says so. */
function inUse(bucket: LocalResource, account: AccountView): Refusal[] {
  const logs = objectsIn(account, bucket.id);
  if (booleanAt(bucket.outputs, "forceDestroy") === true) {
    logs.clear();
    return [];
  }
  const put = account
    .all(token.bucketObject)
    .filter((o) => textAt(o.outputs, "bucket") === bucket.id);
  const objects = [...logs, ...put.map((o) => textAt(o.outputs, "key") ?? "")];
  if (objects.length === 0) return [];
  const message = `The bucket you tried to delete is not empty: ${bucket.id} holds ${objects.join(", ")}. Set forceDestroy and update before you destroy, or empty it.`;
  const source = `${api}/API_DeleteBucket.html`;
  return [{ code: "BucketNotEmpty", message, property: "forceDestroy", source }];
}

const name = (form: RegExp, words: string) =>
  matchesPattern("bucket", form, words, {
    code: "InvalidBucketName",
    message: (value) => `The specified bucket is not valid: '${value}' is not ${words}.`,
    source: namesPage,
  });

const addresses = (bucket: string, region: string) => ({
  arn: arn("s3", "", "", bucket, partitionOf(region)),
  bucketDomainName: `${bucket}.s3.${dnsSuffix(region)}`,
  bucketRegionalDomainName: `${bucket}.s3.${region}.${dnsSuffix(region)}`,
  bucketRegion: region,
  hostedZoneId: zoneId(`s3 ${region}`),
});

export const bucket: ResourceModel = {
  type: token.bucket,
  autoName: { property: "bucket", maxLength: 63, lowerCase: true },
  defaults: () => ({ forceDestroy: false, objectLockEnabled: false }),
  rules: [
    name(/^.{3,63}$/, "3 to 63 characters long"),
    name(/^[a-z0-9.-]*$/, "made of lower-case letters, digits, dots and hyphens"),
    name(/^(?![.-])(?!.*[.-]$)/, "begun and ended by a letter or a digit"),
    name(/^(?!.*\.\.)/, "free of two dots in a row"),
    name(/^(?!\d+\.\d+\.\d+\.\d+$)/, "different from an IP address"),
    name(/^(?!xn--|sthree-|amzn-s3-demo-)/, "free of the prefixes that AWS keeps"),
    name(
      /^(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)/,
      "free of the suffixes that AWS keeps",
    ),
    when((inputs) => "acl" in inputs && textAt(inputs, "acl") !== "private", "acl", {
      code: "AccessControlListNotSupported",
      say: "The bucket does not allow ACLs: new buckets have them off (BucketOwnerEnforced). Create the bucket, then BucketOwnershipControls, then BucketAcl.",
      source: `${guide}/about-object-ownership.html`,
    }),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((b) => b.urn !== "" && b.id === candidate.inputs.bucket)
      .map((b) => ({
        code: "BucketAlreadyOwnedByYou",
        message: `Your previous request to create the named bucket succeeded and you already own it: '${b.id}' is ${b.name}. Bucket names are taken in every region at once.`,
        property: "bucket",
        source: `${api}/API_CreateBucket.html`,
      })),
  replaceOn: ["bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled", "region"],
  outputs: (candidate) => {
    const id = String(candidate.inputs.bucket);
    const websiteDomain = websiteDomainOf(candidate.region);
    const website = { websiteDomain, websiteEndpoint: `${id}.${websiteDomain}` };
    return {
      id,
      ...addresses(id, candidate.region),
      ...("website" in candidate.inputs && website),
    };
  },
  inUse,
  outside: {
    id: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    outputs: (id, account) => ({ bucket: id, ...addresses(id, account.region) }),
  },
};
