/** Ids as AWS makes them, the same in every run: each is drawn from a hash of what it belongs to. */
import { createHash } from "node:crypto";
import { partitionOf } from "../../path/regions";

/** Hexadecimal digits drawn from a seed. */
export function hex(seed: string, length: number): string {
  let digits = "";
  for (let i = 0; digits.length < length; i++) {
    digits += createHash("sha256").update(`${seed}#${i}`).digest("hex");
  }
  return digits.slice(0, length);
}

/** Characters of an alphabet drawn from a seed. */
export function letters(seed: string, length: number, alphabet: string): string {
  const bytes = Buffer.from(hex(seed, length * 2), "hex");
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join("");
}

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** `E1A2B3C4D5E6F7`: ids of CloudFront. */
export const cloudFrontId = (seed: string): string => `E${letters(seed, 13, upper)}`;

/** `Z0123456789ABCDEFGHIJ`: ids of hosted zones. */
export const zoneId = (seed: string): string => `Z0${letters(seed, 19, upper)}`;

/** `d111111abcdef8.cloudfront.net` */
export const cloudFrontDomain = (seed: string): string =>
  `d${letters(seed, 13, "abcdefghijklmnopqrstuvwxyz0123456789")}.cloudfront.net`;

/** `12345678-1234-1234-1234-123456789012` */
export function uuid(seed: string): string {
  const h = hex(seed, 32);
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
}

/** An ARN. IAM and CloudFront have no region in theirs, S3 buckets no account. */
export function arn(
  service: string,
  region: string,
  accountId: string,
  resource: string,
  partition = partitionOf(region),
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/**
 * Ids of resources made elsewhere, by what they begin with. Programs that are shown around hold
 * shortened and invented ones, which say nothing about those that they are run with.
 */
export const idsOf = (prefix: string): RegExp => new RegExp(`^${prefix}-[\\w-]+$`);

/** ARNs of resources made elsewhere, by service and kind. */
export const arnsOf = (service: string, resource: string): RegExp =>
  new RegExp(`^arn:aws[\\w-]*:${service}:[^:]*:[^:]*:${resource}[^\\s]+$`);

/** Region written in an ARN; undefined for global services and for what is no ARN. */
export function regionOfArn(value: string): string | undefined {
  const region = value.startsWith("arn:") ? value.split(":")[3] : undefined;
  return region === "" ? undefined : region;
}

/** Domain that AWS's own service names end in. */
export const dnsSuffix = (region: string): string =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
