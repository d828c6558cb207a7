/** The programs in the documents: TypeScript takes each of them. */
import * as path from "node:path";
import ts from "typescript";
import { expect } from "chai";
import { documents } from "./documents";
import { read, root } from "../unit/document";

/** What the programs leave out: values of the reader's own, and packages that are not installed. */
const left = `
  import type * as pulumi from "@pulumi/pulumi";
  import type { H1ViaCloudfrontArgs } from "hopwise";
  declare global {
    const args: H1ViaCloudfrontArgs;
    const placement: H1ViaCloudfrontArgs["placement"];
    const service: NonNullable<H1ViaCloudfrontArgs["service"]>;
    const shared: pulumi.StackReference;
    const vpcId: string;
    const taskSubnetIds: string[];
    const zoneId: string;
  }`;
const absent = `declare module "@pulumi/cloudflare";`;

describe("the TypeScript of the documents", () => {
  const programs = new Map(
    documents
      .filter((document) => document.endsWith(".md"))
      .flatMap((document) =>
        [...read(document).matchAll(/^```ts\n([^]*?)^```/gm)].map(([, text = ""], index) => {
          const name = `${document.replaceAll("/", "-")}-${index + 1}.ts`;
          return [path.join(root, name), text] as const;
        }),
      ),
  );
  let problems: Map<string | undefined, string[]>;

  before(function () {
    this.timeout(600_000);
    const texts = new Map([
      ...programs,
      [path.join(root, "left.ts"), left],
      [path.join(root, "absent.d.ts"), absent],
    ]);
    const options: ts.CompilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, esModuleInterop: true },
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, types: ["node"] },
      lib: ["lib.es2023.d.ts"],
      moduleResolution: ts.ModuleResolutionKind.Node10,
      resolveJsonModule: true,
      paths: {
        hopwise: [path.join(root, "components/index.ts")],
        "hopwise/testing": [path.join(root, "testing/index.ts")],
      },
    };
    const disk = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (file) => texts.has(file) || disk.fileExists(file),
      readFile: (file) => texts.get(file) ?? disk.readFile(file),
      getSourceFile: (file, language) => {
        const text = texts.get(file);
        return text === undefined
          ? disk.getSourceFile(file, language)
          : ts.createSourceFile(file, text, language);
      },
    };
    const program = ts.createProgram([...texts.keys()], options, host);
    problems = new Map(
      [...texts.keys()].map((file) => {
        const source = program.getSourceFile(file);
        const found = [
          ...program.getSyntacticDiagnostics(source),
          ...program.getSemanticDiagnostics(source),
        ];
        return [
          file,
          found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
        ];
      }),
    );
  });

  for (const file of programs.keys())
    it(`${path.basename(file, ".ts")} has its types`, () => {
      expect(problems.get(file)).to.deep.equal([]);
    });

  it("is about names that the test knows", () => {
    expect(problems.get(path.join(root, "left.ts"))).to.deep.equal([]);
  });
});
