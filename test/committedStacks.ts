import { readdirSync } from "node:fs";
import * as path from "node:path";

/** Names of the stacks that are committed, each in `Pulumi.<name>.yaml`. */
export const committedStacks: readonly string[] = readdirSync(path.join(__dirname, "..")).flatMap(
  (file) => /^Pulumi\.(\w+)\.yaml$/.exec(file)?.[1] ?? [],
);
