import { expect } from "chai";
import { eventLines } from "../../../cli/local/events";
import { screenOf } from "../../../cli/screen";
import type { RequestEvent, ServeEvent } from "../../../local/serve/events";

const screen = screenOf({ write: () => true, columns: 80 }, { LANG: "C.UTF-8" });
type Other = Exclude<ServeEvent, RequestEvent>;

describe("events other than requests, as lines", () => {
  const lines = (event: Other, verbose = false): string[] => eventLines(event, screen, verbose);

  it("a caller who is not admitted, which rule is missing, and what AWS would do", () => {
    const refused: Other = {
      kind: "refused",
      at: "load balancer web",
      port: 443,
      caller: "198.51.100.7 (the internet)",
      why: "web has no ingress rule for it",
    };
    expect(lines(refused)).to.deep.equal([
      "    ✘  load balancer web does not admit 198.51.100.7 (the internet)",
      "       port 443: web has no ingress rule for it. AWS drops such packets, so that",
      "       the caller times out.",
    ]);
  });

  it("a target that falls ill always, its health and its log only when asked", () => {
    const health = { kind: "health", targetGroup: "web", target: "127.0.3.1:8080" } as const;
    const ill: Other = { ...health, healthy: false, reason: "Target.Timeout" };
    expect(lines(ill)).to.deep.equal(["  127.0.3.1:8080 of web is unhealthy: Target.Timeout"]);
    const well: Other = { ...health, healthy: true, reason: "" };
    const log: Other = { kind: "log", task: "web-1", line: "started" };
    for (const quiet of [well, log]) {
      expect(lines(quiet)).to.deep.equal([]);
      expect(lines(quiet, true)).to.have.length(1);
    }
  });

  it("trouble always, line by line as it was said", () => {
    const message = "'node server.js' ended with exit code 1.\n    Error: no database";
    expect(lines({ kind: "trouble", at: "task web-1", message })).to.deep.equal([
      "  task web-1: 'node server.js' ended with exit code 1.",
      "  Error: no database",
    ]);
  });
});
