/** An identity provider for tests: OpenID Connect's three endpoints, and nothing else. */
import { randomUUID } from "node:crypto";
import https from "node:https";
import type { Authority } from "../../local/serve/certificates";
import type { Authentication } from "../../topology/types";
import { listen } from "./load-balancer-support";

/** What a test changes about the provider while it runs. */
interface ProviderChange {
  /** Query parameters with which users come back, in place of a code. */
  error?: string;
  token?: { status: number; body: object };
  userInfo?: { status: number; body: object };
  /** Claims of the ID token in addition to the right ones; null: there is no ID token. */
  id?: object | null;
  expiresIn?: number;
  refreshToken?: string;
}

export interface Provider {
  readonly at: Authentication;
  readonly change: ProviderChange;
  /** Forms that the token endpoint got. */
  readonly grants: URLSearchParams[];
  /** What a browser does there: the user signs in, and is sent back. */
  readonly signIn: (location: string) => string;
}

const issuer = "https://id.example.com/";
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Starts a provider that ends with the test; its name is `localhost`. */
export async function identityProvider(authority: Authority): Promise<Provider> {
  const change: ProviderChange = {};
  const grants: URLSearchParams[] = [];
  const codes = new Set<string>();
  const { certificate, key } = await authority.serverCertificate(["localhost"]);
  const basic = `Basic ${Buffer.from("shop:hush").toString("base64")}`;
  const answer = (path: string, form: URLSearchParams, authorization = "") => {
    if (path === "/userinfo")
      return authorization === "Bearer access"
        ? (change.userInfo ?? { status: 200, body: { sub: "u-1", email: "ann@example.com" } })
        : { status: 401, body: {} };
    grants.push(form);
    if (change.token) return change.token;
    if (authorization !== basic) return { status: 401, body: { error: "invalid_client" } };
    const known =
      form.get("grant_type") === "refresh_token" || codes.delete(form.get("code") ?? "");
    if (!known) return { status: 400, body: { error: "invalid_grant" } };
    const exp = Math.floor(Date.now() / 1000) + 300;
    const id = { iss: issuer, aud: "shop", sub: "u-1", exp, ...change.id };
    return {
      status: 200,
      body: {
        access_token: "access",
        ...(change.id !== null && { id_token: `${encoded({})}.${encoded(id)}.` }),
        ...(change.expiresIn !== undefined && { expires_in: change.expiresIn }),
        ...(change.refreshToken !== undefined && { refresh_token: change.refreshToken }),
      },
    };
  };
  const server = https.createServer({ cert: certificate, key }, (request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const { authorization } = request.headers;
      const { status, body } = answer(request.url ?? "", new URLSearchParams(text), authorization);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  const base = `https://localhost:${await listen(server)}`;
  return {
    change,
    grants,
    at: {
      by: "oidc",
      issuer,
      authorizationEndpoint: `${base}/authorize`,
      tokenEndpoint: `${base}/token`,
      userInfoEndpoint: `${base}/userinfo`,
      clientId: "shop",
      clientSecret: "hush",
      scope: "openid",
      parameters: { prompt: "login" },
      cookieName: "AWSELBAuthSessionCookie",
      sessionSeconds: 3600,
      otherwise: "authenticate",
    },
    signIn: (location) => {
      const asked = new URL(location).searchParams;
      const back = new URL(asked.get("redirect_uri") ?? "");
      const code = randomUUID();
      codes.add(code);
      const given: Record<string, string> =
        change.error === undefined ? { code } : { error: change.error };
      back.search = new URLSearchParams({ ...given, state: asked.get("state") ?? "" }).toString();
      return back.href;
    },
  };
}
