/**
 * Derives terraform.json, for the types of types.ts, from the npm package `@cdktf/provider-aws`: HashiCorp's
 * own rendering of the Terraform provider's schema. When a type has been added:
 *
 *   npm pack @cdktf/provider-aws@21.22.1 && tar xzf cdktf-provider-aws-21.22.1.tgz
 *   npx tsx test/scan/deriveTerraform.ts package/lib
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { tableFile, type ArgumentTable } from "./terraformArguments";
import { types } from "./types";

const [library] = process.argv.slice(2);
if (library === undefined) throw new Error("usage: deriveTerraform.ts FOLDER (the package's lib)");

/** An entry of what a construct writes as HCL; `name: { value: ..., isBlock: ..., ... }`. */
const entry = /^ {8,12}(\w+): \{\n\s+value: (.*?),\n\s+isBlock: (true|false),/gm;
const renderers = /^function (\w+)ToHclTerraform\(struct\) \{\n([^]*?)^\}/gm;

function tableOf(body: string, functions: ReadonlyMap<string, string>): ArgumentTable {
  const attributes: string[] = [];
  const blocks: Record<string, ArgumentTable> = {};
  for (const [, name = "", value = ""] of body.matchAll(entry)) {
    const inner = functions.get(/(\w+)ToHclTerraform\b/.exec(value)?.[1] ?? "");
    // Pulumi sets time limits as an option of every resource.
    if (name === "timeouts") continue;
    if (inner === undefined) attributes.push(name);
    else blocks[name] = tableOf(inner, functions);
  }
  const { length } = Object.keys(blocks);
  return { attributes: attributes.sort().join(" "), ...(length > 0 && { blocks }) };
}

const wanted = new Set(Object.values(types).map(({ terraform }) => terraform));
const table: Record<string, ArgumentTable> = {};
for (const folder of fs.readdirSync(library).sort()) {
  const file = path.join(library, folder, "index.js");
  if (folder.startsWith("data-") || !fs.existsSync(file)) continue;
  const source = fs.readFileSync(file, "utf8").split("//# sourceMappingURL")[0] ?? "";
  const type = /^\w+\.tfResourceType = "(\w+)";/m.exec(source)?.[1] ?? "";
  if (!wanted.has(type)) continue;
  const functions = new Map(
    [...source.matchAll(renderers)].map(([, name = "", body = ""]) => [name, body]),
  );
  table[type] = tableOf(source.slice(source.indexOf("synthesizeHclAttributes() {")), functions);
}
const missing = [...wanted].filter((type) => !(type in table));
if (missing.length > 0) throw new Error(`not in the package: ${missing.join(", ")}`);
fs.writeFileSync(tableFile, `${JSON.stringify(table, null, 2)}\n`);
console.log(`${String(Object.keys(table).length)} types in ${tableFile}`);
