/** Projects in several languages, whose programs use the components. */
import * as fs from "node:fs";
import * as path from "node:path";
import { Account } from "../../local/model";
import { createProject, type Project } from "../engine/cli";
import { findLanguages, found } from "../tools";
import { startComponentProvider } from "./componentProvider";
import type { Language } from "./languages";
import { startProgramHost } from "./programHost";

export interface LanguageProject extends Omit<Project, "close"> {
  /** Puts a program in place of the one that is there, and compiles it. */
  readonly write: (program: string) => Promise<void>;
  /** The outputs of the stack. */
  readonly outputs: () => Promise<Record<string, unknown>>;
  /** Stops the project's servers and processes, and removes its files. */
  readonly close: () => Promise<void>;
}

/** A project with the SDK, without a program, whose components come from a provider of its own. */
export async function startProject(language: Language): Promise<LanguageProject> {
  const { name, file, install, compile, command } = language;
  const host = command && (await startProgramHost(name, command()));
  const provider = await startComponentProvider();
  const project = await createProject("", [], new Account({ region: "eu-west-1" }), {
    also: {
      debugProviders: provider.debugProviders,
      debugLanguages: host?.debugLanguages,
      folder: found(findLanguages()).folder,
    },
  });
  const { directory } = project;
  const settings = `name: shop\nruntime: ${name}\n`;
  const close = async (): Promise<void> => {
    project.close();
    await provider.close();
    host?.close();
  };
  try {
    fs.writeFileSync(path.join(directory, "Pulumi.yaml"), settings);
    await install?.(directory);
    await project.ok("stack", "init", "test");
    await project.ok("config", "set", "aws:region", "eu-west-1");
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...project,
    write: async (program) => {
      const text = file === "Pulumi.yaml" ? `${settings}${program}` : program;
      fs.writeFileSync(path.join(directory, file), text);
      await compile?.(directory);
    },
    outputs: async () => {
      const file = await project.writeOutput("outputs.json", "stack", "output", "--json");
      return JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, unknown>;
    },
    close,
  };
}

/** The program that creates every variant. */
export function everyVariant({ name, file }: Language): string {
  const own = name === "yaml" ? "program.yaml" : name === "python" ? "program.py" : file;
  return fs.readFileSync(path.join(__dirname, name, own), "utf8");
}
