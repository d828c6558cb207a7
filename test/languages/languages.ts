/** The languages of programs: how an SDK gets into a project, and how a program is built and run. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import type { PartName } from "../parts";
import { findJava, findLanguages, found } from "../tools";

export interface Language {
  /** Pulumi's name of it, and that of its blocks in documents. */
  readonly name: "go" | "java" | "python" | "yaml";
  readonly parts: readonly PartName[];
  /** Where a project has its program. */
  readonly file: string;
  /** Puts the SDK into a project, as `pulumi package add` does. */
  readonly install?: (folder: string) => Promise<void>;
  /** Compiles the program. */
  readonly compile?: (folder: string) => Promise<void>;
  /** Runs the program; none: Pulumi's own language host does. */
  readonly command?: () => [string, ...string[]];
}

export const yaml: Language = {
  name: "yaml",
  parts: ["pulumi", "languages"],
  file: "Pulumi.yaml",
};

export const languages: readonly Language[] = [
  yaml,
  {
    name: "python",
    parts: ["pulumi", "languages"],
    file: "__main__.py",
    install: async (folder) => {
      const sdk = await makeSdk("python", folder);
      const options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
      // Next to the program, where Python looks first.
      const target = ["--target", folder, sdk];
      await run(found(findLanguages()).python, ["-m", "pip", "install", ...options, ...target]);
    },
    command: () => [
      found(findLanguages()).python,
      path.join(__dirname, "python/run.py"),
      "__main__.py",
    ],
  },
  {
    name: "go",
    parts: ["pulumi", "languages"],
    file: "main.go",
    install: async (folder) => {
      await makeSdk("go", folder);
      const { goModule } = found(findLanguages());
      for (const file of ["go.mod", "go.sum"])
        fs.copyFileSync(path.join(goModule, file), path.join(folder, file));
      const sdk = "example.com/pulumi-hopwise/sdk/go";
      const edits = [`-replace=${sdk}=./sdks/hopwise`, `-require=${sdk}@v0.0.0`];
      await run("go", ["mod", "edit", ...edits], folder);
    },
    compile: async (folder) => {
      await run("go", ["build", "-mod=mod", "-trimpath", "-o", "shop", "."], folder);
    },
    command: () => ["./shop"],
  },
  {
    name: "java",
    parts: ["pulumi", "languages", "java"],
    file: "App.java",
    install: async (folder) => {
      const sdk = await makeSdk("java", folder);
      const sources = fs
        .readdirSync(sdk, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".java"))
        .map((name) => path.join(sdk, name));
      await javac(folder, sources);
    },
    compile: (folder) => javac(folder, ["App.java"]),
    command: () => ["java", "-cp", classPath(), "App"],
  },
];

const classPath = (): string =>
  ["classes", "sdks/hopwise/src/main/resources", `${found(findJava()).library}/*`].join(
    path.delimiter,
  );

async function javac(folder: string, sources: readonly string[]): Promise<void> {
  const options = ["-proc:none", "-Xlint:-options", "-d", "classes", "-cp", classPath()];
  await run("javac", [...options, ...sources], folder);
}

/** Makes an SDK of the schema. @returns its folder */
export async function makeSdk(
  language: "csharp" | "go" | "java" | "python",
  folder: string,
): Promise<string> {
  const sdk = path.join(folder, "sdks/hopwise");
  const schema = path.join(__dirname, "../../provider/schema.json");
  await run(found(findLanguages()).gensdk, [language, schema, sdk]);
  return sdk;
}

/** Runs a program that builds something. Go takes nothing that is not on this machine. */
async function run(file: string, args: readonly string[], cwd?: string): Promise<void> {
  const env = { ...process.env, GOPROXY: "off", GOFLAGS: "" };
  await promisify(execFile)(file, args, { cwd, env, maxBuffer: 2 ** 26 });
}
