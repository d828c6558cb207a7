/**
 * Sign-in at a load balancer: the authorization code flow of OpenID Connect.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#authentication-flow
 */
import { callbackPath, maxClaimsBytes } from "../../../path/signIn";
import type { Authentication, Listener } from "../../../topology/types";
import type { Header } from "../http/headers";
import { authorityOf } from "../http/reply";
import { randomText } from "../random";
import { serverHeader } from "./answers";
import { IdentityProvider, SignInFailure, type Tokens } from "./identityProvider";
import type { RequestContext } from "./requestContext";
import {
  cookie,
  type Login,
  loginOf,
  nonceCookie,
  type Session,
  sessionCookies,
  sessionOf,
  stateOf,
} from "./signInSession";

/** What a user's request takes to the target, and back. */
export interface SignedIn {
  /** In place of whatever a client sent in these headers. */
  readonly claims: readonly Header[];
  /** Cookies of a session that was renewed. */
  readonly cookies: readonly Header[];
}

/** What asks callers to sign in at a listener, by the ARN of its rule, or its own. */
function asking({ arn, defaultAction, rules }: Listener): Map<string, Authentication> {
  const actions = [[arn, defaultAction] as const, ...rules.map((r) => [r.arn, r.action] as const)];
  return new Map(
    actions.flatMap(([of, { authenticate }]) => (authenticate ? [[of, authenticate]] : [])),
  );
}

/**
 * True for a request that an identity provider has sent back. The load balancer answers these
 * itself, whatever its rules say of the path.
 */
export function isCallback({ subject, listenerContext }: RequestContext): boolean {
  return subject.path === callbackPath && asking(listenerContext.listener).size > 0;
}

/**
 * Lets a request pass whose user has signed in; all others are answered.
 *
 * @param asked ARN of the rule, or of the listener where its default action asks
 */
export async function checkSignIn(
  context: RequestContext,
  at: Authentication,
  asked: string,
): Promise<SignedIn | undefined> {
  const now = Date.now();
  const session = sessionOf(at, context.headers, now);
  const valid =
    session && session.until > now ? await current(context, at, session, now) : undefined;
  if (valid !== undefined) {
    const { loadBalancer } = context.listenerContext;
    const claims = context.listenerContext.signIn
      .signer()
      .headers(at, valid, loadBalancer.arn, now);
    const cookies = valid === session ? [] : sessionCookies(at, valid, context.headers, now);
    return { claims, cookies };
  }
  if (at.otherwise === "allow") return { claims: [], cookies: [] };
  // "If the user has expired authentication information, it redirects the client."
  if (at.otherwise === "deny" && session === undefined)
    context.refuse(401, "the caller has not signed in, and the rule denies such requests");
  else askToSignIn(context, at, asked, now);
  return undefined;
}

/** The session, renewed if its access token has expired; undefined where that fails. */
async function current(
  context: RequestContext,
  at: Authentication,
  session: Session,
  now: number,
): Promise<Session | undefined> {
  const { refreshToken, tokenUntil } = session;
  if (refreshToken === undefined || tokenUntil === undefined || tokenUntil > now) return session;
  try {
    const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
    const provider = providerOf(context, at);
    const tokens = { refreshToken, ...(await provider.tokens(grant)) };
    return await sessionFrom(provider, tokens, session.until, now);
  } catch (error) {
    if (error instanceof SignInFailure) return undefined;
    throw error;
  }
}

function askToSignIn(
  context: RequestContext,
  at: Authentication,
  asked: string,
  now: number,
): void {
  // As the client called it: its browser has to come back to the same name and port.
  const called = authorityOf(context.request);
  const redirectUri = `https://${called}${callbackPath}`;
  const nonce = randomText(12, "base64url");
  const login: Login = { asked, url: `https://${called}${context.path}`, redirectUri, nonce };
  const query = new URLSearchParams({
    ...at.parameters,
    client_id: at.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: at.scope,
    state: stateOf(login, now),
  });
  const mark = at.authorizationEndpoint.includes("?") ? "&" : "?";
  redirectTo(
    context,
    `${at.authorizationEndpoint}${mark}${query.toString()}`,
    [["set-cookie", `${nonceCookie}=${nonce}; Path=/; Secure; HttpOnly`]],
    "the caller has to sign in at the identity provider first",
  );
}

/** Ends a sign-in: the user gets a session, and is sent to where the sign-in began. */
export async function finishSignIn(context: RequestContext): Promise<void> {
  context.log.actions = ["authenticate"];
  try {
    const now = Date.now();
    const query = new URLSearchParams(context.subject.query);
    const { login, at } = begun(context, query, now);
    const code = query.get("code");
    if (query.has("error")) {
      const why = query.get("error") ?? "";
      throw new SignInFailure(561, "AuthInvalidGrantError", `the identity provider says: ${why}`);
    }
    if (code === null)
      throw new SignInFailure(401, "AuthMissingCodeParam", "the provider sent no code");
    const provider = providerOf(context, at);
    const tokens = await provider.tokens({
      grant_type: "authorization_code",
      code,
      redirect_uri: login.redirectUri,
    });
    checkIdToken(tokens, at, now);
    const session = await sessionFrom(provider, tokens, now + at.sessionSeconds * 1000, now);
    const cookies = sessionCookies(at, session, context.headers, now);
    redirectTo(context, login.url, cookies, "the user has signed in");
  } catch (error) {
    if (!(error instanceof SignInFailure)) throw error;
    context.log.errorReason = error.reason;
    context.refuse(error.status, `the sign-in failed: ${error.message}`);
  }
}

/** The login that a callback ends. @throws {SignInFailure} */
function begun(
  context: RequestContext,
  query: URLSearchParams,
  now: number,
): { readonly login: Login; readonly at: Authentication } {
  const state = query.get("state");
  if (state === null)
    throw new SignInFailure(401, "AuthMissingStateParam", "the provider sent no state");
  const login = loginOf(state, now);
  const at = login && asking(context.listenerContext.listener).get(login.asked);
  if (login === undefined || at === undefined)
    throw new SignInFailure(
      401,
      "AuthInvalidStateParam",
      "the state is not valid, or the user took more than 15 minutes",
    );
  if (cookie(context.headers, nonceCookie) !== login.nonce)
    throw new SignInFailure(
      401,
      "AuthInvalidStateParam",
      `it began in another browser: the cookie ${nonceCookie} does not arrive`,
    );
  return { login, at };
}

function checkIdToken({ id }: Tokens, { issuer, clientId }: Authentication, now: number): void {
  const wrong =
    id === undefined
      ? "the token endpoint returned no ID token; the scope must contain openid"
      : id.iss !== issuer
        ? `its issuer is ${String(id.iss)}, not ${issuer}`
        : ![id.aud].flat().includes(clientId)
          ? "it is for another client"
          : typeof id.exp === "number" && id.exp * 1000 < now
            ? "it has expired"
            : undefined;
  if (wrong !== undefined) throw new SignInFailure(401, "AuthInvalidIdToken", wrong);
}

async function sessionFrom(
  provider: IdentityProvider,
  { accessToken, refreshToken, expiresInSeconds }: Tokens,
  until: number,
  now: number,
): Promise<Session> {
  const claims = await provider.claims(accessToken);
  const size = Buffer.byteLength(JSON.stringify(claims)) + Buffer.byteLength(accessToken);
  if (size > maxClaimsBytes)
    throw new SignInFailure(
      500,
      "AuthUserinfoResponseSizeExceeded",
      "the claims and the access token are larger than 11 KB",
    );
  return {
    claims,
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresInSeconds !== undefined && { tokenUntil: now + expiresInSeconds * 1000 }),
    until,
  };
}

function providerOf({ listenerContext }: RequestContext, at: Authentication): IdentityProvider {
  return new IdentityProvider(at, listenerContext.signIn);
}

function redirectTo(
  context: RequestContext,
  location: string,
  cookies: readonly Header[],
  why: string,
): void {
  const headers = [
    ...serverHeader(context.listenerContext.listener),
    ["location", location] as const,
    ...cookies,
  ];
  context.answer(302, headers, "", why);
}
