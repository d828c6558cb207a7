/** Projects that differ from the committed one in something. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectDir } from "./hopwise";

/** A project in a folder of its own: the committed one, some of its files changed. */
export interface Variation {
  readonly folder: string;
  remove(): void;
}

/**
 * What the program is made of. Copied where any of it changes, because a component finds its image by
 * its own place; each file then has to be translated.
 */
const program = [
  ...["index.ts", "package.json", "tsconfig.json"],
  ...["components", "config", "logs", "nginx", "path", "program", "rules", "startup", "topology"],
];

const isSettings = (file: string): boolean => /^Pulumi.*yaml$/.test(file);

/** @param changes what becomes of a file's text, by its path in the project */
export function varied(changes: Readonly<Record<string, (text: string) => string>>): Variation {
  const made = temporary("hopwise-cli-");
  const { folder } = made;
  for (const entry of readdirSync(projectDir).filter(isSettings))
    cpSync(path.join(projectDir, entry), path.join(folder, entry));
  const edit = (file: string, change: (text: string) => string): void => {
    const place = path.join(folder, file);
    const before = readFileSync(place, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`the change of ${file} changes nothing`);
    writeFileSync(place, after);
  };
  if (Object.keys(changes).every(isSettings))
    edit("Pulumi.yaml", (text) => text.replace(/^main: /m, `$&${projectDir}/`));
  else {
    for (const entry of program)
      cpSync(path.join(projectDir, entry), path.join(folder, entry), { recursive: true });
    symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
  }
  for (const [file, change] of Object.entries(changes)) edit(file, change);
  return made;
}

function temporary(prefix: string): Variation {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** The article's program: what is served leaves its state in the program's folder. */
export function article(): Variation {
  const made = temporary("hopwise-article-");
  const { folder } = made;
  const own = (file: string): boolean => !/node_modules|\.hopwise/.test(path.basename(file));
  cpSync(path.join(projectDir, "examples/article-464"), folder, { recursive: true, filter: own });
  symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
  return made;
}

/** The same for all tests of a `describe`, as arguments of the command. */
export function servedArticle(...options: string[]): () => string[] {
  let example: Variation;
  before(() => {
    example = article();
  });
  after(() => {
    example.remove();
  });
  return () => ["local", ...options, "--program", example.folder];
}
