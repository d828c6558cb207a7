/** The pack on whole programs: this project's own, and the one of the article. */
import * as path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../../local/program";
import type { DeclaredResource, Props } from "../../../topology/resource";
import { committedStack } from "../evaluated";
import { asPreview } from "./preview";
import { judge, ownStack, type PolicyReport } from "./support";

const root = path.join(__dirname, "../../..");

const rulesOf = (reports: readonly PolicyReport[]): string[] =>
  reports.map(({ rule, level, urn }) => `${level} ${rule} ${urn.split("::").at(-1) ?? ""}`);

/** What is known to be so, and why it is left. */
const advisories: Readonly<Record<string, readonly string[]>> = {
  // Certificates need a domain, and logs cost money: a stack for trying things out has neither.
  dev: ["advisory plain-text-inside-aws web-listener", "advisory access-logs-off web-alb"],
  prod: [],
  // True of the variant: it is for HTTP/2 clients.
  h2: ["advisory direct-http1-clients-464 web-tasks", "advisory direct-open-to-internet web-alb"],
};

/**
 * What is made of what does not exist yet: containers' definitions name the image, which is yet to be
 * built, and topics' policies the topic.
 */
const notKnown: Readonly<Record<string, readonly string[]>> = {
  dev: ["containerDefinitions of the task definition web"],
  prod: [
    "containerDefinitions of the task definition web",
    "policy of the topic policy web-alarms",
    "policy of the topic policy web-edge-alarms",
  ],
  h2: ["containerDefinitions of the task definition web", "policy of the topic policy web-alarms"],
};

const features: Readonly<Record<string, Props>> = {
  "every log": {
    "hopwise:logs": {
      ...{ access: true, connections: true, healthChecks: true, queries: true, edge: "v2" },
      flow: "all",
    },
  },
  "alarms, detection and a web ACL": {
    "hopwise:alarms": { enabled: true },
    "hopwise:detection": { guardDuty: true, inspector: true },
    "hopwise:waf": { enabled: true },
  },
  "a static site": { "hopwise:site": { folder: "nginx/page", paths: ["/api/*"] } },
  "client certificates": {
    "hopwise:viewers": {
      ...{ httpVersions: "http2", clientCertificates: { trustStore: "ts_1" } },
    },
  },
  "HTTPS to the tasks": { "hopwise:origin": { protocol: "https" } },
  "the secret's rotation": { "hopwise:origin": { secret: { send: 2, accept: [1, 2] } } },
};

describe("the policy pack on whole programs", () => {
  const programs = new Map<string, readonly DeclaredResource[]>();
  const of = (name: string): readonly DeclaredResource[] => programs.get(name) ?? [];
  before(async () => {
    for (const stack of Object.keys(advisories))
      programs.set(stack, (await committedStack(stack)).evaluation.resources);
    const article = path.join(root, "examples/article-464");
    programs.set("article", (await evaluate({ projectDir: article, stack: "dev" })).resources);
  });

  for (const [stack, expected] of Object.entries(advisories)) {
    it(`${stack}: nothing but what is known to be so`, () => {
      expect(of(stack).length).to.be.greaterThan(40);
      expect(rulesOf(judge(of(stack)))).to.deep.equal(expected);
    });

    it(`${stack}, before anything exists: the same`, () => {
      const reports = judge(asPreview(of(stack)));
      expect(rulesOf(reports).filter((one) => !one.includes("not-checked"))).to.deep.equal(
        expected,
      );
      const values = reports
        .filter(({ rule }) => rule === "not-checked-at-preview")
        .map(({ message }) => /deployment: (.*)\. Not/.exec(message)?.[1]);
      expect(values).to.deep.equal(notKnown[stack]);
    });
  }

  for (const [feature, settings] of Object.entries(features))
    it(`prod with ${feature}: nothing, before and after it exists`, async () => {
      const resources = await ownStack("prod", settings);
      expect(resources.length).to.be.greaterThan(40);
      expect(rulesOf(judge(resources))).to.deep.equal([]);
      const before = judge(asPreview(resources)).filter(({ level }) => level === "mandatory");
      expect(before).to.deep.equal([]);
    });

  it("catches what the article was about, before and after it exists", () => {
    const caught = [
      "mandatory edge-http1-to-http2-target nginx",
      "mandatory load-balancer-open-behind-edge alb",
      "mandatory no-secret-header https",
      "advisory access-logs-off test-alb",
    ];
    expect(rulesOf(judge(of("article")))).to.deep.equal(caught);
    const before = rulesOf(judge(asPreview(of("article"))));
    expect(before.filter((one) => !one.includes("not-checked"))).to.deep.equal(caught);
  });
});
