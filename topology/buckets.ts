/** S3 buckets that are origins, with the objects that the program uploads. */
import { type TopologyIssues, type ResourceIndex, block, boolean, merged, text } from "./props";
import { type Props } from "./resource";
import type { Bucket, Distribution, StoredObject } from "./types";
import { token } from "./tokens";

const objectTypes = [token.bucketObject, token.bucketObjectV1] as const;

/**
 * The bucket of a domain name of S3's own endpoints (not those of website hosting).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketOfDomain(domainName: string): string | undefined {
  return /^(.+)\.s3(?:[.-](?!website)[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(domainName)?.[1];
}

/** The bucket of a domain name of website hosting. */
export function websiteBucketOf(domainName: string): string | undefined {
  return /^(.+)\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.exec(domainName)?.[1];
}

/**
 * True for a domain name of any S3 endpoint except website hosting: one that an origin without
 * origin settings can have.
 */
export function isS3Domain(domainName: string): boolean {
  return /\.s3[.-](?!website)/.test(domainName);
}

/** Buckets that the distributions' origins name, by name. */
export function readBuckets(
  inventory: ResourceIndex,
  distributions: readonly Distribution[],
  findings: TopologyIssues,
): Map<string, Bucket> {
  const names = distributions.flatMap((d) =>
    [...d.origins.values()].flatMap((origin) => origin.bucket?.name ?? []),
  );
  return new Map([...new Set(names)].map((name) => [name, readBucket(inventory, name, findings)]));
}

/** An object that the program uploads; undefined for others. */
export function storedObject(
  inventory: ResourceIndex,
  bucket: string | undefined,
  key: string | undefined,
): StoredObject | undefined {
  const found = objectTypes
    .flatMap((type) => inventory.of(type))
    .map(merged)
    .find((props) => text(props, "bucket") === bucket && text(props, "key") === key);
  return found && readObject(found);
}

function readBucket(inventory: ResourceIndex, name: string, findings: TopologyIssues): Bucket {
  const setting = (type: string): Props | undefined =>
    inventory
      .of(type)
      .map(merged)
      .find((props) => text(props, "bucket") === name);
  const block = setting(token.publicAccessBlock);
  const given = !inventory
    .of(token.bucket)
    .some((bucket) => bucket.id === name || text(merged(bucket), "bucket") === name);
  if (given) {
    findings.note(
      `The bucket ${name} is given: it is taken to let CloudFront read, and its objects are looked for in the folder of the local S3.`,
    );
  }
  if (setting(token.bucketCors)) {
    findings.note(`CORS rules of the bucket ${name} are not applied here.`);
  }
  const objects = objectTypes.flatMap((type) => inventory.of(type)).map(merged);
  return {
    name,
    given,
    policy: setting(token.bucketPolicy)?.policy,
    // New buckets block all public access: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    privateOnly: block === undefined || boolean(block, "restrictPublicBuckets") === true,
    objects: new Map(
      objects
        .filter((props) => text(props, "bucket") === name)
        .map((props) => [text(props, "key") ?? "", readObject(props)]),
    ),
  };
}

/** Properties of an object that S3 returns as headers. */
const kept = {
  contentType: "Content-Type",
  cacheControl: "Cache-Control",
  contentDisposition: "Content-Disposition",
  contentEncoding: "Content-Encoding",
  contentLanguage: "Content-Language",
  serverSideEncryption: "x-amz-server-side-encryption",
  websiteRedirect: "x-amz-website-redirect-location",
  versionId: "x-amz-version-id",
} as const;

function readObject(props: Props): StoredObject {
  const headers = Object.entries(kept).flatMap(([key, name]) => {
    const value = text(props, key);
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
  const metadata = Object.entries(block(props, "metadata") ?? {}).flatMap(([key, value]) =>
    typeof value === "string" ? [[`x-amz-meta-${key.toLowerCase()}`, value] as const] : [],
  );
  // An asset in Pulumi's form, or (with another provider) the path itself.
  const source = block(props, "source");
  const file = text(source ?? {}, "path") ?? text(props, "source");
  const base64 = text(props, "contentBase64");
  const content =
    text(source ?? {}, "text") ??
    text(props, "content") ??
    (base64 === undefined ? undefined : Buffer.from(base64, "base64"));
  return {
    key: text(props, "key") ?? "",
    headers: [...headers, ...metadata],
    ...(content !== undefined ? { content } : file !== undefined ? { file } : { content: "" }),
  };
}
