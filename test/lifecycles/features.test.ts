/**
 * Every feature of a living stack: previewed, switched on alone, switched off again; then all of them
 * at once, left alone by an update without a change; then none, and nothing.
 */
import { oidc } from "../oidc";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { describeWith } from "../parts";
import { createStack, expectWhole, type Stack } from "../engine/stack";

interface Feature {
  readonly name: string;
  /** Groups of settings, e.g. `waf`, with the keys in them that are set. */
  readonly settings: Readonly<Record<string, object>>;
  /** A type that is there with the feature only; without one it changes what is there. */
  readonly makes?: string;
}

const password = "a-long-password-of-the-viewers";

const features: readonly Feature[] = [
  {
    name: "a maintenance page",
    settings: { viewers: { maintenance: { enabled: true, text: "Soon" } } },
  },
  { name: "a web ACL", settings: { waf: { enabled: true } }, makes: "WebAcl" },
  {
    name: "logs",
    settings: {
      logs: {
        access: true,
        connections: true,
        healthChecks: true,
        queries: true,
        flow: "all",
        forceDestroy: true,
      },
    },
    makes: "FlowLog",
  },
  {
    name: "alarms",
    settings: {
      alarms: {
        enabled: true,
        budget: { monthlyDollars: 100 },
        slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
      },
    },
    makes: "MetricAlarm",
  },
  { name: "a dashboard", settings: { dashboard: { enabled: true } }, makes: "Dashboard" },
  {
    name: "detection",
    settings: { detection: { guardDuty: true, inspector: true } },
    makes: "Enabler",
  },
  {
    name: "another way out",
    settings: {
      service: {
        egress: [
          { cidr: "0.0.0.0/0", port: 443 },
          { cidr: "10.20.0.0/16", port: 5432 },
        ],
      },
    },
  },
  {
    name: "several services",
    settings: {
      services: {
        orders: {
          paths: ["/orders/*"],
          protocol: "http1",
          app: { image: "r.example.com/a:1", port: 3000 },
        },
        pages: { paths: ["/pages", "/pages/*"], count: 1 },
      },
    },
  },
  { name: "HTTPS to the tasks", settings: { origin: { protocol: "https" } } },
];

/** In front of HTTP/1.1, which the services of this stack have only where they say so. */
const withHttps: readonly Feature[] = [
  {
    name: "sign-in",
    settings: {
      signIn: {
        oidc,
      },
      services: { account: { paths: ["/account/*"], protocol: "http1", signIn: true, count: 1 } },
    },
  },
];

const withEdge: readonly Feature[] = [
  {
    name: "logs of the edge",
    settings: { logs: { edge: "v2", forceDestroy: true } },
    makes: "LogDelivery",
  },
  {
    name: "CloudFront's additional metrics",
    settings: { dashboard: { enabled: true, additionalMetrics: true } },
    makes: "MonitoringSubscription",
  },
  {
    name: "a static site, and error pages in a bucket of their own",
    settings: {
      site: { folder: "site", paths: ["/api/*"], forceDestroy: true },
      viewers: { errorPages: { folder: "errors", pages: { "404": "404.html" } } },
    },
    makes: "OriginAccessControl",
  },
  {
    name: "who may call",
    settings: {
      viewers: {
        allowedCidrs: ["198.51.100.0/24", "2001:db8::/32"],
        countries: { deny: ["AQ"] },
        password: { user: "staging", value: password },
        redirects: { "/old": "/new" },
      },
    },
    makes: "RandomString",
  },
  {
    name: "two values of the secret header",
    settings: { origin: { secret: { accept: [1, 2] } } },
  },
];

const withDomain: readonly Feature[] = [
  {
    name: "more names, and one that the others lead to",
    settings: { domain: { aliases: ["www.example.com", "h2b.example.com"], canonical: true } },
  },
];

/** True for a feature whose settings are all among those of another, or which is the other. */
function isPartOf(one: Feature, other: Feature): boolean {
  return Object.entries(one.settings).every(([group, values]) => {
    const of = other.settings[group] as Record<string, unknown> | undefined;
    return Object.entries(values).every(
      ([key, value]) => JSON.stringify(of?.[key]) === JSON.stringify(value),
    );
  });
}

/** `apart`: each feature is also on without the others. Behind CloudFront there are more of them. */
const stacks = [
  { name: "dev", own: [...features, ...withEdge], apart: true },
  { name: "h2", own: [...features, ...withDomain, ...withHttps], apart: false },
];

for (const { name, own, apart } of stacks) {
  describeWith("pulumi", `the features of ${name}, by the real engine`, () => {
    let stack: Stack;
    let plain: string[];
    let lasting: string[];
    let secrets: string[];
    let committed: string | undefined;

    const held = (): string[] =>
      stack.providers.account.resources.map((one) => `${one.type} ${one.name}`).sort();
    /** What no feature may replace: with each of these goes a name, an address or requests. */
    const ids = (): string[] =>
      stack.providers.account.resources
        .filter(({ type }) =>
          /:(Distribution|LoadBalancer|Listener|Service|Cluster|Vpc|Subnet|SecurityGroup)$/.test(
            type,
          ),
        )
        .map(({ id }) => id);
    const kinds = (): (string | undefined)[] =>
      stack.providers.account.resources.map(({ type }) => type.split(":").pop());

    /** Writes the stack's settings: the committed ones, and those of just these features. */
    function choose(chosen: readonly Feature[]): void {
      const file = path.join(stack.directory, `Pulumi.${name}.yaml`);
      committed ??= fs.readFileSync(file, "utf8");
      const document = parse(committed) as { config: Record<string, object> };
      const { config } = document;
      // The committed stack has features of its own: those that are tested are the chosen ones.
      for (const group of ["waf", "logs", "alarms", "dashboard", "detection"])
        Reflect.deleteProperty(config, `hopwise:${group}`);
      for (const { settings } of chosen)
        for (const [group, values] of Object.entries(settings))
          config[`hopwise:${group}`] = { ...config[`hopwise:${group}`], ...values };
      fs.writeFileSync(file, stringify(document));
    }

    /** Preview and update. */
    async function live(chosen: readonly Feature[]): Promise<void> {
      choose(chosen);
      await stack.ok("up", "--yes");
      expectWhole(stack);
      expect(ids()).to.include.members(lasting);
    }

    before(async () => {
      stack = await createStack(name);
      const folder = path.join(stack.directory, "site");
      fs.mkdirSync(folder);
      fs.writeFileSync(path.join(folder, "index.html"), "<h1>site</h1>");
      const errors = path.join(stack.directory, "errors");
      fs.mkdirSync(errors);
      fs.writeFileSync(path.join(errors, "404.html"), "<h1>not here</h1>");
      choose([]);
      await stack.up();
      plain = held();
      lasting = ids();
    });

    after(() => (stack as Stack | undefined)?.close());

    // Switching one on switches the one before it off, in the same update.
    for (const feature of apart ? own : []) {
      it(`${feature.name}: on by itself`, async () => {
        await live([feature]);
        if (feature.makes !== undefined) expect(kinds()).to.include(feature.makes);
        const others = own.filter((other) => !isPartOf(other, feature));
        for (const { makes } of others)
          if (makes !== undefined) expect(kinds(), makes).to.not.include(makes);
      });
    }

    it("all at once, without a secret in the state", async () => {
      const before = held();
      choose(own);
      const preview = await stack.ok("preview");
      expect(preview.output).to.match(/to (create|update|replace)/);
      expect(held(), "a preview changes nothing").to.deep.equal(before);
      await live(own);
      expect(await stack.up("--expect-no-changes")).to.be.empty;
      for (const { makes } of own) if (makes !== undefined) expect(kinds()).to.include(makes);
      const { output } = await stack.ok("stack", "export");
      secrets = stack.providers.account.resources
        .filter(({ type }) => type === "random:index/randomPassword:RandomPassword")
        .map(({ outputs }) => String(outputs.result));
      expect(secrets).to.have.lengthOf(name === "dev" ? 2 : 0);
      for (const secret of [...secrets, password]) expect(output).to.not.include(secret);
    });

    it("none any more: what there was before, and no more", async () => {
      choose([]);
      const { output } = await stack.ok("preview", "--diff");
      for (const secret of secrets) expect(output).to.not.include(secret);
      await stack.up();
      expectWhole(stack);
      expect(ids()).to.have.members(lasting);
      expect(held()).to.deep.equal(plain);
    });

    it("all at once again, and destroyed to nothing from there", async () => {
      choose(own);
      await stack.up();
      await stack.ok("destroy", "--yes", "--skip-preview");
      expect(stack.providers.account.resources).to.be.empty;
    });
  });
}
