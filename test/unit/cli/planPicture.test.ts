import { expect } from "chai";
import { graphOf } from "../../../cli/plan/graph";
import { makePlan } from "../../../cli/plan/make";
import { mermaidOf } from "../../../cli/plan/mermaid";
import { pictureOf } from "../../../cli/plan/picture";
import { fit, widthOf, wrapTo } from "../../../cli/plan/picture/text";
import { xml } from "../../../cli/show/xml";
import type { Plan } from "../../../cli/plan/types";
import { Account } from "../../../local/model/account";
import type { LocalResource } from "../../../local/model/types";
import { mermaidType } from "../mermaid";
import { stack as handWritten, type Stack } from "../../local/stacks/resources";

function planOf(resources: readonly LocalResource[]): Plan {
  const account = new Account({ region: "ap-northeast-1" });
  const evaluation = {
    stack: "test",
    cwd: ".",
    account,
    resources,
    outputs: {},
    logs: [],
    refusals: [],
    notChecked: [],
    secrets: new Set<string>(),
  };
  return makePlan({ project: "by-hand", stack: "test", evaluation, problems: [] });
}

const closed = { version: "HTTP1", edge: "public", listener: "HTTPS", port: 8080 } as const;

/** Adds a bucket that answers everything but `/api/*`, which the service keeps. */
function withBucket(s: Stack): LocalResource[] {
  const { inputs } = s.find("aws:cloudfront/distribution:Distribution");
  const behaviour = inputs.defaultCacheBehavior as object;
  return s.with("aws:cloudfront/distribution:Distribution", "cdn", {
    origins: [
      ...(inputs.origins as object[]),
      {
        originId: "files",
        domainName: "files.s3.eu-west-1.amazonaws.com",
        originAccessControlId: "E1",
      },
    ],
    orderedCacheBehaviors: [{ ...behaviour, pathPattern: "/api/*" }],
    defaultCacheBehavior: { ...behaviour, targetOriginId: "files" },
  });
}

const programs: Readonly<Record<string, () => LocalResource[]>> = {
  "via CloudFront": () => handWritten(closed).resources,
  "VPC origin": () => handWritten({ ...closed, edge: "vpc", listener: "HTTP" }).resources,
  "directly, HTTP/2": () => handWritten({ ...closed, edge: "none", version: "HTTP2" }).resources,
  "with an app": () => handWritten({ ...closed, app: true }).resources,
  broken: () => handWritten({ ...closed, version: "HTTP2" }).resources,
  "service and bucket": () => withBucket(handWritten(closed)),
  "nothing at all": () => [],
};

/** Every element's name in order of its start, checking that each is closed. */
function elements(svg: string): string[] {
  const open: string[] = [];
  const all: string[] = [];
  for (const [, close, name = "", rest = ""] of svg.matchAll(
    /<(\/?)([a-z]+)((?:[^"<>]|"[^"<]*")*)>/g,
  )) {
    if (close === "/") expect(open.pop(), svg).to.equal(name);
    else {
      all.push(name);
      if (!rest.endsWith("/")) open.push(name);
    }
  }
  expect(open).to.deep.equal([]);
  return all;
}

describe("a plan's pictures", () => {
  for (const [name, resources] of Object.entries(programs)) {
    it(`${name}: Mermaid reads its flowchart`, async () => {
      expect(await mermaidType(mermaidOf(planOf(resources())))).to.match(/^flowchart/);
    });

    it(`${name}: the SVG is well-formed, says what it shows, and needs nothing from outside`, () => {
      const svg = pictureOf(planOf(resources()));
      const found = elements(svg);
      expect(found.slice(0, 3)).to.deep.equal(["svg", "title", "desc"]);
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).to.not.match(
        /https?:|url\(|@import|<script|<foreignObject/,
      );
      expect(svg).to.include("prefers-color-scheme: dark");
      expect(svg).to.not.match(/NaN|undefined|Infinity/);
    });
  }

  it("Mermaid refuses what is broken", async () => {
    const error = await mermaidType('flowchart LR\n a -- "x --> b[').catch((e: unknown) => e);
    expect(error).to.be.an("error");
  });

  it("names with signs of either language do no harm", async () => {
    const s = handWritten(closed);
    const evil = `"]<script>&amp;#quot; end \u0007`;
    const resources = s.resources.map((r) =>
      r.type.endsWith("LoadBalancer") ? { ...r, name: evil } : r,
    );
    const plan = planOf(resources);
    expect(await mermaidType(mermaidOf(plan))).to.match(/^flowchart/);
    const svg = pictureOf(plan);
    elements(svg);
    expect(svg).to.not.include("<script");
    expect(svg).to.not.include("\u0007");
  });

  it("draw the broken hop as broken, and nothing else", () => {
    const broken = pictureOf(planOf(handWritten({ ...closed, version: "HTTP2" }).resources));
    expect(broken.match(/class="flow broken"/g)).to.have.length(1);
    expect(broken).to.include(">464<");
    expect(pictureOf(planOf(handWritten(closed).resources))).to.not.include('broken"');
    expect(mermaidOf(planOf(handWritten({ ...closed, version: "HTTP2" }).resources))).to.match(
      /broken: 464.* --x /,
    );
  });

  it("draw locks as the hops have TLS", () => {
    const locks = (resources: readonly LocalResource[]): [number, number] => {
      const svg = pictureOf(planOf(resources)).split('<text class="soft" x="46"')[0] ?? "";
      const drawn = svg.slice(0, svg.lastIndexOf("</g>"));
      return [drawn.match(/class="lock"/g)?.length ?? 0, drawn.match(/class="open"/g)?.length ?? 0];
    };
    expect(locks(handWritten(closed).resources)).to.deep.equal([2, 1]);
    expect(locks(handWritten({ ...closed, targetProtocol: "HTTPS" }).resources)).to.deep.equal([
      3, 0,
    ]);
    expect(
      locks(handWritten({ ...closed, edge: "vpc", listener: "HTTP" }).resources),
    ).to.deep.equal([1, 2]);
  });

  it("say who is refused, and who gets through", () => {
    const refusals = (resources: readonly LocalResource[]) =>
      graphOf(planOf(resources)).refusals.map(
        ({ who, got, getsIn }) => `${who}: ${got}${getsIn ? "!" : ""}`,
      );
    expect(refusals(handWritten(closed).resources)).to.deep.equal([
      "anybody, bypassing CloudFront: not admitted",
      "another CloudFront distribution: 403",
    ]);
    expect(
      refusals(handWritten({ ...closed, edge: "none", version: "HTTP2" }).resources),
    ).to.deep.equal(["HTTP/1.1 clients: 464"]);
    const s = handWritten(closed);
    const unguarded = s.with("aws:lb/listener:Listener", "main", {
      defaultActions: [
        { type: "forward", targetGroupArn: s.find("aws:lb/targetGroup:TargetGroup").id },
      ],
    });
    expect(refusals(unguarded)).to.include("another CloudFront distribution: gets through!");
  });

  it("draw what paths share once, and what tells them apart on the hop where they part", () => {
    const { nodes, edges } = graphOf(planOf(withBucket(handWritten(closed))));
    expect(nodes.map(({ kind }) => kind)).to.deep.equal([
      "viewer",
      "cloudfront",
      "load-balancer",
      "container",
      "bucket",
    ]);
    expect(edges.map(({ requests }) => requests)).to.deep.equal([
      [],
      ["/api/*"],
      [],
      ["all others"],
    ]);
  });
});

describe("text in a picture", () => {
  it("is as wide as is said, or cut", () => {
    expect(fit("short", 12, 200)).to.equal("short");
    const cut = fit("a-name-that-is-much-too-long-for-its-box", 12, 100);
    expect(cut).to.match(/^a-name.*…$/);
    expect(widthOf(cut, 12)).to.be.at.most(100);
    for (const line of wrapTo("several words that need more than one line", 12, 90))
      expect(widthOf(line, 12)).to.be.at.most(90);
  });

  it("keeps what XML takes and leaves out what it does not", () => {
    expect(xml(`a<b>&"c"`)).to.equal("a&lt;b&gt;&amp;&quot;c&quot;");
    expect(xml("a\u0000b\u001bc\ud800d\ufffee\n")).to.equal("abcde\n");
    expect(xml("日本 🚀")).to.equal("日本 🚀");
  });
});
