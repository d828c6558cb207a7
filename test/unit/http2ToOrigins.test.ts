/** What docs/http2-to-origins.md and the inspector's page say, held against the core. `UPDATE=1` writes it. */
import { expect } from "chai";
import { answer } from "../../path/answer";
import { originHttp2 } from "../../path/changes";
import { edgeHttp2Conditions, edgeToOrigin } from "../../path/edgeToOrigin";
import type { EdgeSpec, RequestKind, TargetProtocolVersion } from "../../path/types";
import { expectPart, markdownTable, read } from "./document";
import { change, h1, request } from "./path/specs";

const expectPartOf = (name: string, lines: readonly string[]): void => {
  expectPart("test/unit/http2ToOrigins.test.ts", "docs/http2-to-origins.md", name, lines);
};
const asked: EdgeSpec = { ...h1.edge, originHttpVersion: "http2" };
const https = { protocol: "HTTPS", http2: true } as const;

describe("docs/http2-to-origins.md", () => {
  it("has the dates and sources of path/changes.ts", () => {
    const { since, property, apiModel, source, missingIn, checked } = originHttp2;
    expectPartOf("facts", [
      `CloudFront speaks HTTP/1.1 to an origin by default, whatever viewers speak to CloudFront. Since ${since} an origin can ask for HTTP/2: \`${property}: "http2"\` in its \`customOriginConfig\` or \`vpcOriginConfig\` ([origin HTTP version](${source}), first in the API model of ${apiModel}). ${missingIn} does not have the property (looked at on ${checked}).`,
    ]);
  });

  it("has the conditions of edgeHttp2Conditions", () => {
    expectPartOf(
      "conditions",
      markdownTable([
        ["Condition", "Otherwise HTTP/1.1, because"],
        ...edgeHttp2Conditions.map(({ needs, otherwise }) => [needs, otherwise]),
      ]),
    );
  });

  it("has the answers of the core", () => {
    const status = (version: TargetProtocolVersion, http2: boolean, method: "GET" | "POST") =>
      answer(
        change(h1, {
          edge: asked,
          listener: { http2 },
          target: { protocolVersion: version },
          container: { accepts: ["HTTP/1.1", "HTTP/2"] },
        }),
        request({ method }),
      ).status;
    const versions: TargetProtocolVersion[] = ["HTTP1", "HTTP2", "GRPC"];
    const cell = (version: TargetProtocolVersion, http2: boolean): string => {
      const [get, post] = [status(version, http2, "GET"), status(version, http2, "POST")];
      return get === post ? String(get) : `${String(get)}, POST ${String(post)}`;
    };
    expectPartOf(
      "answers",
      markdownTable([
        ["Target group", "HTTP/2 to the load balancer", "after a fallback to HTTP/1.1"],
        ...versions.map((version) => [`\`${version}\``, cell(version, true), cell(version, false)]),
      ]),
    );
  });

  it("has what the core does not know", () => {
    const kinds: RequestKind[] = ["websocket", "grpc"];
    const lines = kinds.map((kind) => {
      const sent = { kind, protocol: "HTTP/2", method: "POST", tls: true } as const;
      const { notKnown = "" } = edgeToOrigin(asked, sent, https);
      return `- ${notKnown.charAt(0).toUpperCase()}${notKnown.slice(1)}.`;
    });
    expectPartOf("unknown", lines);
    expect(lines.join()).to.match(/WebSocket.*gRPC/);
  });
});

describe("the inspector's page", () => {
  it("says since when an origin can ask for HTTP/2, and where AWS says so", () => {
    const page = read("nginx/page/index.html");
    expect(page).to.include(`Since ${originHttp2.since}`);
    expect(page).to.include(`href="${originHttp2.source}"`);
  });
});
