/** Stack files as Pulumi reads them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { readYamlFile } from "../../../local/program/yaml";

describe("a YAML file", () => {
  let folder = "";
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "hopwise-yaml-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (text: string): unknown => {
    const file = path.join(folder, "Pulumi.dev.yaml");
    writeFileSync(file, text);
    return readYamlFile(file);
  };

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    [
      "an anchor that contains itself",
      "a: 1\nb: &b {c: 1, d: *b}\n",
      /dev\.yaml:2:17: The value of the anchor &b contains itself\.$/,
    ],
    [
      "a list that contains itself",
      "a: &a\n  - x\n  - [*a]\n",
      /dev\.yaml:3:6: .*&a contains itself/,
    ],
    ["what is no YAML", "a: [1\n", /dev\.yaml:2:1: /],
    ["an alias of nothing", "a: *nothing\n", /dev\.yaml:1:\d+: .*nothing/],
    [
      "aliases of aliases without end",
      [
        "a: &a [x, x]",
        ..."bcdefghijkl"
          .split("")
          .map((name, i) => `${name}: &${name} [${`*${"abcdefghijkl"[i] ?? ""}, `.repeat(9)}]`),
      ].join("\n"),
      /dev\.yaml:1:1: .*alias/i,
    ],
  ];
  for (const [what, text, says] of wrong)
    it(`is an error with its place: ${what}`, () => {
      expect(() => read(text)).to.throw(says);
    });

  it("has anchors and merge keys", () => {
    const text = "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n";
    expect(read(text)).to.deep.equal({ a: { x: 1, y: 2 }, b: { x: 1, y: 3 }, c: { x: 1, y: 2 } });
  });

  it("has names that a JavaScript object treats in its own way", () => {
    expect(Object.keys(read("__proto__: 1\ntoString: 2\n") as object)).to.deep.equal([
      "__proto__",
      "toString",
    ]);
  });
});
