import * as pulumi from "@pulumi/pulumi";
import type * as aws from "@pulumi/aws";
import { listenerPriorities } from "../../path/listenerRules";
import { signInDefaults } from "../../path/signIn";
import { hashedPlaces, type Route, routeName } from "./routes";

/** A provider of OpenID Connect. Its endpoints are in its own `.well-known/openid-configuration`. */
export interface OidcArgs {
  /** Full URL with HTTPS, as all of these. */
  issuer: string;
  /** URL to which viewers are sent to sign in. */
  authorizationEndpoint: string;
  /** Called by the load balancer, over IPv4. */
  tokenEndpoint: string;
  /** Called by the load balancer, over IPv4. */
  userInfoEndpoint: string;
  /** Id that the provider gave to this application. */
  clientId: pulumi.Input<string>;
  /** A secret. */
  clientSecret: pulumi.Input<string>;
}

/** A user pool of Amazon Cognito. Its client has a secret, which AWS reads by itself. */
export interface CognitoArgs {
  /** ARN of the user pool. */
  userPoolArn: pulumi.Input<string>;
  /** Id that the provider gave to this application. */
  clientId: pulumi.Input<string>;
  /** Prefix of the pool's domain, or a domain of your own in full. */
  domain: pulumi.Input<string>;
}

/** Who signs users in, and how. Exactly one of `oidc` and `cognito` is given. */
export interface SignInProviderArgs {
  oidc?: OidcArgs;
  cognito?: CognitoArgs;
  /** What is asked of the provider, separated by spaces; with `openid` among it. @default "openid" */
  scope?: string;
  /** Seconds until users have to sign in again, 1 to 604800. @default 604800, seven days */
  sessionSeconds?: number;
  /** Name of the session's cookies, without their number. @default "AWSELBAuthSessionCookie" */
  cookieName?: string;
  /**
   * What callers get who have not signed in: `authenticate` sends them to the provider, `deny`
   * answers 401, `allow` passes their requests on without claims. @default "authenticate"
   */
  onUnauthenticated?: "authenticate" | "deny" | "allow";
}

/** Sign-in at the load balancer. */
export interface SignInArgs extends SignInProviderArgs {
  /**
   * Paths of the path's own service for which users sign in: `*` is any text, `?` one character.
   * @default none; then it is for the services with `signIn`
   */
  paths?: string[];
}

/**
 * The action before the one that forwards.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
function signInAction({
  oidc,
  cognito,
  ...args
}: SignInProviderArgs): aws.types.input.lb.ListenerRuleAction {
  const shared = {
    scope: args.scope ?? signInDefaults.scope,
    sessionTimeout: args.sessionSeconds ?? signInDefaults.sessionSeconds,
    sessionCookieName: args.cookieName ?? signInDefaults.cookieName,
    onUnauthenticatedRequest: args.onUnauthenticated ?? signInDefaults.onUnauthenticated,
  };
  if (oidc !== undefined) {
    const clientSecret = pulumi.secret(oidc.clientSecret);
    return {
      type: "authenticate-oidc",
      order: 1,
      authenticateOidc: { ...oidc, clientSecret, ...shared },
    };
  }
  if (cognito === undefined) throw new Error("signInPlan.ts asks for oidc or cognito");
  const { userPoolArn, clientId: userPoolClientId, domain: userPoolDomain } = cognito;
  return {
    type: "authenticate-cognito",
    order: 1,
    authenticateCognito: { userPoolArn, userPoolClientId, userPoolDomain, ...shared },
  };
}

/** The actions of a rule: sign-in first, where it is asked for. */
export function signedIn(
  signIn: SignInProviderArgs | undefined,
  actions: readonly aws.types.input.lb.ListenerRuleAction[],
): aws.types.input.lb.ListenerRuleAction[] {
  if (signIn === undefined) return [...actions];
  return [signInAction(signIn), ...actions.map((action, i) => ({ ...action, order: i + 2 }))];
}

/**
 * A rule for each path. All do the same, so that their order does not matter, and a path's priority
 * does not depend on the others unless two meet.
 */
export function signInRoutes({ paths = [] }: Pick<SignInArgs, "paths">): Route[] {
  const each = [...new Set(paths)];
  const places = hashedPlaces(each, listenerPriorities.signIn);
  return each.map((path, i) => ({
    name: routeName({ path }),
    path,
    priority: places[i] ?? listenerPriorities.signIn.to,
    chosen: false,
  }));
}
