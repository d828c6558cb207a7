/** The words in Japanese: one for each thing, and one kind of punctuation, wherever Japanese is written. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { read, root } from "../document";

const kana = "ぁ-んァ-ヶー一-龠々";

const inFolder = (folder: string, ending: string): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending) && name !== "index.ts")
    .map((name) => `${folder}/${name.split(path.sep).join("/")}`);

/** Every file with text in Japanese. */
const files = [
  ...["README.ja.md", ...inFolder("docs/ja", ".md"), "nginx/page/index.ja.html"],
  ...[...inFolder("rules/japanese", ".ts"), ...inFolder("logs/causes/japanese", ".ts")],
  ...["logs/japanese.ts", "logs/japaneseLines.ts", "cli/explain/japanese.ts"],
  ...[
    "cli/verify/faults.ts",
    "cli/show/findings.ts",
    "cli/show/japanese.ts",
    "nginx/templates/http/inspect.conf.template",
  ],
  ...["website/.vitepress/config.ts", "test/unit/findings/words.ts", "test/unit/findings/index.ts"],
];

/** Other words for the same, as they must not be written, and how they are. */
const otherWords: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/ビューア(?!ク)|ビュワー/, "ビューワー"],
  [/ロードバランサ(?!ー)/, "ロードバランサー"],
  [/ブラウザ(?!ー)/, "ブラウザー"],
  [/サーバ(?!ー)/, "サーバー"],
  [/ヘッダ(?!ー)/, "ヘッダー"],
  [/ユーザ(?!ー)/, "ユーザー"],
  [/フォルダ(?!ー)|ディレクトリ/, "フォルダー"],
  [/プロバイダ(?!ー)/, "プロバイダー"],
  [/リスナ(?!ー)/, "リスナー"],
  [/コンテナー/, "コンテナ"],
  [/クオータ/, "クォータ"],
  [/ウェブACL|WebACL|Web ?ACL (?=[はがのをに])/, "ウェブ ACL"],
  [/ふるまい|振る舞い|ビヘイビアー/, "ビヘイビア"],
  [/既定/, "デフォルト"],
  [/わか[らりるれろっ]/, "分かる"],
  [/くわし/, "詳しい"],
  [/下さい/, "ください"],
  [/出来[まるず]/, "できる"],
  [/全て/, "すべて"],
  [/(?<!の)他の/, "ほかの"],
  [/及び|或いは/, "および、または"],
  [/(?:である|のだ|だった|しない|される|する|(?<![まで])した)。/, "です・ます"],
];

/** Prose of a file: without code, addresses and markup, whose signs belong to no sentence. */
function proseOf(file: string): string {
  return read(file)
    .replace(/```[^]*?```/g, "")
    .replace(/\]\([^)\n]*\)/g, "]")
    .replace(/https?:[^\s>）]*/g, "")
    .replace(/\/\[[^\n]*\]\/|\/\^[^\n]*\$\//g, "")
    .replace(/<!--#?[^]*?-->/g, "");
}

for (const file of files)
  describe(`Japanese in ${file}`, () => {
    const prose = proseOf(file);
    /** Where something is, with what is around it. */
    const around = (wrong: RegExp): string[] =>
      [...prose.matchAll(new RegExp(wrong, "g"))].map(({ index, 0: found }) =>
        prose.slice(Math.max(0, index - 12), index + found.length + 12).replaceAll("\n", " "),
      );

    it("is there", () => {
      expect(prose).to.match(/[ぁ-んァ-ヶ]/);
    });

    it("has one word for each thing", () => {
      for (const [wrong, right] of otherWords) expect(around(wrong), right).to.deep.equal([]);
    });

    it("has no half-width katakana, and no full-width letters and digits", () => {
      expect(around(/[\uff61-\uff9f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/)).to.deep.equal([]);
    });

    it("has full-width punctuation in sentences, and a half-width colon", () => {
      expect(around(new RegExp(`[${kana}][,.!?;]|[${kana}]\\(|\\([${kana}]`))).to.deep.equal([]);
      expect(around(/[：；，．｡]/)).to.deep.equal([]);
    });

    it("has a space between Japanese and other letters", () => {
      const code = /\.(?:ts|template)$/.test(file);
      const letters = code ? "[a-zA-Z0-9]" : "[a-zA-Z0-9`]";
      const pair = `(?:[${kana}]${letters}|[a-zA-Z0-9][${kana}])`;
      // What comes before is looked at only where there is a pair: that takes much longer.
      const joined = new RegExp(`(?=${pair})(?<![\`\\w/.-]*\\$\\{[^}]*)${pair}`);
      expect(around(joined)).to.deep.equal([]);
    });
  });
