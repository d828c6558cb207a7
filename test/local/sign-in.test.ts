/** Sign-in at a load balancer, as a browser goes through it. */
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import https from "node:https";
import path from "node:path";
import { expect } from "chai";
import type { Authentication, ListenerAction } from "../../topology/types";
import { type Provider, identityProvider } from "./identity-provider";
import {
  type Bench,
  type BenchChange,
  type Got,
  answering,
  bench,
  benchAuthority,
  endBenches,
  fields,
} from "./load-balancer-support";

const names = ["x-amzn-oidc-identity", "x-amzn-oidc-accesstoken", "x-amzn-oidc-data"];

interface Site {
  readonly lb: Bench;
  readonly provider: Provider;
  /** Makes a request with the browser's cookies, and keeps those that it gets. */
  readonly go: (path: string, headers?: Record<string, string>) => Promise<Got>;
  readonly cookies: Map<string, string>;
}

describe("sign-in at the load balancer", () => {
  afterEach(endBenches);

  const open = async (
    change: Partial<Authentication> = {},
    benched: BenchChange = {},
  ): Promise<Site> => {
    const provider = await identityProvider(await benchAuthority());
    const authenticate = { ...provider.at, ...change };
    const { group } = (await bench()).pool;
    const forward: ListenerAction = { type: "forward", groups: [{ arn: group.arn, weight: 1 }] };
    const rule = {
      arn: "rule",
      priority: 10,
      conditions: [{ field: "path" as const, values: ["/account/*"] }],
      action: { ...forward, authenticate },
    };
    const listener = { defaultAction: forward, rules: [rule] };
    const lb = await bench({ tls: true, listener, ...benched });
    await lb.add(
      answering(({ headers }) =>
        JSON.stringify(Object.fromEntries(names.map((name) => [name, headers[name]]))),
      ),
    );
    const cookies = new Map<string, string>();
    return {
      lb,
      provider,
      cookies,
      go: async (path, headers = {}) => {
        const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const got = await getTls(lb, path, { ...(jar !== "" && { cookie: jar }), ...headers });
        for (const set of got.headers["set-cookie"] ?? []) {
          const [name = "", value = ""] = (set.split(";")[0] ?? "").split(/=(.*)/s);
          cookies.set(name, value);
        }
        return got;
      },
    };
  };
  const signedIn = async (site: Site): Promise<Got> => {
    const asked = await site.go("/account/orders?page=2");
    return site.go(pathOf(site.provider.signIn(asked.headers.location ?? "")));
  };

  it("leaves other paths open, and asks on its own", async () => {
    const site = await open();
    expect((await site.go("/")).status).to.equal(200);
    const asked = await site.go("/account/orders");
    expect(asked.status).to.equal(302);
    const to = new URL(asked.headers.location ?? "");
    expect(to.origin + to.pathname).to.equal(site.provider.at.authorizationEndpoint);
    const { state, ...query } = Object.fromEntries(to.searchParams);
    expect(state).to.have.length.above(20);
    expect(query).to.deep.equal({
      prompt: "login",
      client_id: "shop",
      redirect_uri: "https://www.example.com/oauth2/idpresponse",
      response_type: "code",
      scope: "openid",
    });
  });

  it("sends the user back, then passes requests on with signed claims", async () => {
    const site = await open();
    const back = await signedIn(site);
    expect([back.status, back.headers.location]).to.deep.equal([
      302,
      "https://www.example.com/account/orders?page=2",
    ]);
    expect(back.headers["set-cookie"]?.[0]).to.match(
      /^AWSELBAuthSessionCookie-0=.*; Path=\/; Secure; HttpOnly$/,
    );
    const got = await site.go("/account/orders", { "X-Amzn-Oidc-Identity": "somebody else" });
    const sent = JSON.parse(got.body) as Record<string, string>;
    expect([sent[names[0] ?? ""], sent[names[1] ?? ""]]).to.deep.equal(["u-1", "access"]);
    const [head = "", claims = "", signature = ""] = (sent[names[2] ?? ""] ?? "").split(".");
    const { kid, signer, client, alg } = decoded(head) as Record<string, string>;
    expect([client, alg]).to.deep.equal(["shop", "ES256"]);
    expect(signer).to.match(/^arn:aws:elasticloadbalancing:/);
    expect(decoded(claims)).to.include({ sub: "u-1", email: "ann@example.com" });
    const pem = readFileSync(path.join(site.lb.root, "aws-elb-public-keys", kid ?? ""));
    const key = { key: createPublicKey(pem), dsaEncoding: "ieee-p1363" as const };
    const data = Buffer.from(`${head}.${claims}`);
    expect(verify("sha256", data, key, Buffer.from(signature, "base64"))).to.equal(true);
    expect((await site.lb.log()).map(authLog)).to.deep.equal([
      ["302", "10", '"authenticate"', '"-"'],
      ["302", "-", '"authenticate"', '"-"'],
      ["200", "10", '"authenticate,forward"', '"-"'],
    ]);
  });

  it("asks again when the session is over, and for a cookie that it did not make", async () => {
    const site = await open({ sessionSeconds: -1 });
    await signedIn(site);
    expect((await site.go("/account/orders")).status).to.equal(302);
    site.cookies.set("AWSELBAuthSessionCookie-0", "forged");
    expect((await site.go("/account/orders")).status).to.equal(302);
  });

  it("splits a session over several cookies, each of 4 KB at most", async () => {
    const site = await open();
    const groups = "g".repeat(9000);
    site.provider.change.userInfo = { status: 200, body: { sub: "u-1", groups } };
    const back = await signedIn(site);
    const sizes = (back.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]?.length);
    expect(sizes).to.have.length.above(2);
    expect(Math.max(...sizes.map(Number))).to.be.below(4097);
    expect((await site.go("/account/orders")).status).to.equal(200);
  });

  it("denies, or lets pass without claims, where the rule says so", async () => {
    const denied = await open({ otherwise: "deny" });
    expect((await denied.go("/account/orders")).status).to.equal(401);
    const open2 = await open({ otherwise: "allow" });
    const got = await open2.go("/account/orders", { "x-amzn-oidc-identity": "somebody" });
    expect([got.status, got.body]).to.deep.equal([200, "{}"]);
  });

  it("renews the claims with a refresh token, and asks again when that is refused", async () => {
    const site = await open();
    site.provider.change.expiresIn = 0;
    site.provider.change.refreshToken = "again";
    await signedIn(site);
    const got = await site.go("/account/orders");
    expect([got.status, got.headers["set-cookie"]?.length]).to.deep.equal([200, 1]);
    expect(site.provider.grants.map((grant) => grant.get("grant_type"))).to.deep.equal([
      "authorization_code",
      "refresh_token",
    ]);
    site.provider.change.token = { status: 400, body: { error: "invalid_grant" } };
    expect((await site.go("/account/orders")).status).to.equal(302);
  });

  const failures: readonly [string, (site: Site) => unknown, number, string][] = [
    [
      "the provider answers with an error",
      ({ provider }) => (provider.change.error = "access_denied"),
      561,
      "AuthInvalidGrantError",
    ],
    [
      "the token endpoint refuses the client",
      ({ provider }) => (provider.change.token = { status: 401, body: {} }),
      500,
      "AuthTokenEpRequestFailed",
    ],
    [
      "the user-info endpoint fails",
      ({ provider }) => (provider.change.userInfo = { status: 503, body: {} }),
      500,
      "AuthUserinfoEpRequestFailed",
    ],
    [
      "there are more than 11 KB of claims",
      ({ provider }) =>
        (provider.change.userInfo = { status: 200, body: { sub: "u", g: "g".repeat(11_300) } }),
      500,
      "AuthUserinfoResponseSizeExceeded",
    ],
    [
      "the scope returns no ID token",
      ({ provider }) => (provider.change.id = null),
      401,
      "AuthInvalidIdToken",
    ],
    [
      "the ID token is for another client",
      ({ provider }) => (provider.change.id = { aud: "other" }),
      401,
      "AuthInvalidIdToken",
    ],
    [
      "CloudFront drops the cookies",
      ({ cookies }) => (cookies.clear(), true),
      401,
      "AuthInvalidStateParam",
    ],
  ];
  for (const [what, cause, status, reason] of failures)
    it(`${status} where ${what}`, async () => {
      const site = await open();
      const asked = await site.go("/account/");
      cause(site);
      const back = await site.go(pathOf(site.provider.signIn(asked.headers.location ?? "")));
      expect(back.status).to.equal(status);
      const [, line] = await site.lb.log();
      expect(authLog(line ?? "")).to.deep.equal([
        String(status),
        "-",
        '"authenticate"',
        `"${reason}"`,
      ]);
    });

  it("500 where the program does not have the client's secret, as of Cognito", async () => {
    const site = await open({ by: "cognito", clientSecret: undefined });
    expect((await signedIn(site)).status).to.equal(500);
  });

  it("500 where no security group lets it reach the provider", async () => {
    const site = await open({}, { closedTo: "no egress rule for TCP 443" });
    expect((await signedIn(site)).status).to.equal(500);
    const [, line] = await site.lb.log();
    expect(authLog(line ?? "").at(-1)).to.equal('"AuthTokenEpRequestTimeout"');
  });
});

const pathOf = (url: string): string => new URL(url).pathname + new URL(url).search;
const decoded = (part: string): object =>
  JSON.parse(Buffer.from(part, "base64").toString()) as object;

/** Status, rule, actions and error reason of a line. */
function authLog(line: string): (string | undefined)[] {
  const all = fields(line);
  return [all[8], all[20], all[22], all[24]];
}

function getTls({ port, ca }: Bench, path: string, headers: Record<string, string>): Promise<Got> {
  const options = { host: "127.0.0.1", port, path, ca, servername: "www.example.com" };
  return new Promise((resolve, reject) => {
    https
      .get(
        { ...options, agent: false, headers: { host: "www.example.com", ...headers } },
        (response) => {
          let body = "";
          response.setEncoding("utf8").on("data", (part: string) => (body += part));
          response.on("end", () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          });
        },
      )
      .on("error", reject);
  });
}
