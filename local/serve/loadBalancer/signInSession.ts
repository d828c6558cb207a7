/**
 * The cookies of a sign-in. A session is in them alone, encrypted, as on AWS.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
import { loginSeconds } from "../../../path/signIn";
import type { Authentication } from "../../../topology/types";
import { type Header, value } from "../http/headers";
import { seal, unseal } from "./stickiness";

/** A user who has signed in. Times are in milliseconds since 1970. */
export interface Session {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly accessToken: string;
  /** Absent: the provider gave none, and the claims stay as they are until the session ends. */
  readonly refreshToken?: string;
  /** When the access token expires; absent: the provider does not say. */
  readonly tokenUntil?: number;
  /** When the session ends. */
  readonly until: number;
}

/** What the load balancer remembers of a request until its user has signed in. */
export interface Login {
  /** ARN of the rule, or of the listener where its default action asks. */
  readonly asked: string;
  readonly url: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

/** The cookie that ties a login to the browser in which it began. */
export const nonceCookie = "AWSALBAuthNonce";
/** "Most browsers limit the cookie size to 4K": the value's share of it. */
const shardBytes = 4000;
/** "Up to 4 shards." */
const maxShards = 4;
/** "The cookie expiry is an attribute of the cookie, which is set to 7 days." */
const cookieMs = 7 * 24 * 3_600_000;

/** The Set-Cookie headers of a session. Cross-origin requests get `SameSite=None`. */
export function sessionCookies(
  { cookieName }: Pick<Authentication, "cookieName">,
  session: Session,
  received: readonly Header[],
  now: number,
): Header[] {
  const sealed = seal(JSON.stringify(session), now + cookieMs);
  const crossOrigin = value(received, "origin") === undefined ? "" : "; SameSite=None";
  const attributes = `Expires=${new Date(now + cookieMs).toUTCString()}; Path=/; Secure; HttpOnly${crossOrigin}`;
  const shards = sealed.match(new RegExp(`.{1,${shardBytes}}`, "g")) ?? [];
  return shards.map((shard, i) => ["set-cookie", `${cookieName}-${i}=${shard}; ${attributes}`]);
}

/** The session of a request's cookies, also one that has ended; undefined without a valid one. */
export function sessionOf(
  { cookieName }: Pick<Authentication, "cookieName">,
  received: readonly Header[],
  now: number,
): Session | undefined {
  const shards = Array.from({ length: maxShards }, (_, i) =>
    cookie(received, `${cookieName}-${i}`),
  );
  const end = shards.indexOf(undefined);
  const sealed = shards.slice(0, end < 0 ? maxShards : end).join("");
  const opened = sealed === "" ? undefined : unseal(sealed, now);
  return opened === undefined ? undefined : (JSON.parse(opened) as Session);
}

/** The `state` of a request to the authorization endpoint. */
export function stateOf(login: Login, now: number): string {
  return seal(JSON.stringify(login), now + loginSeconds * 1000);
}

/** The login of a `state`; undefined if it is invalid, or began more than 15 minutes ago. */
export function loginOf(state: string, now: number): Login | undefined {
  const opened = unseal(state, now);
  return opened === undefined ? undefined : (JSON.parse(opened) as Login);
}

/** A cookie of a request. */
export function cookie(received: readonly Header[], name: string): string | undefined {
  const all = value(received, "cookie")?.split(";") ?? [];
  const found = all.map((one) => one.trim()).find((one) => one.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
