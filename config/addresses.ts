/** Address ranges and host names. */
import * as z from "zod";
import {
  addressBits,
  addressVersion,
  networkAddress,
  parseCidr,
  parseNetwork,
} from "../path/networks";
import { type ValueIssue, textValue } from "./values";

/** An address range in CIDR notation, e.g. `10.0.0.0/16` or `2001:db8::/32`. */
export function cidr(options: { versions: readonly (4 | 6)[]; example: string }) {
  const allowed = `${options.versions.map((version) => `an IPv${version}`).join(" or ")} range in CIDR notation`;
  return textValue({ values: "CIDR range", allowed, example: options.example }, (value) =>
    cidrIssue(value, options.versions, allowed),
  );
}

/** A list of ranges of addresses on the internet, of either version. */
export const cidrs = () => z.array(cidr({ versions: [4, 6], example: "203.0.113.0/24" }));

function cidrIssue(
  value: string,
  versions: readonly number[],
  allowed: string,
): ValueIssue | undefined {
  const [, address = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const version = addressVersion(address);
  if (version === undefined || !versions.includes(version)) return { why: allowed };
  const bits = addressBits[version];
  if (length === undefined) {
    return { why: `${allowed}; for one address add /${bits}`, write: `${address}/${bits}` };
  }
  const range = parseCidr(value);
  if (range === undefined) return { why: `${allowed}, its length at most /${bits}` };
  if (parseNetwork(value)) return undefined;
  const network = networkAddress(range);
  return {
    why: `the network's own address before /${range.prefix}, which is ${network}`,
    write: `${network}/${range.prefix}`,
  };
}

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** A DNS name in lower case, without a trailing dot or a wildcard. */
export function hostName(example: string) {
  const allowed = "a DNS name of two labels or more, in lower case, without a trailing dot";
  return textValue({ values: "DNS name", allowed, example }, (value) => {
    if (isHostName(value)) return undefined;
    const meant = value
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/[./]+$/, "");
    return { why: allowed, write: isHostName(meant) ? meant : undefined };
  });
}

/** A name as ACM writes it on a certificate: a DNS name, its first label perhaps a wildcard. */
export function certificateName() {
  const allowed = "a DNS name in lower case, its first label may be *";
  return textValue({ values: "certificate name", allowed, example: "app.example.com" }, (value) =>
    isHostName(value.replace(/^\*\./, "")) ? undefined : { why: allowed },
  );
}

function isHostName(name: string): boolean {
  const labels = name.split(".");
  return name.length <= 253 && labels.length > 1 && labels.every((one) => label.test(one));
}
