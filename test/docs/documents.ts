import * as fs from "node:fs";
import * as path from "node:path";
import { root } from "../unit/document";

/** The documents that name commands or have programs. */
export const documents = fs
  .readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`)
  .concat("README.md", "README.ja.md", "examples/ci/hopwise.yml");
