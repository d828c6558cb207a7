/**
 * The authenticate actions of listeners and rules.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
import { signInDefaults } from "../path/signIn";
import { allowedOrFirst, block, number, text } from "./props";
import type { Props } from "./resource";
import type { Authentication } from "./types";

/** The sign-in of an action; undefined for every other action. */
export function readAuthentication(action: Props): Authentication | undefined {
  const type = text(action, "type");
  if (type === "authenticate-oidc") {
    const config = block(action, "authenticateOidc") ?? {};
    const read = (property: string): string => text(config, property) ?? "";
    return {
      by: "oidc",
      issuer: read("issuer"),
      authorizationEndpoint: read("authorizationEndpoint"),
      tokenEndpoint: read("tokenEndpoint"),
      userInfoEndpoint: read("userInfoEndpoint"),
      clientId: read("clientId"),
      clientSecret: text(config, "clientSecret"),
      ...common(config),
    };
  }
  if (type !== "authenticate-cognito") return undefined;
  const config = block(action, "authenticateCognito") ?? {};
  const pool = text(config, "userPoolArn") ?? "";
  const [, , , region = "", , id = ""] = pool.split(":");
  const domain = text(config, "userPoolDomain") ?? "";
  // A domain of Cognito's is given by its prefix, another one in full:
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
  const host = domain.includes(".") ? domain : `${domain}.auth.${region}.amazoncognito.com`;
  return {
    by: "cognito",
    issuer: `https://cognito-idp.${region}.amazonaws.com/${id.replace("userpool/", "")}`,
    authorizationEndpoint: `https://${host}/oauth2/authorize`,
    tokenEndpoint: `https://${host}/oauth2/token`,
    userInfoEndpoint: `https://${host}/oauth2/userInfo`,
    clientId: text(config, "userPoolClientId") ?? "",
    ...common(config),
  };
}

function common(
  config: Props,
): Pick<Authentication, "scope" | "parameters" | "cookieName" | "sessionSeconds" | "otherwise"> {
  const parameters = Object.entries(block(config, "authenticationRequestExtraParams") ?? {});
  return {
    scope: text(config, "scope") ?? signInDefaults.scope,
    parameters: Object.fromEntries(
      parameters.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    ),
    cookieName: text(config, "sessionCookieName") ?? signInDefaults.cookieName,
    sessionSeconds: number(config, "sessionTimeout") ?? signInDefaults.sessionSeconds,
    otherwise: allowedOrFirst(text(config, "onUnauthenticatedRequest"), [
      "authenticate",
      "deny",
      "allow",
    ]),
  };
}

/** Ports of an identity provider that the load balancer itself calls. */
export function calledPorts(
  endpoints: Pick<Authentication, "tokenEndpoint" | "userInfoEndpoint">,
): number[] {
  const ports = [endpoints.tokenEndpoint, endpoints.userInfoEndpoint].flatMap((endpoint) => {
    if (!URL.canParse(endpoint)) return [];
    const { port } = new URL(endpoint);
    return [port === "" ? 443 : Number(port)];
  });
  return [...new Set(ports)];
}

/** The same of an action; none where it asks nobody to sign in. Cognito's are known. */
export function portsOfSignIn(action: Props): number[] {
  const type = text(action, "type");
  if (type === "authenticate-cognito") return [443];
  if (type !== "authenticate-oidc") return [];
  const config = block(action, "authenticateOidc") ?? {};
  return calledPorts({
    tokenEndpoint: text(config, "tokenEndpoint") ?? "",
    userInfoEndpoint: text(config, "userInfoEndpoint") ?? "",
  });
}
