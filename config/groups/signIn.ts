/** Sign-in at the load balancer. */
import * as z from "zod";
import { signInDefaults } from "../../path/signIn";
import { abouts } from "../about";
import { enumValue, integerValue, patternValue } from "../values";
import { patternList } from "./services";

const url = (example: string) =>
  patternValue(/^https:\/\/[^\s/?#]+\S*$/, {
    values: "URL",
    allowed: "a full URL that begins with https://",
    example,
  });

const text = (values: string, example: string) =>
  patternValue(/^\S+$/, { values, allowed: `a ${values}, without spaces`, example });

const oidc = z.strictObject({
  issuer: url("https://id.example.com/").register(abouts, {
    means:
      "Issuer of a provider of OpenID Connect, as in its `.well-known/openid-configuration`; so are the endpoints",
  }),
  authorizationEndpoint: url("https://id.example.com/authorize").register(abouts, {
    means: "Where users are sent to sign in",
  }),
  tokenEndpoint: url("https://id.example.com/token").register(abouts, {
    means: "Where the load balancer exchanges a code for tokens, over IPv4",
  }),
  userInfoEndpoint: url("https://id.example.com/userinfo").register(abouts, {
    means: "Where the load balancer reads a user's claims, over IPv4",
  }),
  clientId: text("client id", "shop").register(abouts, {
    means:
      "The client that is registered at the provider, with the redirect URL https://NAME/oauth2/idpresponse",
  }),
  clientSecret: text("secret", "…").register(abouts, {
    means: "Its secret. Encrypt it (`pulumi config set --path --secret`)",
  }),
});

const cognito = z.strictObject({
  userPoolArn: patternValue(
    /^arn:aws[a-z-]*:cognito-idp:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:userpool\/[\w-]+$/,
    {
      values: "ARN",
      allowed: "the ARN of a Cognito user pool",
      example: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI",
    },
  ).register(abouts, {
    means: "User pool of Amazon Cognito, in place of `signIn.oidc`",
  }),
  clientId: text("client id", "1example23456789").register(abouts, {
    means:
      "App client of the pool, with a secret and the redirect URL https://NAME/oauth2/idpresponse",
  }),
  domain: patternValue(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, {
    values: "domain",
    allowed: "the prefix of the pool's domain, or a domain of your own",
    example: "shop",
  }).register(abouts, { means: "Prefix of the pool's domain, or a domain of your own" }),
});

/** `hopwise:signIn` */
export const signIn = z.strictObject({
  paths: patternList("path pattern", "a path pattern that starts with a slash", "/account/*")
    .optional()
    .register(abouts, {
      means:
        "Paths of `service` for which users sign in at the load balancer ([docs/sign-in.md](sign-in.md)); `/*` is all of them. For other services set `services.NAME.signIn`",
    }),
  oidc: oidc.optional(),
  cognito: cognito.optional(),
  scope: patternValue(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/, {
    values: "scopes",
    allowed: "scopes, separated by single spaces",
    example: "openid email",
  })
    .default(signInDefaults.scope)
    .register(abouts, { means: "What is asked of the provider; with `openid` among it" }),
  sessionSeconds: integerValue(1, 604_800)
    .default(signInDefaults.sessionSeconds)
    .register(abouts, { means: "Seconds until users have to sign in again" }),
  cookieName: patternValue(/^[A-Za-z0-9_-]{1,64}$/, {
    values: "name",
    allowed: "up to 64 letters, digits, _ and -",
  })
    .default(signInDefaults.cookieName)
    .register(abouts, { means: "Name of the session's cookies, without their number" }),
  onUnauthenticated: enumValue(["authenticate", "deny", "allow"], {
    synonyms: { authenticate: ["redirect", "302"], deny: ["401"], allow: ["forward", "pass"] },
  })
    .default(signInDefaults.onUnauthenticated)
    .register(abouts, {
      means:
        "What callers get who have not signed in: the provider's page, 401, or the service without claims",
    }),
});
