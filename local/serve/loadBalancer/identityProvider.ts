/** What a load balancer asks of an identity provider: tokens for a code, and the user's claims. */
import https from "node:https";
import { rootCertificates } from "node:tls";
import { endpointSeconds } from "../../../path/signIn";
import type { Authentication } from "../../../topology/types";
import type { SignInMeans } from "./requestContext";

/** What a provider answered. */
interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Tokens of a user. */
export interface Tokens {
  readonly accessToken: string;
  /** Claims of the ID token; absent where the answer has none. */
  readonly id?: Readonly<Record<string, unknown>>;
  readonly refreshToken?: string;
  readonly expiresInSeconds?: number;
}

/** Why a sign-in ends, with the status and the reason that the access log has. */
export class SignInFailure extends Error {
  constructor(
    readonly status: 401 | 500 | 561,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** An identity provider, as a load balancer sees it. */
export class IdentityProvider {
  constructor(
    private readonly at: Authentication,
    private readonly means: Pick<SignInMeans, "trusted" | "closedTo">,
  ) {}

  /** Exchanges a code, or a refresh token, for tokens. @throws {SignInFailure} */
  async tokens(grant: Readonly<Record<string, string>>): Promise<Tokens> {
    const { clientId, clientSecret, tokenEndpoint } = this.at;
    if (clientSecret === undefined) {
      const why = "the client's secret is not in the program: AWS reads it from Cognito itself";
      throw new SignInFailure(500, "AuthTokenEpRequestFailed", why);
    }
    // AWS does not document how the load balancer says who it is; OpenID Connect's default is Basic.
    const user = [clientId, clientSecret].map(encodeURIComponent).join(":");
    const { status, body } = await this.ask("token", tokenEndpoint, {
      method: "POST",
      authorization: `Basic ${Buffer.from(user).toString("base64")}`,
      form: new URLSearchParams(grant).toString(),
    });
    if (status === 400 && body?.error === "invalid_grant")
      throw new SignInFailure(561, "AuthInvalidGrantError", "the provider does not take the code");
    if (status < 200 || status > 299)
      throw new SignInFailure(
        500,
        "AuthTokenEpRequestFailed",
        `the token endpoint answered ${status}`,
      );
    const accessToken = body?.access_token;
    if (typeof accessToken !== "string")
      throw new SignInFailure(401, "AuthInvalidTokenResponse", "the answer has no access token");
    return {
      accessToken,
      id: typeof body?.id_token === "string" ? claimsOf(body.id_token) : undefined,
      ...(typeof body?.refresh_token === "string" && { refreshToken: body.refresh_token }),
      ...(typeof body?.expires_in === "number" && { expiresInSeconds: body.expires_in }),
    };
  }

  /** The claims of the user of an access token. @throws {SignInFailure} */
  async claims(accessToken: string): Promise<Readonly<Record<string, unknown>>> {
    const { status, body } = await this.ask("user info", this.at.userInfoEndpoint, {
      method: "GET",
      authorization: `Bearer ${accessToken}`,
    });
    if (status < 200 || status > 299)
      throw new SignInFailure(
        500,
        "AuthUserinfoEpRequestFailed",
        `the user-info endpoint answered ${status}`,
      );
    if (typeof body?.sub !== "string")
      throw new SignInFailure(401, "AuthInvalidUserinfoResponse", "the claims have no sub");
    return body;
  }

  private ask(
    what: "token" | "user info",
    endpoint: string,
    asked: { readonly method: string; readonly authorization: string; readonly form?: string },
  ): Promise<Answer> {
    const reason = what === "token" ? "AuthTokenEpRequestTimeout" : "AuthUserinfoEpRequestTimeout";
    const fail = (why: string): SignInFailure =>
      new SignInFailure(500, reason, `no answer from the ${what} endpoint ${endpoint}: ${why}`);
    return new Promise((resolve, reject) => {
      if (!URL.canParse(endpoint)) {
        reject(fail("it is not a URL"));
        return;
      }
      const { port } = new URL(endpoint);
      const closed = this.means.closedTo(port === "" ? 443 : Number(port));
      if (closed !== undefined) {
        reject(fail(closed));
        return;
      }
      const request = https.request(
        endpoint,
        {
          method: asked.method,
          ca: [...rootCertificates, ...this.means.trusted],
          signal: AbortSignal.timeout(endpointSeconds * 1000),
          headers: {
            accept: "application/json",
            authorization: asked.authorization,
            ...(asked.form !== undefined && {
              "content-type": "application/x-www-form-urlencoded",
              "content-length": Buffer.byteLength(asked.form),
            }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", (error) => {
            reject(fail(error.message));
          });
          response.on("end", () => {
            const body = json(Buffer.concat(parts).toString());
            resolve({ status: response.statusCode ?? 0, body });
          });
        },
      );
      request.on("error", (error) => {
        reject(fail(error.message));
      });
      request.end(asked.form);
    });
  }
}

/** The claims of a JWT, without a check of its signature: it came over TLS from the provider. */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  return json(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

function json(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
