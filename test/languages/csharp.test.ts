/**
 * The SDK for C#, as far as it can be tested without the .NET SDK: it is generated, and its classes are
 * read for members that C# does not allow.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { read } from "../unit/document";
import { makeSdk } from "./languages";

describeWith("languages", "the SDK for C#", () => {
  let folder: string;
  let files: Map<string, string>;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-csharp-"));
    const sdk = await makeSdk("csharp", folder);
    const names = fs.readdirSync(sdk, { recursive: true, encoding: "utf8" });
    files = new Map(
      names
        .filter((name) => name.endsWith(".cs"))
        .map((name) => [name, fs.readFileSync(path.join(sdk, name), "utf8")]),
    );
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("has a class for every component", () => {
    const { resources } = JSON.parse(read("provider/schema.json")) as { resources: object };
    for (const token of Object.keys(resources)) {
      const name = token.split(":")[2] ?? "";
      expect(files.get(`${name}.cs`)).to.include(`public partial class ${name} :`);
    }
  });

  // https://learn.microsoft.com/dotnet/csharp/misc/cs0542 and cs0102
  it("has no member with the name of its class, and none twice", () => {
    let members = 0;
    for (const [file, text] of files)
      for (const [name, own] of classesOf(text)) {
        members += own.length;
        expect(own, `${file}: ${name}`).not.to.include(name);
        expect(own, `${file}: ${name}`).to.deep.equal([...new Set(own)]);
      }
    expect(members).to.be.greaterThan(500);
  });

  it("has another name for such a member", () => {
    expect(files.get("WebAcl.cs")).to.match(
      /\[Output\("webAcl"\)\]\s+public Output<.*> WebAclValue /,
    );
  });
});

/** The properties and fields of each class or struct; what is nested is four spaces further in. */
function* classesOf(text: string): Generator<[string, string[]]> {
  const starts = [...text.matchAll(/^( +)public [\w ]*\b(?:class|struct) (\w+)/gm)];
  for (const [i, start] of starts.entries()) {
    const [, indent = "", name = ""] = start;
    const body = text.slice(start.index, starts[i + 1]?.index);
    const member = new RegExp(
      `^${indent}    public (?!static )[^(=\\n]*?(\\w+)(?: \\{.*|;|)$`,
      "gm",
    );
    yield [name, [...body.matchAll(member)].map(([, own = ""]) => own)];
  }
}
