import { expect } from "chai";
import { decide, pickGroup, redirectLocation } from "../../../local/serve/loadBalancer/rules";
import { holds, type RuleSubject } from "../../../topology/matching";
import type { ListenerAction, RuleCondition, Listener } from "../../../topology/types";

const subject = (change: Partial<RuleSubject> = {}): RuleSubject => ({
  method: "GET",
  host: "www.example.com",
  path: "/img/a.png",
  query: "version=v1&x",
  headers: [["X-Origin-Secret", "abc"]],
  sourceIp: "203.0.113.9",
  ...change,
});

describe("listener rule conditions", () => {
  // prettier-ignore
  const cases: [RuleCondition, Partial<RuleSubject>, boolean][] = [
    [{ field: "path", values: ["/img/*"] }, {}, true],
    [{ field: "path", values: ["/IMG/*"] }, {}, false],
    [{ field: "path", values: ["/img/?.png"] }, {}, true],
    [{ field: "path", values: ["/img"] }, {}, false],
    [{ field: "path", values: ["/css/*", "/img/*"] }, {}, true],
    [{ field: "path", values: ["/img/a.png"] }, { path: "/img/aXpng" }, false],
    [{ field: "path", values: ["^/img/[ab]\\.png$"], regex: true }, {}, true],
    [{ field: "host", values: ["*.example.com"] }, {}, true],
    [{ field: "host", values: ["WWW.example.com"] }, { host: "www.EXAMPLE.com:8443" }, true],
    [{ field: "host", values: ["*.example.com"] }, { host: "example.com" }, false],
    [{ field: "header", name: "x-origin-secret", values: ["abc"] }, {}, true],
    [{ field: "header", name: "X-Origin-Secret", values: ["abcd"] }, {}, false],
    [{ field: "header", name: "X-Origin-Secret", values: ["ab"] }, {}, false],
    [{ field: "header", name: "X-Origin-Secret", values: ["a?c"] }, {}, true],
    [{ field: "header", name: "X-Origin-Secret", values: ["*"] }, { headers: [] }, false],
    [{ field: "method", values: ["GET", "HEAD"] }, {}, true],
    [{ field: "method", values: ["POST"] }, {}, false],
    [{ field: "query", values: [{ key: "version", value: "v*" }] }, {}, true],
    [{ field: "query", values: [{ value: "v1" }] }, {}, true],
    [{ field: "query", values: [{ key: "version", value: "v2" }] }, {}, false],
    [{ field: "source-ip", values: ["203.0.113.0/24"] }, {}, true],
    [{ field: "source-ip", values: ["198.51.100.0/24"] }, {}, false],
    [{ field: "source-ip", values: ["198.51.100.0/24", "2001:db8::/32"] }, { sourceIp: "2001:db8::7" }, true],
    [{ field: "source-ip", values: ["2001:db8::/32", "0.0.0.0/0"] }, { sourceIp: "2001:db9::7" }, false],
    [{ field: "host", values: ["^www\\d?\\.EXAMPLE\\.com$"], regex: true }, {}, true],
    [{ field: "header", name: "X-Origin-Secret", values: ["^a.c$", "^x$"], regex: true }, {}, true],
    [{ field: "header", name: "X-Origin-Secret", values: ["^b"], regex: true }, {}, false],
  ];
  for (const [condition, change, expected] of cases) {
    const { field, ...rest } = condition;
    it(`${field} ${JSON.stringify(rest)} ${expected ? "holds" : "does not hold"} for ${JSON.stringify(change)}`, () => {
      expect(holds(condition, subject(change))).to.equal(expected);
    });
  }
});

describe("listener rules", () => {
  const answer = (status: number): ListenerAction => ({
    type: "fixed-response",
    status,
    contentType: "text/plain",
    body: "",
  });
  const listener = {
    defaultAction: answer(403),
    rules: [
      {
        arn: "1",
        priority: 1,
        conditions: [
          { field: "path", values: ["/img/*"] },
          { field: "method", values: ["POST"] },
        ],
        action: answer(201),
      },
      {
        arn: "2",
        priority: 2,
        conditions: [{ field: "path", values: ["/img/*"] }],
        action: answer(200),
      },
      {
        arn: "3",
        priority: 3,
        conditions: [{ field: "path", values: ["*"] }],
        action: answer(500),
      },
    ],
  } as unknown as Listener;

  it("takes the first rule whose conditions all hold", () => {
    expect(decide(listener, subject())).to.deep.equal({
      action: answer(200),
      priority: 2,
      rule: listener.rules[1],
    });
    expect(decide(listener, subject({ method: "POST" })).priority).to.equal(1);
  });

  it("falls back to the default action, priority 0", () => {
    const none = { ...listener, rules: listener.rules.slice(0, 2) };
    expect(decide(none, subject({ path: "/" }))).to.deep.equal({
      action: answer(403),
      priority: 0,
    });
  });

  it("draws target groups by weight", () => {
    const groups = [
      { arn: "a", weight: 1 },
      { arn: "b", weight: 0 },
      { arn: "c", weight: 3 },
    ];
    expect([0, 0.24, 0.26, 0.99].map((draw) => pickGroup(groups, draw))).to.deep.equal([
      "a",
      "a",
      "c",
      "c",
    ]);
    expect(pickGroup([{ arn: "b", weight: 0 }], 0.5)).to.equal(undefined);
  });

  it("fills a redirect's placeholders", () => {
    const to = redirectLocation(
      {
        type: "redirect",
        protocol: "HTTPS",
        host: "#{host}",
        port: "443",
        path: "/new/#{path}",
        query: "#{query}&a",
        status: 301,
      },
      subject({ host: "www.example.com:80" }),
      { protocol: "http", port: 80 },
    );
    expect(to).to.deep.equal({
      protocol: "https",
      host: "www.example.com",
      port: 443,
      path: "/new/img/a.png?version=v1&x&a",
    });
  });
});
