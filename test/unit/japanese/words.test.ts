/** The words around findings: each that the commands say has one in Japanese, with the same values. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { nodeInJapanese, words } from "../../../cli/show/japanese";
import { say, sayParts } from "../../../cli/show/words";
import { read, root } from "../document";

const sourcesIn = (folder: string): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith("japanese.ts"))
    .map((name) => read(path.join(folder, name)));

/** Of the commands that speak two languages. */
const speaking = ["cli/plan/text", "cli/local", "cli/verify", "cli/show"].flatMap(sourcesIn);
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe("the words around findings in Japanese", () => {
  const said = speaking.flatMap((source) =>
    [
      ...source.matchAll(
        /\b(?:say|sayCount)\((?:\s*[\w.]+,)*(?:[^"()]*\?)?\s*"([^"]+)"(?:\s*[:,]\s*"([^"]+)")?/g,
      ),
      ...source.matchAll(/\bheading\(\s*(?:[^"()]*\?\s*)?"([^"]+)"(?:\s*:\s*"([^"]+)")?/g),
    ].flatMap(([, one, other]) => [one, other].flatMap((text) => text ?? [])),
  );

  it("are found where they are said", () => {
    expect(said).to.include.members(["Findings", "Path: {title}", ", {n} warnings", "No path"]);
    expect(said.length).to.be.greaterThan(40);
  });

  for (const text of new Set(said))
    it(`has "${text}", with its values`, () => {
      expect(words).to.have.property(text);
      expect(placeholders(words[text] ?? "")).to.deep.equal(placeholders(text));
    });

  const sources = [...["cli", "path"].flatMap(sourcesIn)].join("\n");
  for (const text of Object.keys(words))
    it(`says "${text}" somewhere`, () => {
      expect(sources).to.contain(text);
      if (!/[ :{]/.test(text)) expect(sources).to.match(new RegExp(`["\`, ]${text}\\b`));
    });

  it("keep names as they are", () => {
    for (const [name, japanese] of [
      ["container nginx of shop", "コンテナ nginx（shop）"],
      ["container container", "コンテナ container"],
      ["load balancer viewers-alb", "ロードバランサー viewers-alb"],
      ["CloudFront main", "CloudFront main"],
      ["viewers", "ビューワー"],
      ["viewersomething", "viewersomething"],
    ])
      expect(nodeInJapanese(name ?? "")).to.equal(japanese);
  });

  it("have the values of titles", () => {
    for (const [title, japanese] of [
      ["a viewer in BR", "BR のビューワー"],
      ["viewer in any other country", "ほかの国のビューワー"],
      ["plain HTTP to port 8080", "ポート 8080 への平文の HTTP"],
      ["the load balancer, called directly", "ロードバランサー、直接呼び出し"],
      ["a title of another kind", "a title of another kind"],
    ] as const)
      expect(sayParts({ language: "ja" }, title)).to.equal(japanese);
  });

  it("replace each value once, and nothing in English but values", () => {
    const values = { n: "{also}", also: "x" };
    expect(say({ language: "en" }, "No errors{n}.", values)).to.equal("No errors{also}.");
    expect(say({ language: "en" }, "a {name}", {})).to.equal("a {name}");
    expect(sayParts({ language: "en" }, "a viewer, HTTP/2")).to.equal("a viewer, HTTP/2");
  });
});
