/** The tsconfig.json that a program's TypeScript is translated with. */
import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Project } from "../../local/program/project";
import { nearestWith } from "../../local/program/projectFile";
import { temporaryFolder } from "../temporary";

/** What Pulumi compiles with where a project says nothing. */
const pulumis = { target: "ES2020", experimentalDecorators: true, useDefineForClassFields: false };

/**
 * Writes one for all files of a program. A program's own may name only its first file, as that of
 * Pulumi's templates does: Pulumi goes by it for all of them, tsx for that file.
 *
 * @returns the file, and what removes it
 */
export function writeTsconfig({ cwd, tsconfig }: Project): { file: string; remove: () => void } {
  const folder = temporaryFolder("hopwise-");
  const file = path.join(folder, "tsconfig.json");
  const above = nearestWith(cwd, ["tsconfig.json"]);
  const own = tsconfig ?? (above && path.join(above, "tsconfig.json"));
  const what = own === undefined ? { compilerOptions: pulumis } : { extends: own };
  writeFileSync(file, JSON.stringify({ ...what, include: ["/**/*"] }));
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
