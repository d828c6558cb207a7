"use strict";
// `npm run build`, and what `npm pack` does first: all that the package holds of ours, compiled, at
// the same places below dist/ as here. What is no TypeScript is copied. Arguments go to tsc.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { brotliCompressSync } = require("node:zlib");
const ts = require("typescript");

const dist = path.join(__dirname, "dist");

/** What is no TypeScript; the files right in cli/ start a checkout, or this. */
const copied = /^(nginx\/.+|(startup|testing|cli\/.+)\/.+\.js|local\/.+\.sh)$/;

/** Files below a folder of dist/ whose names end so. */
const filesOf = (folder, end) =>
  fs
    .readdirSync(path.join(dist, folder), { recursive: true })
    .filter((name) => name.endsWith(end))
    .map((name) => path.join(dist, folder, name));

// Files that have moved since the last time would be packed as well.
fs.rmSync(dist, { recursive: true, force: true });
const tsc = require.resolve("typescript/bin/tsc");
const { status } = spawnSync(
  process.execPath,
  [tsc, "-p", "tsconfig.build.json", ...process.argv.slice(2)],
  {
    cwd: __dirname,
    stdio: "inherit",
  },
);
for (const folder of ["cli", "local", "nginx", "startup", "testing"])
  for (const name of fs.readdirSync(path.join(__dirname, folder), { recursive: true })) {
    const file = path.join(folder, name);
    if (!copied.test(file.replaceAll("\\", "/"))) continue;
    fs.cpSync(path.join(__dirname, file), path.join(dist, file), { recursive: true });
  }
const schema = JSON.parse(fs.readFileSync(path.join(__dirname, "provider/schema.json"), "utf8"));
fs.writeFileSync(path.join(dist, "provider/schema.json"), JSON.stringify(schema));

// The pages that `hopwise finding` prints, in one file: hundreds of small ones pack badly, and a page
// and its translation share most of their code, which only Brotli sees.
const folders = { en: "docs/findings", ja: "docs/ja/findings" };
const pages = Object.fromEntries(
  fs
    .readdirSync(path.join(__dirname, folders.en))
    .filter((name) => name !== "README.md")
    .map((name) => [
      name.replace(/\.md$/, ""),
      Object.fromEntries(
        Object.entries(folders).map(([language, folder]) => [
          language,
          fs.readFileSync(path.join(__dirname, folder, name), "utf8"),
        ]),
      ),
    ]),
);
fs.writeFileSync(
  path.join(dist, "cli/finding/pages.json.br"),
  brotliCompressSync(JSON.stringify(pages)),
);

// A program that imports hopwise waits for what it uses of it, and for nothing else.
const lazyModules = path.join(dist, "startup/lazyModules.js");
for (const file of filesOf("components", ".js")) {
  const whenUsed = `require("${path.relative(path.dirname(file), lazyModules).replaceAll("\\", "/")}").whenUsed`;
  const lazy = fs
    .readFileSync(file, "utf8")
    .replace(/^((?:const|var) \w+ = )(require\("\.[^"]+"\));$/gm, `$1${whenUsed}(() => $2);`);
  fs.writeFileSync(file, lazy);
}

/** Code with one space for each level in place of four, which are a fifth of it; templates stay as they are. */
function narrow(file, text) {
  const within = [];
  const find = (node) => {
    if (
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    )
      within.push([node.getStart(), node.end]);
    ts.forEachChild(node, find);
  };
  find(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return text.replace(/^(?: {4})+/gm, (spaces, at) =>
    within.some(([start, end]) => at > start && at < end) ? spaces : " ".repeat(spaces.length / 4),
  );
}

// The declarations keep their comments, which editors show. tsc could only leave out both.
const printer = ts.createPrinter({ removeComments: true });
for (const folder of fs.readdirSync(dist).filter((folder) => folder !== "nginx"))
  for (const file of filesOf(folder, ".js")) {
    const text = fs.readFileSync(file, "utf8");
    // With parents, a literal is printed as it is written.
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    fs.writeFileSync(file, narrow(file, printer.printFile(source)));
  }

// Declarations that a program sees: those of the entries of package.json, and what they name.
const { exports: entries } = require("./package.json");
const seen = new Set();
const see = (file) => {
  if (seen.has(file) || !fs.existsSync(file)) return;
  seen.add(file);
  for (const { fileName } of ts.preProcessFile(fs.readFileSync(file, "utf8")).importedFiles) {
    if (!fileName.startsWith(".")) continue;
    const named = path.resolve(path.dirname(file), fileName);
    for (const end of [".d.ts", "/index.d.ts"]) see(path.normalize(named + end));
  }
};
for (const { types } of Object.values(entries)) if (types) see(path.join(__dirname, types));
for (const file of filesOf("", ".d.ts")) if (!seen.has(file)) fs.rmSync(file);
process.exitCode = status ?? 1;
