/** Where the programs are that tests run and npm does not install; undefined: not here. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const tools = join(__dirname, "..", ".tools");

/** curl, where it speaks HTTP/2: some systems build it without. */
export function findCurl(): string | undefined {
  const { stdout } = spawnSync("curl", ["--version"], { encoding: "utf8" });
  // Without a curl there is no output.
  return /^Features:.*\bHTTP2\b/m.test(stdout) ? "curl" : undefined;
}

/** HOPWISE_CHROMIUM, or the first Chromium or Chrome on PATH. */
export function findChromium(): string | undefined {
  const named = process.env.HOPWISE_CHROMIUM;
  if (named !== undefined && named !== "") return named;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** h2load, which puts load on a server, from PATH. */
export function findH2load(): string | undefined {
  return spawnSync("h2load", ["--version"]).error === undefined ? "h2load" : undefined;
}

/** h2spec, the conformance tests of HTTP/2: from .tools, then PATH. */
export function findH2spec(): string | undefined {
  const built = join(tools, "h2spec", "h2spec");
  if (existsSync(built)) return built;
  return spawnSync("h2spec", ["--version"]).error === undefined ? "h2spec" : undefined;
}

let pulumi: string | undefined;

/** The Pulumi CLI: HOPWISE_PULUMI, then .tools, then PATH. */
export function findPulumi(): string | undefined {
  const given = process.env.HOPWISE_PULUMI;
  // For each project of a suite, and it takes as long as a small command.
  return (pulumi ??= (given ? [given] : [join(tools, "pulumi", "pulumi"), "pulumi"]).find(
    (candidate) => {
      try {
        execFileSync(candidate, ["version"], { stdio: "ignore", env: pulumiEnvironment() });
        return true;
      } catch {
        return false;
      }
    },
  ));
}

/** The environment without what the caller's own Pulumi set-up might bring in. */
export function pulumiEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PULUMI|AWS)_/.test(name));
  return {
    ...Object.fromEntries(own),
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

export interface Scanners {
  readonly checkov: string;
  readonly cfnLint: string;
  /** CloudFormation's schemas, as cfn-lint carries them. */
  readonly schemas: string;
  /** E.g. `checkov==3.3.30 cfn-lint==1.58.0`. */
  readonly versions: string;
}

/** Those that .ci/get-scanners put into this checkout. */
export function findScanners(): Scanners | undefined {
  const folder = join(tools, "scanners");
  const versions = join(folder, "versions");
  const library = join(folder, "lib");
  if (!existsSync(versions) || !existsSync(library)) return undefined;
  const [python = ""] = readdirSync(library);
  return {
    checkov: join(folder, "bin/checkov"),
    cfnLint: join(folder, "bin/cfn-lint"),
    schemas: join(library, python, "site-packages/cfnlint/data/schemas"),
    versions: readFileSync(versions, "utf8").trim(),
  };
}

export interface Languages {
  /** Folder with the language host for YAML. */
  readonly folder: string;
  /** Makes the SDK of a schema. */
  readonly gensdk: string;
  /** Python with Pulumi's SDK. */
  readonly python: string;
  /** Folder with the go.mod of a program with Pulumi's SDK. */
  readonly goModule: string;
}

/** Those that .ci/get-languages put into this checkout. */
export function findLanguages(): Languages | undefined {
  const folder = join(tools, "languages");
  if (!existsSync(join(folder, "versions"))) return undefined;
  return {
    folder,
    gensdk: join(folder, "gensdk"),
    python: join(folder, "python/bin/python"),
    goModule: join(folder, "go"),
  };
}

export interface Java {
  /** Folder with the archives of Pulumi's SDK. */
  readonly library: string;
}

/** What .ci/get-java put into this checkout, where there is a JDK. */
export function findJava(): Java | undefined {
  const folder = join(tools, "java");
  const ready = existsSync(join(folder, "version")) && !spawnSync("javac", ["-version"]).error;
  return ready ? { library: join(folder, "lib") } : undefined;
}

/** The command that builds the documents' site, which .ci/get-docs put into website/. */
export function findWebsite(): string | undefined {
  const command = join(__dirname, "../website/node_modules/vitepress/bin/vitepress.js");
  return existsSync(command) ? command : undefined;
}

/** What a finder finds, for tests that are declared with its part. */
export function found<T>(tool: T | undefined): T {
  if (tool === undefined) throw new Error("missing: the test has to be declared with its part");
  return tool;
}
