/** Folders without Pulumi.yaml: what they are instead, and what to do. */
import * as fs from "node:fs";
import * as path from "node:path";
import { firstThere } from "./projectFile";

export const projectFiles = ["Pulumi.yaml", "Pulumi.yml"];

/** What to say of a folder that has no Pulumi.yaml. */
export function noProject(root: string): string {
  const missing = `There is no Pulumi.yaml in ${root}.`;
  if (!fs.existsSync(root)) return `There is no folder ${root}.`;
  if (!fs.statSync(root).isDirectory())
    return `${root} is a file: a program is named by its folder, the one with Pulumi.yaml.`;
  const sst = firstThere(root, ["sst.config.ts", "sst.config.js"]);
  if (sst !== undefined)
    return (
      `${missing} ${path.basename(sst)} makes it an SST app, whose Pulumi program only SST itself can run. ` +
      "hopwise explain reads the logs of what it deploys, and hopwise verify checks its URL."
    );
  const automation = sources(root).find((file) => automates.test(readText(file)));
  if (automation !== undefined)
    return (
      `${missing} ${path.relative(root, automation)} runs Pulumi itself (Automation API), and hopwise needs a project. ` +
      "Make a folder with a Pulumi.yaml (name: app, runtime: nodejs) and an index.ts that exports the same " +
      'program: import { program } from "../program"; export default program; then name it with --program.'
    );
  const below = projectsBelow(root);
  if (below.length === 0) return missing;
  const named = below.slice(0, 5).map((folder) => `--program ${path.join(shown(root), folder)}`);
  return `${missing} There is one below it: add ${named.join(" or ")}.`;
}

/** A path as short as it can be written here. */
function shown(folder: string): string {
  const short = path.relative(process.cwd(), folder);
  return short.startsWith("..") ? folder : short;
}

/** What only programs that run Pulumi themselves use. */
const automates = /@pulumi\/pulumi\/automation|\bautomation\.LocalWorkspace\b|\bLocalWorkspace\./;

/** TypeScript and JavaScript of a folder, and of the usual folders in it. */
function sources(root: string): string[] {
  return ["", "src", "lib", "automation", "infra", "bin"]
    .map((folder) => path.join(root, folder))
    .flatMap((folder) =>
      entries(folder)
        .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
        .map((entry) => path.join(folder, entry.name)),
    );
}

/** Folders with a project, at most two levels below. */
function projectsBelow(root: string, levels = 2, from = ""): string[] {
  if (levels === 0) return [];
  return entries(path.join(root, from))
    .filter(({ name }) => name !== "node_modules" && !name.startsWith("."))
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const folder = path.join(from, entry.name);
      const here = firstThere(path.join(root, folder), projectFiles) !== undefined;
      return here ? [folder] : projectsBelow(root, levels - 1, folder);
    });
}

function entries(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
