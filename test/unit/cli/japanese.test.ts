/** What the commands say in Japanese. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { reportLines } from "../../../cli/explain/text";
import { screenOf, type Screen } from "../../../cli/screen";
import { findingLines } from "../../../cli/show/findings";
import { wrap } from "../../../cli/text";
import { ruleOf } from "../../../rules";
import type { Finding } from "../../../rules/finding";
import { japanese } from "../../../rules/japanese";
import { root } from "../document";
import { albLine, cases } from "../explain/lines";
import { read } from "../explain/reading";

const screen = (LANG: string): Screen =>
  screenOf({ write: () => undefined, columns: 80 }, { LANG, NO_COLOR: "1" });
/** Two words of English that name nothing. */
const englishWords = /(?<=\s)(?:the|is|are|of|that|which|and|to|from|in)(?=\s)/;
const joined = (lines: readonly string[]): string => lines.map((line) => line.trim()).join("");

const { code, severity, fix, source } = ruleOf("edge-http1-to-http2-target");
const finding: Finding = {
  code,
  severity,
  message: "The group web takes HTTP/2.",
  change: fix,
  source,
};

describe("findings in Japanese", () => {
  it("begin with the rule's own texts, and keep the message with its names", () => {
    const text = joined(findingLines([finding], screen("ja_JP.UTF-8")));
    const { holds = "", fix: change = "" } = japanese[code] ?? {};
    expect(text.replaceAll(" ", "")).to.match(/^✘エラーedge-http1-to-http2-target/);
    for (const part of [holds, change, finding.message])
      expect(text.replaceAll(" ", "")).to.contain(part.replaceAll(" ", ""));
  });

  it("are as they were in English, and without a translation", () => {
    const other = { ...finding, code: "code-without-texts" };
    expect(joined(findingLines([finding], screen("en_US.UTF-8")))).not.to.match(/[ぁ-ん]/);
    const lines = findingLines([other], screen("ja_JP.UTF-8"));
    expect(lines.slice(1)).to.deep.equal(findingLines([other], screen("en_US.UTF-8")).slice(1));
  });

  it("are not loaded by those who read English", () => {
    const script = `
      require("./cli/show/findings");
      require("./cli/explain/text");
      console.log(Object.keys(require.cache).filter((file) => /[/]japanese/.test(file)).join());`;
    const options = { cwd: root, encoding: "utf8" } as const;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", "./startup", "-e", script],
      options,
    );
    expect(stdout + stderr).to.equal("\n");
  });

  it("leave nothing in English in hopwise explain but names", async () => {
    for (const { cause, fields } of cases) {
      const { inLanguage } = await read(`${albLine(fields)}\nnonsense\n`);
      const { report } = inLanguage("ja");
      const lines = reportLines(report, screen("ja_JP.UTF-8"));
      const [found] = report.loadBalancer?.causes ?? [];
      expect(joined(lines).replaceAll(" ", ""), cause).to.contain(
        (found?.title ?? "").replaceAll(" ", ""),
      );
      // Two words of English in a row, outside of the log's own line and what is written as code.
      const prose = lines
        .slice(
          0,
          lines.findIndex((line) => /^ *例 /.test(line)),
        )
        .filter((line) => !/https:|User-Agent|^ {12}/.test(line));
      for (const line of prose)
        expect(line.replace(/openssl .*|-servername.*/, "")).not.to.match(englishWords);
    }
  });
});

describe("a cause that the log proves to be a rule's, in Japanese", () => {
  it("has the title of the cause under the code of the rule", async () => {
    const refused = cases.find(({ cause }) => cause === "464-http1-from-cloudfront")?.fields ?? {};
    const { target_group_arn = "" } = refused;
    const request = "GET https://app.example.com:443/orders/17 HTTP/2.0";
    const taken = albLine({ type: "h2", request, target_group_arn });
    const { inLanguage } = await read(`${albLine(refused)}\n${taken}\n`);
    const [found] = inLanguage("ja").report.loadBalancer?.causes ?? [];
    expect(found?.code).to.equal(code);
    expect(found?.title).to.match(/CloudFront から届きました/);
  });
});

describe("lines with wide characters", () => {
  it("are no wider than the screen, and begin with no closing mark", () => {
    const text =
      "ロードバランサーのセキュリティグループは、CloudFront からの接続を許可する必要があります。";
    for (let width = 10; width <= 40; width += 1) {
      const lines = wrap(text, width);
      expect(lines.join("").replaceAll(" ", "")).to.equal(text.replaceAll(" ", ""));
      for (const line of lines) {
        expect(line).not.to.match(/^[。、ー]/);
        // A closing mark may stand out.
        const columns = Array.from(line.replace(/[。、ー]$/, "")).reduce(
          (sum, character) => sum + (/[ -~]/.test(character) ? 1 : 2),
          0,
        );
        expect(columns, line).to.be.at.most(width);
      }
    }
  });

  it("are broken at spaces where there is no such character", () => {
    expect(wrap("one two-three four", 9)).to.deep.equal(["one", "two-three", "four"]);
  });
});
