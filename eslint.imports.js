"use strict";
/**
 * Who may import what: the table, and the lint rule that holds every import against it. The picture
 * in docs/architecture.md is written from the table.
 */
const path = require("node:path");
const { isBuiltin } = require("node:module");

/**
 * By folder or file of the top level: what it may import in addition to itself, all of it further up.
 * `logs/sql`: only that part. `startup` is how Node.js is started; `policy/main.js` and the command
 * start with it.
 */
const mayImport = {
  path: [],
  startup: [],
  topology: ["path"],
  config: ["path"],
  rules: ["path", "topology"],
  logs: ["path", "topology", "rules"],
  cost: ["path", "topology", "rules"],
  policy: ["path", "topology", "rules", "startup"],
  local: ["path", "topology", "rules", "logs"],
  components: ["path", "topology", "rules", "logs/sql"],
  program: ["config", "path", "components"],
  "index.ts": ["config", "components", "program"],
  cli: [
    ...["path", "topology", "rules", "config", "components", "policy", "logs", "cost", "local"],
    ...["startup", "package.json"],
  ],
  testing: ["path", "topology", "rules", "local", "cli", "startup"],
  provider: ["components", "startup"],
};

/** Folders that decide: they import neither Pulumi nor anything that reads or writes. */
const pure = ["path", "topology", "rules", "cost"];

/** Folders that import what a user would, or what they test or release. */
const free = ["test", "bench", "examples", "templates", "nginx", "release", "website"];

const where = "docs/architecture.md, and eslint.imports.js has the table";

/** What is wrong with an import; undefined where nothing is. Both paths are from the root. */
function problemOf(file, request) {
  const [from, ...inside] = file.split("/");
  if (free.includes(from) || (inside.length === 0 && from !== "index.ts")) return undefined;
  const allowed = mayImport[from];
  if (allowed === undefined) return `${from} has no row in the table of imports: ${where}.`;
  if (!request.startsWith(".")) {
    if (!pure.includes(from) || !(isBuiltin(request) || request.startsWith("@pulumi/"))) return;
    return `${from} imports ${request}, but decides without Pulumi and without I/O: ${where}.`;
  }
  const target = path.posix.join(path.posix.dirname(file), request);
  const isIn = (entry) => `${target.replace(/\.ts$/, "")}/`.startsWith(`${stem(entry)}/`);
  if ([from, ...allowed].some(isIn)) return undefined;
  const to = target.split("/")[0];
  const list = allowed.length === 0 ? "nothing of ours" : `only ${allowed.join(", ")}`;
  return `${from} imports ${to} (${target}), but may import ${list}: ${where}.`;
}

const stem = (entry) => entry.replace(/\.ts$/, "");

const rule = {
  meta: { type: "problem", schema: [], messages: { wrong: "{{problem}}" } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
    const check = (source) => {
      if (typeof source?.value !== "string") return;
      const problem = problemOf(file, source.value);
      if (problem) context.report({ node: source, messageId: "wrong", data: { problem } });
    };
    const ofSource = (node) => check(node.source);
    return {
      ImportDeclaration: ofSource,
      ExportNamedDeclaration: ofSource,
      ExportAllDeclaration: ofSource,
      ImportExpression: ofSource,
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
      TSExternalModuleReference: (node) => check(node.expression),
      CallExpression: ({ callee, arguments: [first] }) => {
        if (callee.type === "Identifier" && callee.name === "require") check(first);
      },
    };
  },
};

module.exports = { mayImport, pure, free, rule };
