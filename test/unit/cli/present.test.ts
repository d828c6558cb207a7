import { expect } from "chai";
import {
  describePath,
  printNotes,
  printPath,
  printWarnings,
  warningsOf,
} from "../../../cli/local/present";
import { hopsOf } from "../../../path/hops";
import { h1 } from "../path/specs";
import { Account } from "../../../local/model/account";
import { screenOf, type Screen } from "../../../cli/screen";
import type { Hop } from "../../../path/types";
import type { Finding } from "../../../rules/finding";

const finding: Finding = {
  code: "direct-http1-clients-464",
  severity: "warning",
  message: "Every HTTP/1.1 client gets 464.",
  change: "Call it with HTTP/2.",
  source: "https://docs.aws.amazon.com/x",
};
const hop: Hop = {
  from: "viewer",
  to: "load-balancer",
  protocols: ["HTTP/2"],
  tls: true,
  port: 443,
  admits: [],
  why: "Because.",
};

/** What a function prints, as lines. */
function printed(print: (screen: Screen) => void): string[] {
  let text = "";
  const output = { columns: 60, write: (more: string) => (text += more) };
  print(screenOf(output, { LANG: "C.UTF-8" }));
  return text.split("\n").slice(0, -1);
}

describe("a path that the program describes", () => {
  it("is taken from its outputs; a program without them is described by its resources", () => {
    const outputs = { variant: "h2-direct", hops: [hop], findings: [finding] };
    const described = (given: Record<string, unknown>) =>
      describePath({
        stack: "h2",
        cwd: ".",
        account: new Account(),
        resources: [],
        outputs: given,
        logs: [],
        secrets: new Set<string>(),
        refusals: [],
        notChecked: [],
      });
    expect(described(outputs)).to.deep.equal({
      ...outputs,
      findings: [{ ...finding, paths: [0] }],
    });
    expect(described({})).to.deep.equal({ variant: undefined, hops: [], findings: [] });
  });
  it("has a heading per part, and none for a part that is empty", () => {
    const described = { variant: "h2-direct", hops: [hop], findings: [] };
    expect(
      printed((screen) => {
        printPath("h2", described, [], screen);
      }),
    ).to.deep.equal([
      "",
      "The path of h2, h2-direct",
      "  viewer",
      "    ▼  HTTP/2  TLS  443  from nobody",
      "       Because.",
      "  load balancer",
    ]);
    const nothing = { hops: [], findings: [] };
    expect(
      printed((screen) => {
        printPath("h2", nothing, [], screen);
      }),
    ).to.deep.equal([]);
    expect(
      printed((screen) => {
        printNotes([], screen);
      }),
    ).to.deep.equal([]);
    expect(
      printed((screen) => {
        printWarnings([], screen);
      }),
    ).to.deep.equal([]);
  });
});

describe("several paths", () => {
  it("are all listed, those with the same hops by name", () => {
    const first = { title: "app.example.com", spec: h1 };
    const other = { ...h1, target: { ...h1.target, port: 9090 } };
    const paths = [
      first,
      { title: "app.example.com/a", spec: h1 },
      { title: "app.example.com/b", spec: other },
      { title: "app.example.com/c", spec: other },
    ];
    const described = { hops: hopsOf(h1), findings: [] };
    const lines = printed((screen) => {
      printPath("dev", described, paths, screen);
    });
    expect(lines.filter((line) => /^\S|same hops/.test(line))).to.deep.equal([
      "The path of dev: app.example.com",
      "  The same hops: app.example.com/a.",
      "app.example.com/b",
      "  The same hops: app.example.com/c.",
    ]);
    expect(lines.filter((line) => line.includes("9090"))).to.have.lengthOf(1);
  });
});

describe("what a program warns of", () => {
  const logs = [
    { severity: "info", message: "hello" },
    { severity: "warning", message: "warning direct-http1-clients-464\n  Every client ..." },
    { severity: "warning", message: "the key S3cr3t is weak, S3cr3t it is" },
  ];
  it("is printed without what is a finding already, and without secrets", () => {
    const warnings = warningsOf({ logs, secrets: new Set(["S3cr3t"]) }, [finding]);
    expect(warnings).to.deep.equal(["the key [secret] is weak, [secret] it is"]);
    expect(
      printed((screen) => {
        printWarnings(warnings, screen);
      }),
    ).to.deep.equal(["", "The program warns", "  ▲ the key [secret] is weak, [secret] it is"]);
  });
});

describe("what differs from AWS", () => {
  it("wraps, with a sign per thing", () => {
    const message = "No listener forwards to the target group web, so that it gets no request.";
    expect(
      printed((screen) => {
        printNotes([message], screen);
      }),
    ).to.deep.equal([
      "",
      "Differences from AWS",
      "  · No listener forwards to the target group web, so that it",
      "    gets no request.",
    ]);
  });
});
