import { expect } from "chai";
import { eventLines } from "../../../cli/local/events";
import { screenOf } from "../../../cli/screen";
import type { RequestEvent, ServeEvent } from "../../../local/serve/events";

const screen = screenOf({ write: () => true, columns: 80 }, { LANG: "C.UTF-8" });
const request: RequestEvent = {
  kind: "request",
  id: "1-0-0",
  hop: "cloudfront",
  at: "E1",
  client: "198.51.100.7",
  method: "GET",
  host: "www.example.com",
  path: "/",
  protocol: "HTTP/2",
  status: 200,
  milliseconds: 12.4,
  sentTo: { address: "web-alb.elb.amazonaws.com:443", protocol: "HTTP/1.1" },
};

describe("what passes, as lines", () => {
  const lines = (event: ServeEvent, verbose = false): string[] =>
    eventLines(event, screen, verbose);

  it("a request: status, hop, what arrived and what went on, time, what was asked", () => {
    expect(lines(request)).to.deep.equal([
      "  200  CloudFront     HTTP/2   → HTTP/1.1    12 ms  GET /",
    ]);
    expect(lines({ ...request, hop: "load-balancer", protocol: "HTTP/1.1" })).to.deep.equal([
      "  200  load balancer  HTTP/1.1 → HTTP/1.1    12 ms  GET /",
    ]);
  });
  it("a request that ended at a hop, and why", () => {
    const ended: RequestEvent = {
      ...request,
      hop: "load-balancer",
      protocol: "HTTP/1.1",
      status: 464,
      sentTo: undefined,
      why: "an HTTP/1.1 request to an HTTP/2 target group",
    };
    expect(lines(ended)).to.deep.equal([
      "  464  load balancer  HTTP/1.1               12 ms  GET /",
      "       an HTTP/1.1 request to an HTTP/2 target group",
    ]);
  });
  it("a long path is cut at the window's edge", () => {
    const [line = ""] = lines({ ...request, path: `/${"a".repeat(200)}` });
    expect(line)
      .to.have.length(80)
      .and.to.match(/a\.\.\.$/);
  });
  it("a caller who is not admitted, and which rule is missing", () => {
    const refused: ServeEvent = {
      kind: "refused",
      at: "load balancer web",
      port: 443,
      caller: "198.51.100.7 (the internet)",
      why: "web has no ingress rule for it",
    };
    expect(lines(refused)).to.deep.equal([
      "    ✘  load balancer web does not admit 198.51.100.7 (the internet)",
      "       port 443: web has no ingress rule for it",
    ]);
  });
  it("a target that falls ill always, its health and its log only when asked", () => {
    const health = { kind: "health", targetGroup: "web", target: "127.0.3.1:8080" } as const;
    const ill: ServeEvent = { ...health, healthy: false, reason: "Target.Timeout" };
    expect(lines(ill)).to.deep.equal(["  127.0.3.1:8080 of web is unhealthy: Target.Timeout"]);
    const well: ServeEvent = { ...health, healthy: true, reason: "" };
    const log: ServeEvent = { kind: "log", task: "web-1", line: "started" };
    for (const quiet of [well, log]) {
      expect(lines(quiet)).to.deep.equal([]);
      expect(lines(quiet, true)).to.have.length(1);
    }
  });
});
