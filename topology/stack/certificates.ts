/** Where a certificate is, and whether the program validates it. */
import { blocks, text } from "../props";
import { type Props, REGION_NOT_SET } from "../resource";
import { token } from "../tokens";
import type { Stack, StackResource } from "./stack";
import { NotKnown, Unknown } from "./unknown";

/**
 * Region of a certificate, from its ARN or, before it has one, from its resource.
 * @throws {NotKnown} if neither says it
 */
export function certificateRegionOf(arn: string, stack: Stack): string {
  const certificate = stack.find(token.certificate, arn);
  const region = /^arn:[^:]+:acm:([^:]+):/.exec(arn)?.[1] ?? certificate?.region;
  if (region !== undefined && region !== REGION_NOT_SET) return region;
  throw new NotKnown(new Unknown(certificate?.urn ?? "", ["region"]));
}

/** True for a certificate of ACM that is issued once its DNS records are found. */
export function isByDns(props: Props): boolean {
  const given = ["privateKey", "certificateBody", "certificateAuthorityArn"];
  if (given.some((key) => (text(props, key) ?? "") !== "")) return false;
  return (text(props, "validationMethod") ?? "DNS") === "DNS";
}

/** True where the program waits for a certificate's validation, or makes one of its records. */
export function isValidated({ props }: Pick<StackResource, "props">, stack: Stack): boolean {
  const arn = text(props, "arn");
  const awaited = stack
    .of(token.certificateValidation)
    .some((validation) => text(validation.props, "certificateArn") === arn);
  if (awaited) return true;
  const wanted = blocks(props, "domainValidationOptions").flatMap((option) =>
    nameOf(text(option, "resourceRecordName")),
  );
  const records = stack
    .of(token.record)
    .flatMap((record) => nameOf(text(record.props, "name") ?? text(record.props, "fqdn")));
  return wanted.some((record) => records.includes(record));
}

/** A record's name as names are compared: without the closing dot. */
const nameOf = (name: string | undefined): string[] =>
  name === undefined ? [] : [name.replace(/\.$/, "").toLowerCase()];
