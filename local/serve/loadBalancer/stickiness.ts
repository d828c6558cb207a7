/**
 * The cookies for stickiness to a target or a target group. Their values are encrypted, as on AWS:
 * only the load balancer can read or make them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Header, value } from "../http/headers";
import type { Stickiness } from "../../../topology/types";

/** Names that AWS documents; each has a `CORS` twin for cross-site requests. */
export const cookieNames = {
  target: "AWSALB",
  /** For the only application cookie that a target group can have. */
  application: "AWSALBAPP-0",
  group: "AWSALBTG",
} as const;

/** Valid while this process runs; cookies of an earlier process are ignored. */
const key = randomBytes(32);
const ivBytes = 12;
const tagBytes = 16;

/** Encrypts a value with an expiry time in milliseconds since 1970. */
export function seal(text: string, until: number): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = [cipher.update(`${until} ${text}`, "utf8"), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString("base64url");
}

/** Decrypts a value of `seal`; undefined if it is invalid or has expired. */
export function unseal(sealed: string, now: number): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const opened = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
    const plain = Buffer.concat(opened).toString();
    const at = plain.indexOf(" ");
    return Number(plain.slice(0, at)) > now ? plain.slice(at + 1) : undefined;
  } catch {
    return undefined;
  }
}

/** The decrypted value of a request's cookie, or of its `CORS` twin. */
export function stuckTo(headers: readonly Header[], name: string, now: number): string | undefined {
  const cookies = value(headers, "cookie")?.split(";") ?? [];
  for (const wanted of [name, `${name}CORS`]) {
    const cookie = cookies.map((c) => c.trim()).find((c) => c.startsWith(`${wanted}=`));
    const found = cookie && unseal(cookie.slice(wanted.length + 1), now);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

/** The Set-Cookie headers for stickiness. */
export function stickyCookies(name: string, stuck: string, seconds: number, now: number): Header[] {
  const until = now + seconds * 1000;
  const sealed = seal(stuck, until);
  const attributes = `Expires=${new Date(until).toUTCString()}; Path=/`;
  const own: Header = ["set-cookie", `${name}=${sealed}; ${attributes}`];
  return name === cookieNames.application
    ? [own]
    : [own, ["set-cookie", `${name}CORS=${sealed}; ${attributes}; SameSite=None; Secure`]];
}

/** The cookie that names a client's target; undefined without stickiness. */
export function targetCookie(stickiness: Stickiness | undefined): string | undefined {
  if (!stickiness) return undefined;
  return stickiness.type === "lb_cookie" ? cookieNames.target : cookieNames.application;
}

/** The cookies for a target's response; with an application's cookie only if that is set. */
export function targetCookies(
  stickiness: Stickiness | undefined,
  target: string,
  answered: readonly Header[],
  now: number,
): Header[] {
  const name = targetCookie(stickiness);
  if (!stickiness || name === undefined) return [];
  const sets = (cookie: string): boolean =>
    answered.some(([n, v]) => n.toLowerCase() === "set-cookie" && v.startsWith(`${cookie}=`));
  if (stickiness.type === "app_cookie" && !sets(stickiness.cookieName)) return [];
  return stickyCookies(name, target, stickiness.seconds, now);
}
