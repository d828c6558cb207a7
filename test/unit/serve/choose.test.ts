import { expect } from "chai";
import {
  type TargetCandidate,
  choose,
  inService,
  share,
} from "../../../local/serve/loadBalancer/choose";
import { transform } from "../../../local/serve/loadBalancer/transforms";

const target = (change: Partial<TargetCandidate> = {}): TargetCandidate => ({
  state: "healthy",
  outstanding: 0,
  ...change,
});
const now = 1_000_000;

describe("the targets that get requests", () => {
  const [well, ill, fresh] = [
    target(),
    target({ state: "unhealthy" }),
    target({ state: "initial" }),
  ];

  it("are the healthy ones, and all of them when too few are", () => {
    expect(inService([well, ill, fresh])).to.deep.equal([well]);
    expect(inService([ill, fresh])).to.deep.equal([ill, fresh]);
    expect(inService([well, ill], { count: 2, percent: 0 })).to.deep.equal([well, ill]);
    expect(inService([well, ill, ill], { count: 1, percent: 34 })).to.deep.equal([well, ill, ill]);
    expect(inService([well, ill, ill], { count: 1, percent: 33 })).to.deep.equal([well]);
    expect(inService([])).to.deep.equal([]);
  });

  it("are chosen by turn, by least work or by chance", () => {
    const [a, b, c] = [target({ outstanding: 2 }), target({ outstanding: 1 }), target()];
    const all = [a, b, c];
    const by = (algorithm: string, turn: number, draw = 0): number =>
      all.indexOf(choose(all, { algorithm }, turn, now, () => draw) ?? a);
    expect([1, 2, 3, 4].map((turn) => by("round_robin", turn))).to.deep.equal([1, 2, 0, 1]);
    expect(by("least_outstanding_requests", 1)).to.equal(2);
    expect([0, 0.34, 0.99].map((draw) => by("weighted_random", 1, draw))).to.deep.equal([0, 1, 2]);
  });

  it("start slowly next to a started one, and at once if there is none", () => {
    const old = target({ healthySince: now - 100_000 });
    const young = target({ healthySince: now - 10_000 });
    expect(share(young, [old, young], 40, now)).to.equal(0.25);
    expect(share(old, [old, young], 40, now)).to.equal(1);
    expect(share(young, [young], 40, now)).to.equal(1);
    expect(share(young, [old, young], 0, now)).to.equal(1);
    const group = { algorithm: "round_robin", slowStartSeconds: 40 };
    const at = (draw: number): TargetCandidate | undefined =>
      choose([old, young], group, 1, now, () => draw);
    expect(at(0.2)).to.equal(young);
    expect(at(0.3)).to.equal(old);
  });
});

describe("a rule's transforms", () => {
  const url = { regex: "^/old/(.*)$", replace: "/new/$1" };
  const host = { regex: "^shop-(.+).com$", replace: "inner.$1.com" };
  // prettier-ignore
  const cases: [string, Parameters<typeof transform>, ReturnType<typeof transform>][] = [
    ["rewrite the path with its query", [{ url }, "a", "/old/x?y=1"], { host: "a", path: "/new/x?y=1", status: "TransformSuccess" }],
    ["rewrite the host", [{ host }, "shop-tea.com", "/"], { host: "inner.tea.com", path: "/", status: "TransformSuccess" }],
    ["leave what does not match", [{ host, url }, "a", "/x"], { host: "a", path: "/x", status: "TransformSuccess" }],
    ["replace the first match only", [{ url: { regex: "a", replace: "b" } }, "h", "/aa"], { host: "h", path: "/ba", status: "TransformSuccess" }],
    ["fail on what is no path", [{ url: { regex: "^/", replace: "" } }, "h", "/x"], { host: "h", path: "x", status: "TransformInvalidPath" }],
    ["fail on what is no host", [{ host: { regex: "h", replace: "a b" } }, "h", "/x"], { host: "a b", path: "/x", status: "TransformInvalidHost" }],
    ["fail on what is no expression", [{ url: { regex: "(", replace: "" } }, "h", "/x"], { host: "h", path: "/x", status: "TransformRegexSyntaxError" }],
  ];
  for (const [title, given, expected] of cases) {
    it(title, () => {
      expect(transform(...given)).to.deep.equal(expected);
    });
  }
});
