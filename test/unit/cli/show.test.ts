import { expect } from "chai";
import { describeSources, hopLines } from "../../../cli/show/hops";
import { findingLines } from "../../../cli/show/findings";
import { screenOf, type Output } from "../../../cli/screen";
import type { Hop } from "../../../path/types";
import type { Finding } from "../../../rules/finding";

const stream = (columns: number): Output => ({ write: () => true, isTTY: false, columns });
const plain = screenOf(stream(80), { LANG: "C.UTF-8" });

const hops: Hop[] = [
  {
    from: "viewer",
    to: "cloudfront",
    protocols: ["HTTP/3", "HTTP/2", "HTTP/1.1"],
    tls: true,
    port: 443,
    admits: [
      { kind: "cidr", cidr: "0.0.0.0/0" },
      { kind: "cidr", cidr: "::/0" },
    ],
    why: "CloudFront answers viewers in the newest protocol that both know, at the edge next to them.",
  },
  {
    from: "cloudfront",
    to: "load-balancer",
    protocols: ["HTTP/1.1"],
    tls: false,
    port: 80,
    admits: [
      { kind: "cloudfront", ipVersion: 4 },
      { kind: "cloudfront", ipVersion: 6 },
    ],
    why: "CloudFront speaks HTTP/1.1 to this origin.",
  },
];

describe("who may open a hop, in words", () => {
  const cases: [string, Hop["admits"], string][] = [
    ["nobody", [], "nobody"],
    ["everybody, once", hops[0]?.admits ?? [], "anyone"],
    ["a range", [{ kind: "cidr", cidr: "203.0.113.0/24" }], "203.0.113.0/24"],
    ["both lists of CloudFront", hops[1]?.admits ?? [], "CloudFront (IPv4, IPv6)"],
    ["the load balancer", [{ kind: "load-balancer" }], "the load balancer"],
  ];
  it("an internal load balancer: what its VPC's networks reach", () => {
    const { admits } = hops[0] ?? { admits: [] };
    expect(describeSources({ admits, internal: true })).to.equal("anyone in the VPC's networks");
  });
  it("where not all are known: so much is said", () => {
    expect(describeSources({ admits: [], admitsMore: true })).to.equal("not known");
    const admits = [{ kind: "cidr", cidr: "203.0.113.0/24" }] as const;
    const words = describeSources({ admits, admitsMore: true });
    expect(words).to.equal("203.0.113.0/24, others not known");
  });
  for (const [what, admits, words] of cases)
    it(`${what}: ${words}`, () => {
      expect(describeSources({ admits })).to.equal(words);
    });
});

describe("the path, drawn", () => {
  it("aligns its columns and names each end once", () => {
    expect(hopLines(hops, plain)).to.deep.equal([
      "  viewer",
      "    ▼  HTTP/3, HTTP/2, HTTP/1.1  TLS    443  from anyone",
      "       CloudFront answers viewers in the newest protocol that both know, at the",
      "       edge next to them.",
      "  CloudFront",
      "    ▼  HTTP/1.1                  plain   80  from CloudFront (IPv4, IPv6)",
      "       CloudFront speaks HTTP/1.1 to this origin.",
      "  load balancer",
    ]);
  });
  for (const columns of [60, 80, 200])
    it(`fits ${columns} columns, and 100 at most`, () => {
      const admits: Hop["admits"] = [10, 20, 30, 40].map((n) => ({
        kind: "cidr",
        cidr: `203.0.${n}.0/24`,
      }));
      const wide: Hop[] = hops.map((hop) => ({ ...hop, protocols: ["HTTP/2"], admits }));
      const lines = hopLines(wide, screenOf(stream(columns), {}));
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(Math.min(columns, 100));
      expect(lines.join(" ").replace(/\s+/g, " ")).to.contain("203.0.40.0/24");
    });
  it("uses ASCII where the locale has no UTF-8, colours only where asked", () => {
    const ascii = hopLines(hops, screenOf(stream(80), { LANG: "C" })).join("\n");
    expect(ascii).to.match(/^[\x20-\x7e\n]+$/);
    const coloured = screenOf(stream(80), { FORCE_COLOR: "1" });
    expect(hopLines(hops, coloured).join("\n")).to.contain("\u001b[32mTLS  \u001b[39m");
    const both = screenOf(stream(80), { FORCE_COLOR: "1", NO_COLOR: "1" });
    expect(hopLines(hops, both).join("\n")).not.to.contain("\u001b");
  });
});

describe("findings", () => {
  const finding = (code: string, severity: Finding["severity"]): Finding => ({
    code,
    severity,
    message: `What ${code} is about, in a sentence that is longer than eighty columns are wide.`,
    change: `Write something else than ${code}, for which there is so much to say that it wraps.`,
    source: "https://docs.aws.amazon.com/page.html",
  });
  it("come worst first, with the change and the page", () => {
    const lines = findingLines([finding("b", "note"), finding("a", "warning")], plain);
    expect(lines).to.deep.equal([
      "  ▲ warning  a",
      "    What a is about, in a sentence that is longer than eighty columns are wide.",
      "    → Write something else than a, for which there is so much to say that it",
      "      wraps.",
      "    https://docs.aws.amazon.com/page.html",
      "  ● note  b",
      "    What b is about, in a sentence that is longer than eighty columns are wide.",
      "    → Write something else than b, for which there is so much to say that it",
      "      wraps.",
      "    https://docs.aws.amazon.com/page.html",
    ]);
  });
});
