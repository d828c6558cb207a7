import { expect } from "chai";
import { probePassed, verdictLines, type ProbeVerdict } from "../../../cli/local/runProbes";
import type { ProbeOutcome } from "../../../cli/local/send";
import { ProtocolTrace } from "../../../cli/local/protocolTrace";
import { screenOf } from "../../../cli/screen";
import type { HttpProtocol, PathAnswer } from "../../../path/types";
import type { RequestEvent } from "../../../local/serve/events";

const ways: Record<string, HttpProtocol[]> = {
  converted: ["HTTP/2", "HTTP/1.1", "HTTP/1.1"],
  stopped: ["HTTP/1.1"],
  none: [],
};

function verdict(
  expected: Partial<PathAnswer>,
  actual: ProbeOutcome,
  way = "converted",
): ProbeVerdict {
  return {
    probe: {
      title: "a viewer",
      target: { name: "www.example.com", address: "127.0.0.1", port: 8443, tls: true },
      protocol: "HTTP/2",
      expected: {
        reaches: true,
        status: 200,
        outcome: "answered",
        at: "container",
        travelled: ways.converted ?? [],
        why: "an HTTP1 target group gets HTTP/1.1",
        ...expected,
      },
    },
    actual,
    travelled: ways[way] ?? [],
  };
}

const got = (status: number): ProbeOutcome => ({ outcome: "answered", status });
const nothing: ProbeOutcome = { outcome: "unanswered", listening: true, reason: "reset" };
const dropped: Partial<PathAnswer> = { outcome: "dropped", status: undefined, travelled: [] };

/** A request at a path of the URL. */
function at(path: string, actual: ProbeOutcome): ProbeVerdict {
  const { probe, ...rest } = verdict({}, actual);
  return { ...rest, probe: { ...probe, target: { ...probe.target, path } } };
}

/** A gRPC call. */
function call(actual: ProbeOutcome): ProbeVerdict {
  const { probe, ...rest } = verdict({}, actual);
  return { ...rest, probe: { ...probe, grpc: true } };
}

describe("a request agrees with the rules", () => {
  const cases: [string, ProbeVerdict, boolean][] = [
    ["the status and the protocols that were to come", verdict({}, got(200)), true],
    ["another status", verdict({}, got(502)), false],
    ["another protocol on a hop", verdict({}, got(200), "stopped"), false],
    ["no answer instead of one", verdict({}, nothing), false],
    ["no answer where none was to come", verdict(dropped, nothing, "none"), true],
    [
      "no listener where a caller should be refused",
      verdict(dropped, { outcome: "unanswered", listening: false, reason: "nobody" }, "none"),
      false,
    ],
    ["an answer where none was to come", verdict(dropped, got(200), "none"), false],
    ["the container's own status at an inner path", at("/api/check", got(404)), true],
    ["a load balancer's status at an inner path", at("/api/check", got(502)), false],
    ["a gRPC status", call({ outcome: "answered", status: 200, grpcStatus: "12" }), true],
    ["no gRPC status of a call", call(got(200)), false],
    ["a request that failed", verdict(dropped, { outcome: "failed", reason: "x" }, "none"), false],
  ];
  for (const [what, given, good] of cases)
    it(`${what}: ${good ? "yes" : "no"}`, () => {
      expect(probePassed(given)).to.equal(good);
    });
});

describe("a verdict's lines", () => {
  const screen = (columns: number) => screenOf({ write: () => true, columns }, { LANG: "C.UTF-8" });
  it("say what came, and over which protocols", () => {
    const lines = ["  ✔ a viewer    200  HTTP/2 → HTTP/1.1 → HTTP/1.1"];
    expect(verdictLines(verdict({}, got(200)), 10, screen(80))).to.deep.equal(lines);
    expect(verdictLines(verdict(dropped, nothing, "none"), 8, screen(80))).to.deep.equal([
      "  ✔ a viewer  not admitted",
    ]);
  });
  it("wrap before the window's edge", () => {
    expect(verdictLines(verdict({}, got(200)), 40, screen(60))).to.deep.equal([
      `  ✔ ${"a viewer".padEnd(40)}  200`,
      "      HTTP/2 → HTTP/1.1 → HTTP/1.1",
    ]);
  });
  it("have the result below a title that is too long", () => {
    expect(verdictLines(verdict({}, got(200)), 60, screen(60))).to.deep.equal([
      `  ✔ ${"a viewer".padEnd(60)}`,
      "      200  HTTP/2 → HTTP/1.1 → HTTP/1.1",
    ]);
  });
  it("say what differs, and why the rules expect something else", () => {
    expect(verdictLines(verdict({}, got(464), "stopped"), 8, screen(80))).to.deep.equal([
      "  ✘ a viewer",
      "      expected  200 over HTTP/2 → HTTP/1.1 → HTTP/1.1",
      "      actual    464 over HTTP/1.1",
      "      an HTTP1 target group gets HTTP/1.1.",
    ]);
  });
});

describe("the trace of a request", () => {
  const event = (hop: RequestEvent["hop"], protocol: RequestEvent["protocol"]): RequestEvent => ({
    kind: "request",
    id: "1-0-0",
    hop,
    at: "x",
    client: "198.51.100.7",
    method: "GET",
    host: "www.example.com",
    path: "/",
    protocol,
    status: 200,
    milliseconds: 1,
    sentTo: { address: "127.0.3.1:8080", protocol: "HTTP/1.1" },
  });
  it("is in order, whichever hop reports first, and starts again with each request", async () => {
    const trace = new ProtocolTrace();
    trace.onEvent(event("load-balancer", "HTTP/2"));
    trace.onEvent(event("cloudfront", "HTTP/1.1"));
    trace.start();
    trace.onEvent(event("load-balancer", "HTTP/1.1"));
    setTimeout(() => {
      trace.onEvent(event("cloudfront", "HTTP/2"));
    }, 5);
    expect(await trace.settled(ways.converted ?? [])).to.deep.equal(ways.converted);
  });
  it("shows what there is when the expected does not come", async () => {
    const trace = new ProtocolTrace(20);
    trace.onEvent({ ...event("load-balancer", "HTTP/1.1"), sentTo: undefined });
    expect(await trace.settled(ways.converted ?? [])).to.deep.equal(ways.stopped);
  });
});
