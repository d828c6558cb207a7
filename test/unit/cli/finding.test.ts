/** `hopwise finding CODE`: the pages of docs/findings in a terminal. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { expect } from "chai";
import { CommandFailure } from "../../../cli/failure";
import { runFinding, terminalLines } from "../../../cli/finding/run";
import { languageOf } from "../../../cli/language";
import { hopwise } from "../../../cli/main";
import { screenOf } from "../../../cli/screen";
import { rules } from "../../../rules";
import { root } from "../document";

/** What is printed, without colours. */
function printed(code?: string, LC_ALL = "C.UTF-8"): string {
  let text = "";
  const output = { write: (part: string) => (text += part), columns: 80 };
  runFinding(code, screenOf(output, { LC_ALL }));
  return text;
}

describe("hopwise finding", () => {
  it("prints the page of a code: cause, example, fix", () => {
    const text = printed("edge-http1-to-http2-target");
    expect(text).to.match(/^edge-http1-to-http2-target\n/);
    expect(text).to.match(
      /Cause[^]*464[^]*Example[^]*\n {4}- {2}protocolVersion: "HTTP2",\n[^]*Fix/,
    );
    expect(text).not.to.match(/日本語|```|\]\(|\*\*|<https|<!--/);
  });

  for (const code of ["edge-http1-to-http2-target", "464-http1", "placeholder-left"])
    it(`prints the Japanese page of ${code}`, () => {
      expect(printed(code, "ja_JP.UTF-8")).to.match(/^原因$[^]*^対処$/m);
    });

  it("ends quietly where nobody reads its output to the end", async () => {
    const command = [path.join(root, "cli/hopwise.js"), "finding", "edge-http1-to-http2-target"];
    const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, said }).to.deep.equal({ code: 0, said: "" });
  });

  it("lists all codes without one", () => {
    expect(printed().split("\n")).to.include.members(rules.map(({ code }) => code));
  });

  it("names the code that is meant", () => {
    expect(() => printed("edge-http1-to-http2-targt"))
      .to.throw(CommandFailure, "Is edge-http1-to-http2-target meant?")
      .with.property("exitCode", 2);
    expect(() => printed("464")).to.throw(
      /^There is no finding 464\. .*: 464-\S+, .*direct-http1-clients-464/,
    );
    expect(() => printed("nothing-like-it-at-all")).to.throw(/There is no finding [^?]*$/);
  });

  it("keeps what a code block holds, and wraps the rest", () => {
    const screen = screenOf({ write: () => undefined, columns: 60 }, { LC_ALL: "C.UTF-8" });
    const lines = terminalLines(
      `# A\n\n- \`x\` ${"word ".repeat(20)}\n\n\`\`\`ts\n[a](b)\n\`\`\`\n`,
      screen,
    );
    expect(lines[0]).to.equal("A");
    expect(lines[2]).to.match(/^· x word/);
    expect(lines[3]).to.match(/^ {2}word/);
    expect(lines.at(-1)).to.equal("    [a](b)");
  });
});

describe("the language of findings", () => {
  it("can be chosen wherever findings or causes are shown", () => {
    const commands = hopwise("0").commands.filter(({ options }) =>
      options.some(({ long }) => long === "--lang"),
    );
    expect(commands.map((one) => one.name())).to.deep.equal([
      ...["plan", "local", "verify", "explain", "finding"],
    ]);
  });

  const cases: readonly (readonly [NodeJS.ProcessEnv, string])[] = [
    [{}, "en"],
    [{ LANG: "ja_JP.UTF-8" }, "ja"],
    [{ LANG: "ja" }, "ja"],
    [{ LANG: "jam_JM.UTF-8" }, "en"],
    [{ LANG: "de_DE.UTF-8" }, "en"],
    [{ LANG: "ja_JP.UTF-8", LC_ALL: "C.UTF-8" }, "en"],
    [{ LANG: "ja_JP.UTF-8", HOPWISE_LANG: "en" }, "en"],
    [{ LANG: "en_US.UTF-8", HOPWISE_LANG: "ja" }, "ja"],
  ];
  for (const [env, language] of cases)
    it(`is ${language} with ${JSON.stringify(env)}`, () => {
      expect(languageOf(env)).to.equal(language);
    });
});
