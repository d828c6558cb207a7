import { expect } from "chai";
import { RequestPrinter } from "../../../cli/local/requestPrinter";
import { screenOf } from "../../../cli/screen";
import type { RequestEvent } from "../../../local/serve/events";

const edgeId = "cf-id-of-it";
const traceId = "Root=1-67f1a2b3-aaaaaaaaaaaaaaaaaaaaaaaa";
const edge: RequestEvent = {
  kind: "request",
  hop: "cloudfront",
  id: edgeId,
  at: "E1",
  client: "198.51.100.7",
  method: "GET",
  host: "www.example.com",
  path: "/a?b",
  protocol: "HTTP/2",
  status: 200,
  milliseconds: 12.4,
  sentTo: { address: "web.elb.amazonaws.com:443", protocol: "HTTP/1.1" },
};
const loadBalancer: RequestEvent = {
  ...edge,
  hop: "load-balancer",
  id: traceId,
  edgeId,
  client: "130.176.0.1",
  protocol: "HTTP/1.1",
  sentTo: { address: "127.0.3.1:8080", protocol: "HTTP/1.1" },
};
const logLine = (trace: string): string =>
  JSON.stringify({ protocol: "HTTP/1.1", method: "GET", uri: "/a?b", status: 200, trace });

/** What is printed of events, at so many columns. */
function printed(columns = 80): { lines: string[]; printer: RequestPrinter } {
  const lines: string[] = [];
  const write = (text: string): boolean => lines.push(...text.replace(/\n$/, "").split("\n")) > 0;
  const screen = screenOf({ write, columns }, { LANG: "C.UTF-8" });
  return { lines, printer: new RequestPrinter(screen, false) };
}

describe("requests as they pass", () => {
  it("every hop's part makes one block, in whatever order they come", () => {
    const events = [
      { kind: "log" as const, task: "web-1", line: logLine(traceId) },
      loadBalancer,
      edge,
    ];
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const { lines, printer } = printed();
      for (const i of order) printer.onEvent(events[i] ?? edge);
      printer.flush();
      expect(lines).to.deep.equal([
        "  200     12 ms  GET /a?b",
        "       viewer HTTP/2 → CloudFront HTTP/1.1 → load balancer HTTP/1.1 → task 200",
      ]);
    }
  });

  it("requests that pass at once are not mixed up", () => {
    const { lines, printer } = printed();
    const other = { edgeId: "cf-other", id: "Root=1-67f1a2b3-bbbbbbbbbbbbbbbbbbbbbbbb" };
    printer.onEvent({ ...loadBalancer, ...other, path: "/other", status: 500 });
    printer.onEvent(loadBalancer);
    printer.onEvent({ kind: "log", task: "web-1", line: logLine(traceId) });
    printer.onEvent({ ...edge, id: other.edgeId, path: "/other", status: 500 });
    printer.onEvent(edge);
    printer.flush();
    expect(lines[0]).to.match(/200 .* GET \/a\?b$/);
    expect(lines[1]).to.match(/task 200$/);
    expect(lines[2]).to.match(/500 .* GET \/other$/);
    // Without its task's line, the target.
    expect(lines.slice(3).join("")).to.match(/→ task 127\.0\.3\.1:8080$/);
  });

  it("464 is explained in one sentence, with what to change", () => {
    const { lines, printer } = printed();
    const why = "an HTTP/1.1 request to an HTTP/2 target group";
    const ended = { ...loadBalancer, status: 464, sentTo: undefined, why };
    printer.onEvent(ended);
    printer.onEvent({ ...edge, status: 464 });
    expect(lines).to.deep.equal([
      "  464     12 ms  GET /a?b",
      "       viewer HTTP/2 → CloudFront HTTP/1.1 → load balancer",
      "       an HTTP/1.1 request to an HTTP/2 target group",
      "       464: CloudFront spoke HTTP/1.1 to the load balancer. Set the target",
      "       group's protocolVersion to HTTP1.",
    ]);
  });

  it("a load balancer called directly is shown on its own, with the caller's address", () => {
    const { lines, printer } = printed();
    printer.onEvent({ ...loadBalancer, edgeId: undefined, client: "198.51.100.7" });
    printer.onEvent({
      kind: "log",
      task: "web-1",
      // nginx's combined format, which knows no trace id.
      line: '127.0.2.1 - - [01/Jan/2026:00:00:00 +0000] "GET /a?b HTTP/2.0" 204 0 "-" "curl/8"',
    });
    expect(lines).to.deep.equal([
      "  200     12 ms  GET /a?b",
      "       198.51.100.7 HTTP/1.1 → load balancer HTTP/2 → task 204",
    ]);
  });

  it("where hops differ in their status, both show", () => {
    const { lines, printer } = printed();
    printer.onEvent({ ...loadBalancer, status: 502, sentTo: undefined, why: "no connection" });
    printer.onEvent({ ...edge, status: 200 });
    expect(lines[1]).to.match(/→ load balancer 502$/);
  });

  it("is no wider than the window, whatever was asked", () => {
    for (const columns of [60, 80, 100]) {
      const { lines, printer } = printed(columns);
      printer.onEvent({ ...loadBalancer, path: `/${"a".repeat(200)}` });
      printer.onEvent({ ...edge, path: `/${"a".repeat(200)}`, why: "a reason ".repeat(30) });
      printer.flush();
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(columns);
    }
  });

  it("a client that went away has no status", () => {
    const { lines, printer } = printed();
    printer.onEvent({ ...loadBalancer, edgeId: undefined, status: 0, sentTo: undefined });
    expect(lines[0]).to.match(/^ {2}---/);
  });

  it("shows fifty of a status in a second, and counts the rest", () => {
    const { lines, printer } = printed();
    const ended = { ...loadBalancer, edgeId: undefined, sentTo: undefined };
    for (let i = 0; i < 1290; i += 1) printer.onEvent({ ...ended, id: `many-${i}` });
    for (let i = 0; i < 3; i += 1) printer.onEvent({ ...ended, id: `few-${i}`, status: 503 });
    expect(lines.filter((line) => line.startsWith("  200"))).to.have.length(50);
    expect(lines.filter((line) => line.startsWith("  503"))).to.have.length(3);
    printer.flush();
    expect(lines.at(-1)).to.equal("       and 1,240 more with 200 in this second");
    // The next second starts again.
    printer.onEvent({ ...ended, id: "next" });
    expect(lines.filter((line) => line.startsWith("  200"))).to.have.length(51);
  });

  it("recognises a task's line by the load balancer's id, next to one from the client", () => {
    const { lines, printer } = printed();
    const self = "1-67f1a2b3-cccccccccccccccccccccccc";
    const trace = `Self=${self};Root=1-11111111-222222222222222222222222`;
    printer.onEvent({ kind: "log", task: "web-1", line: logLine(trace) });
    printer.onEvent({ ...loadBalancer, edgeId: undefined, id: self });
    expect(lines[1]).to.match(/task 200$/);
  });
});
