/** Sign-in at the load balancer: rules, the way to the provider, and what is refused. */
import { oidc } from "../../oidc";
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import {
  ListenerService,
  type PathServiceArgs,
  pathComponents,
  ServicesAtListener,
  type SignInArgs,
} from "../../../components";
import { signInRoutes } from "../../../components/service/signIn";
import type { Props } from "../../../local/model/types";
import type { Variant } from "../../../path/variants";
import { domain, placement, record, recorded, type Recording, rulesOf, service } from "./record";

const signIn: SignInArgs = { paths: ["/account/*"], oidc };
const app = { image: "r.example.com/api:1", port: 3000 };
const api: PathServiceArgs = { ...service, paths: ["/api/*"], app };

const build = (more: object, variant: Variant = "h1-via-cloudfront"): Promise<Recording> =>
  recorded(pathComponents[variant], { placement, service, domain, ...more });
const refused = (more: object, variant?: Variant): Promise<string> =>
  build(more, variant).then(
    () => "nothing",
    (error: unknown) => (error as Error).message,
  );
const actionsOf = (made: Recording, name: string): Props[] =>
  made.named("ListenerRule", name).inputs.actions as Props[];
const behaviorsOf = (made: Recording): unknown[] =>
  ((made.one("Distribution").inputs.orderedCacheBehaviors ?? []) as Props[]).map(
    ({ pathPattern, targetOriginId }) => [pathPattern, targetOriginId],
  );

describe("sign-in", () => {
  it("makes nothing where it is not asked for", async () => {
    const made = await build({});
    expect(made.tree.join()).not.to.contain("sign-in");
    expect(rulesOf(made).join()).not.to.contain("egress tcp 443 to 0.0.0.0/0 web-alb");
  });

  it("adds a rule for each path, with the secret header, before all other requests", async () => {
    const [without, made] = await Promise.all([build({}), build({ signIn })]);
    expect(made.tree.filter((one) => !without.tree.includes(one))).to.deep.equal([
      "aws:lb/listenerRule:ListenerRule web-sign-in-account-any hopwise:index:PathLoadBalancer",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule web-load-balancer-to-identity-provider hopwise:index:PathSecurityGroups",
    ]);
    const rule = made.named("ListenerRule", "web-sign-in-account-any").inputs;
    expect(Number(rule.priority)).to.be.within(49_001, 49_900);
    expect((rule.conditions as Props[]).flatMap(Object.keys)).to.deep.equal([
      "httpHeader",
      "pathPattern",
    ]);
    const [ask, forward] = rule.actions as Props[];
    expect(ask).to.deep.equal({
      type: "authenticate-oidc",
      order: 1,
      authenticateOidc: {
        ...oidc,
        scope: "openid",
        sessionTimeout: 604_800,
        sessionCookieName: "AWSELBAuthSessionCookie",
        onUnauthenticatedRequest: "authenticate",
      },
    });
    expect(forward).to.include({ type: "forward", order: 2 });
    expect(rulesOf(made)).to.include("web-alb egress tcp 443 to 0.0.0.0/0");
  });

  it("keeps the client's secret a secret", async () => {
    const made = await build({ signIn });
    const sent = made.sent.find(
      ({ priority }) => Number(priority) > 49_000 && Number(priority) < 49_901,
    );
    expect(JSON.stringify(sent)).to.contain("1b47061264138c4ac30d75fd1eb44270");
  });

  it("takes a user pool, with a session and an outcome of its own", async () => {
    const cognito = {
      userPoolArn: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbC",
      clientId: "1example",
      domain: "shop",
    };
    const made = await build({
      signIn: {
        paths: ["/*"],
        cognito,
        sessionSeconds: 60,
        cookieName: "shop",
        onUnauthenticated: "deny",
      },
    });
    expect(actionsOf(made, "web-sign-in-any")[0]).to.deep.equal({
      type: "authenticate-cognito",
      order: 1,
      authenticateCognito: {
        userPoolArn: cognito.userPoolArn,
        userPoolClientId: "1example",
        userPoolDomain: "shop",
        scope: "openid",
        sessionTimeout: 60,
        sessionCookieName: "shop",
        onUnauthenticatedRequest: "deny",
      },
    });
  });

  it("opens the ports of the provider's own endpoints", async () => {
    const own = { ...oidc, tokenEndpoint: "https://id.example.com:8443/token" };
    const made = await build({ signIn: { ...signIn, oidc: own } });
    expect(rulesOf(made).filter((rule) => /^web-alb egress .*0\.0\.0\.0/.test(rule))).to.deep.equal(
      ["web-alb egress tcp 443 to 0.0.0.0/0", "web-alb egress tcp 8443 to 0.0.0.0/0"],
    );
  });

  it("is for services that ask for it, also without CloudFront", async () => {
    const services = { api: { ...api, protocol: "http1", signIn: true } };
    for (const variant of ["h1-via-cloudfront", "h2-direct"] as const) {
      const made = await build({ signIn: { oidc }, services }, variant);
      const types = actionsOf(made, "web-api-api-any").map(({ type }) => type);
      expect(types).to.deep.equal(["authenticate-oidc", "forward"]);
      expect(made.tree.join()).not.to.contain("web-sign-in");
    }
  });

  it("brings users back to the load balancer past a site", async () => {
    const site = { folder: "test/unit/components/fixtures/site", paths: ["/account/*"] };
    const made = await build({ signIn, site });
    expect(behaviorsOf(made)).to.deep.equal([
      ["/oauth2/idpresponse", "load-balancer"],
      ["/account/*", "load-balancer"],
    ]);
    const few = await build({
      signIn,
      site: { ...site, byDefault: "service", paths: ["/assets/*"] },
    });
    expect(behaviorsOf(few)).to.have.length(1);
  });

  it("keeps a path's priority, whatever other paths there are", () => {
    const all = signInRoutes({ paths: ["/a/*", "/b/*", "/c/*"] });
    const [b] = signInRoutes({ paths: ["/b/*"] });
    expect(all[1]).to.deep.equal(b);
    const many = signInRoutes({ paths: Array.from({ length: 300 }, (_, i) => `/p${i}/*`) });
    expect(new Set(many.map(({ priority }) => priority)).size).to.equal(300);
  });

  const refusals: readonly [string, object, RegExp, Variant?][] = [
    ["nobody to sign users in", { signIn: { paths: ["/*"] } }, /needs oidc or cognito/],
    [
      "two of them",
      { signIn: { ...signIn, cognito: { userPoolArn: "a", clientId: "b", domain: "c" } } },
      /only one of them/,
    ],
    ["nothing to sign in for", { signIn: { oidc } }, /asks nobody/],
    ["a path without a slash", { signIn: { oidc, paths: ["account"] } }, /starts with a slash/],
    [
      "an endpoint in plain text",
      { signIn: { ...signIn, oidc: { ...oidc, userInfoEndpoint: "http://id/" } } },
      /signIn\.oidc\.userInfoEndpoint.*https/,
    ],
    ["a session of no time", { signIn: { ...signIn, sessionSeconds: 0 } }, /1 to 604800/],
    [
      "HTTP/2 to the tasks",
      { signIn },
      /no sign-in in front of a target group of HTTP\/2/,
      "h2-direct",
    ],
    [
      "a service of HTTP/2",
      { signIn: { oidc }, services: { api: { ...api, protocol: "http2", signIn: true } } },
      /services\.api\.signIn: AWS takes no sign-in/,
      "h2-direct",
    ],
    [
      "a plain listener",
      { signIn, domain: undefined, origin: { access: "vpc-origin" } },
      /needs an HTTPS listener.*domain\.name/,
    ],
    [
      "a service of which it is not said",
      { signIn: { oidc, paths: ["/*"] }, services: { api } },
      /set services\.api\.signIn to true, or to false/,
    ],
    [
      "a service that is evaluated later",
      { signIn, services: { api: { ...api, priority: 49_500 } } },
      /services\.api\.priority: with signIn\.paths it may be at most 49000/,
    ],
    [
      "a service without a provider",
      { services: { api: { ...api, signIn: true } } },
      /needs signIn/,
    ],
    [
      "gRPC calls",
      { signIn: { oidc, paths: ["/*"] }, grpc: { services: ["shop.v1.Cart"] } },
      /takes the gRPC calls at \/shop\.v1\.Cart/,
    ],
    [
      "what a site answers",
      { signIn, site: { folder: "test/unit/components/fixtures/site", paths: ["/api/*"] } },
      /which the site answers/,
    ],
    [
      "what a site answers for itself",
      {
        signIn,
        site: {
          folder: "test/unit/components/fixtures/site",
          byDefault: "service",
          paths: ["/account/*"],
        },
      },
      /which the site answers \(site\.paths/,
    ],
  ];
  for (const [what, args, says, variant] of refusals)
    it(`is refused with ${what}`, async () => {
      expect(await refused(args, variant)).to.match(says);
    });

  it("is no conflict where it is said of the service", async () => {
    const services = { api: { ...api, signIn: false } };
    const made = await build({ signIn: { oidc, paths: ["/*"] }, services });
    expect(actionsOf(made, "web-api-api-any")).to.have.length(1);
  });

  it("is not for services at a load balancer that exists, but for a single one of a program", async () => {
    const listener = {
      listenerArn:
        "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2",
      securityGroupId: "sg-0123456789abcdef0",
    };
    const args = { variant: "h1-via-cloudfront" as const, listener, placement };
    expect(
      () => new ServicesAtListener("web", { ...args, services: { api: { ...api, signIn: true } } }),
    ).to.throw(pulumi.RunError, /ListenerService takes signIn/);
    const made = await record(
      () => new ListenerService("api", { ...api, listener, placement, signIn: { oidc } }),
    );
    expect(actionsOf(made, "api-api-any").map(({ type }) => type)).to.deep.equal([
      "authenticate-oidc",
      "forward",
    ]);
  });
});
