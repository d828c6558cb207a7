/** The programs of each rule, a file for each code in `cases/`. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Case } from "./caseParts";

const folder = path.join(__dirname, "cases");

/** By the rule's code. */
export const cases: Readonly<Record<string, Case>> = Object.fromEntries(
  fs
    .readdirSync(folder)
    .sort()
    .map((file) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a rule's programs are found by its code
      const loaded = require(path.join(folder, file)) as { cases: Case };
      return [file.replace(/\.ts$/, ""), loaded.cases];
    }),
);
