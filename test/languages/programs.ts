/** Programs in several languages that create every variant, by the real engine. */
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Account } from "../../local/model";
import { variants } from "../../path/variants";
import { createProject, type Project } from "../engine/cli";
import type { LanguageHost } from "../engine/serveLanguage";
import { expectWhole } from "../engine/stack";
import { findLanguages, found } from "../tools";
import { startComponentProvider } from "./componentProvider";

const schema = path.join(__dirname, "../../provider/schema.json");

/** Runs a command, which is to succeed. @returns what it printed */
export async function command(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, { cwd, env, maxBuffer: 2 ** 26 });
  return stdout;
}

/** Makes the SDK of a language, as `pulumi package add` does. @returns its folder */
export async function makeSdk(
  language: "csharp" | "go" | "java" | "python",
  folder: string,
): Promise<string> {
  const sdk = path.join(folder, "sdks/hopwise");
  await command(found(findLanguages()).gensdk, [language, schema, sdk], folder);
  return sdk;
}

/**
 * A project whose components come from a provider of its own, as the engine has one for each run.
 * @param files of test/languages
 */
export async function startProject(
  folder: string,
  files: readonly string[],
  host?: LanguageHost,
): Promise<Project> {
  const provider = await startComponentProvider();
  const also = {
    debugProviders: provider.debugProviders,
    debugLanguages: host?.debugLanguages,
    folder: found(findLanguages()).folder,
  };
  const account = new Account({ region: "eu-west-1" });
  const project = await createProject(path.join(__dirname, folder), files, account, { also });
  const close = async (): Promise<void> => {
    await project.close();
    await provider.close();
    host?.close();
  };
  return { ...project, close };
}

/** A stack, so that commands of the CLI work on the project. */
export async function createStack(project: Project): Promise<void> {
  await project.ok("stack", "init", "test");
  await project.ok("config", "set", "aws:region", "eu-west-1");
}

/** Deploys the program, finds nothing to change, and destroys it. */
export async function expectEveryVariantDeployed(project: Project): Promise<void> {
  await project.ok("preview");
  await project.ok("up", "--yes", "--skip-preview");
  expectEveryVariant(project, await outputsOf(project));
  await project.ok("up", "--yes", "--skip-preview", "--expect-no-changes");
  await project.ok("destroy", "--yes", "--skip-preview");
  expect(project.providers.account.resources).to.deep.equal([]);
}

export async function outputsOf(project: Project): Promise<Record<string, unknown>> {
  const { output } = await project.ok("stack", "output", "--json");
  const json = output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1);
  return JSON.parse(json) as Record<string, unknown>;
}

const urls = {
  h2cf: "https://h2cf.example.com",
  grpc: "https://grpc.example.com",
  h2: "https://h2.example.com",
};

/** Every variant's component is there, with all its resources, and what they hand out. */
export function expectEveryVariant(
  project: Project,
  outputs: Readonly<Record<string, unknown>>,
): void {
  expectWhole(project);
  const { resources = [] } = project.state();
  const made = resources.map(({ type }) => type);
  for (const { component } of Object.values(variants))
    expect(made).to.include(`hopwise:index:${component}`);
  expect(made.filter((type) => type === "aws:ecs/service:Service")).to.have.length(4);
  expect(outputs).to.deep.include(urls);
  expect(outputs.h1).to.match(/^https:\/\/\w+\.cloudfront\.net$/);
  expect(outputs.loadBalancer).to.match(/\.elb\.amazonaws\.com$/);
  // The stack's own file keeps what the program marked as a secret encrypted.
  expect(JSON.stringify(resources)).not.to.include("a secret of the program");
}
