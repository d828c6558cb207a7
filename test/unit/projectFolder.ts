/** A Pulumi project in a folder of its own, for programs that are written out in a test. */
import { mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const modules = path.join(__dirname, "../../node_modules");

/** Makes the folder, with a stack `dev` in eu-west-1 and our packages. The caller removes it. */
export function projectFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "hopwise-program-")));
  symlinkSync(modules, path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: any\nruntime: nodejs\n");
  writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n");
  return folder;
}
