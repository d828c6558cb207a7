import { expect } from "chai";
import type { Header } from "../../../local/serve/http/headers";
import {
  type DesyncReason,
  type RequestHead,
  type Tier,
  classify,
  treatment,
  unsupportedCoding,
} from "../../../local/serve/loadBalancer/desync";
import { answerMalformed, readHead } from "../../../local/serve/loadBalancer/malformed";
import type { DesyncMode } from "../../../topology/types";

const head = (change: Partial<RequestHead>): RequestHead => ({
  method: "POST",
  uri: "/a?b=c",
  version: "HTTP/1.1",
  headers: [["Host", "a"]],
  ...change,
});
const te = (value: string): Header => ["Transfer-Encoding", value];
const cl = (value: string): Header => ["Content-Length", value];

describe("the classification of requests", () => {
  // prettier-ignore
  const cases: [string, Partial<RequestHead>, Tier, DesyncReason?][] = [
    ["nothing unusual", {}, "Compliant"],
    ["a length", { headers: [cl("12")] }, "Compliant"],
    ["chunks", { headers: [te("chunked")] }, "Compliant"],
    ["HTTP/1.0", { version: "HTTP/1.0" }, "Compliant"],
    ["a tab in a value", { headers: [["X", "a\tb"]] }, "Compliant"],
    ["GET with a length of 0", { method: "GET", headers: [cl("0")] }, "Acceptable", "GetHeadZeroContentLength"],
    ["a control character in a value", { headers: [["X", "a\x01"]] }, "Acceptable", "NonCompliantHeader"],
    ["a letter beyond ASCII in a value", { headers: [["X", "\xe9"]] }, "Acceptable", "NonCompliantHeader"],
    ["a space in a name", { headers: [["X y", "1"]] }, "Acceptable", "NonCompliantHeader"],
    ["HTTP/1.2", { version: "HTTP/1.2" }, "Acceptable", "NonCompliantVersion"],
    ["HTTP/0.9", { version: "" }, "Acceptable", "NonCompliantVersion"],
    ["a space in the URI", { uri: "/a b" }, "Acceptable", "SpaceInUri"],
    ["a control character in the URI", { uri: "/a\x01" }, "Ambiguous", "AmbiguousUri"],
    ["both", { headers: [te("chunked"), cl("3")] }, "Ambiguous", "BothTeClPresent"],
    ["the same length twice", { headers: [cl("3"), cl("3")] }, "Ambiguous", "DuplicateContentLength"],
    ["a header without a name", { headers: [["", "1"]] }, "Ambiguous", "EmptyHeader"],
    ["Transfer_Encoding", { headers: [["Transfer_Encoding", "chunked"]] }, "Ambiguous", "SuspiciousHeader"],
    ["Content-Length and a space", { headers: [["content-length ", "1"]] }, "Ambiguous", "SuspiciousHeader"],
    ["GET with a body's length", { method: "GET", headers: [cl("3")] }, "Ambiguous", "UndefinedContentLengthSemantics"],
    ["HEAD with chunks", { method: "HEAD", headers: [te("chunked")] }, "Ambiguous", "UndefinedTransferEncodingSemantics"],
    ["HTTP/1.0 with chunks", { version: "HTTP/1.0", headers: [te("chunked")] }, "Ambiguous", "UndefinedTransferEncodingSemantics"],
    ["a length that is none", { headers: [cl("+3")] }, "Severe", "BadContentLength"],
    ["a length of 20 digits", { headers: [cl("9".repeat(20))] }, "Severe", "BadContentLength"],
    ["a NUL in a value", { headers: [["X", "a\0"]] }, "Severe", "BadHeader"],
    ["a CR in a value", { headers: [["X", "a\rY: b"]] }, "Severe", "BadHeader"],
    ["a method that is no token", { method: "G@T" }, "Severe", "BadMethod"],
    ["an unknown coding", { headers: [te("xchunked")] }, "Severe", "BadTransferEncoding"],
    ["a CR in the URI", { uri: "/a\r" }, "Severe", "BadUri"],
    ["no version at all", { version: "HTTP/x" }, "Severe", "BadVersion"],
    ["two lengths", { headers: [cl("3"), cl("4")] }, "Severe", "MultipleContentLength"],
    ["chunks twice", { headers: [te("chunked"), te("chunked")] }, "Severe", "MultipleTransferEncodingChunked"],
    ["two lengths, one written oddly", { headers: [cl("3"), ["Content_Length", "4"]] }, "Severe", "MultipleContentLength"],
    ["the worst of several", { uri: "/a b", headers: [["X", "\xe9"], te("chunked"), cl("3")] }, "Ambiguous", "BothTeClPresent"],
  ];
  for (const [title, change, tier, reason] of cases) {
    it(`${title}: ${tier} ${reason ?? ""}`, () => {
      expect(classify(head(change))).to.deep.equal(reason ? { tier, reason } : { tier });
    });
  }

  // prettier-ignore
  const modes: [DesyncMode, Record<Tier, ReturnType<typeof treatment>>][] = [
    ["monitor", { Compliant: "pass", Acceptable: "pass", Ambiguous: "pass", Severe: "pass" }],
    ["defensive", { Compliant: "pass", Acceptable: "pass", Ambiguous: "apart", Severe: "refuse" }],
    ["strictest", { Compliant: "pass", Acceptable: "refuse", Ambiguous: "refuse", Severe: "refuse" }],
  ];
  for (const [mode, expected] of modes) {
    it(`mode ${mode}`, () => {
      const tiers = Object.keys(expected) as Tier[];
      const treated = Object.fromEntries(tiers.map((t) => [t, treatment(mode, t)]));
      expect(treated).to.deep.equal(expected);
    });
  }

  it("knows the codings that load balancers do not take", () => {
    expect(unsupportedCoding([te("gzip, chunked")])).to.equal(true);
    expect(unsupportedCoding([te("Chunked")])).to.equal(false);
    expect(unsupportedCoding([te("identity")])).to.equal(false);
  });
});

describe("what could not be read", () => {
  const bytes = (...lines: string[]): Buffer =>
    Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");

  it("is read as forgivingly as can be, to say what it is", () => {
    expect(readHead(bytes("GET /a b HTTP/1.1", "Host : a", "no colon", ": b"))).to.deep.equal({
      method: "GET",
      uri: "/a b",
      version: "HTTP/1.1",
      headers: [
        ["Host ", "a"],
        ["no colon", ""],
        ["", "b"],
      ],
    });
    expect(readHead(Buffer.from("\n\nGET /\n\n"))).to.include({ uri: "/", version: "" });
    expect(readHead(Buffer.from("hello"))).to.equal(undefined);
  });

  // prettier-ignore
  const cases: [string, string, Buffer, number, string?][] = [
    ["both lengths", "HPE_INVALID_TRANSFER_ENCODING", bytes("POST / HTTP/1.1", "Content-Length: 3", "Transfer-Encoding: chunked"), 400, "BothTeClPresent"],
    ["a coding that is known", "HPE_INVALID_TRANSFER_ENCODING", bytes("POST / HTTP/1.1", "Transfer-Encoding: gzip"), 501],
    ["a coding that only looks like one", "HPE_INVALID_TRANSFER_ENCODING", bytes("POST / HTTP/1.1", "Transfer-Encoding: xchunked"), 400, "BadTransferEncoding"],
    ["HTTP/2's preface", "HPE_PAUSED_H2_UPGRADE", bytes("PRI * HTTP/2.0", "", "SM"), 505],
    ["headers without end", "HPE_HEADER_OVERFLOW", bytes("GET / HTTP/1.1", "X: ".padEnd(70_000)), 400],
    ["a URL without end", "HPE_HEADER_OVERFLOW", Buffer.from("GET /".padEnd(70_000, "x")), 414],
    ["no HTTP at all", "HPE_INVALID_METHOD", Buffer.from("hello"), 400],
    ["a head that takes for ever", "ERR_HTTP_REQUEST_TIMEOUT", Buffer.alloc(0), 408],
  ];
  for (const [title, code, received, status, reason] of cases) {
    it(`${title}: ${status}`, () => {
      const verdict = answerMalformed(code, received, "defensive");
      expect([verdict.status, verdict.classification.reason]).to.deep.equal([status, reason]);
    });
  }

  it("is 501 for every coding where nothing is mitigated", () => {
    const odd = bytes("POST / HTTP/1.1", "Transfer-Encoding: xchunked");
    expect(answerMalformed("HPE_INVALID_TRANSFER_ENCODING", odd, "monitor").status).to.equal(501);
  });
});
