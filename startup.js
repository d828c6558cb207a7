"use strict";
/**
 * Loaded before the program (`nodeargs` of Pulumi.yaml), so that a preview starts in a fraction of
 * the time; bench/evaluation.ts measures it. Without it the program does the same, slower:
 *
 * 1. Pulumi's SDK loads the TypeScript compiler, npm's resolver and the Automation API at once, for
 *    things that few programs do, and @pulumi/aws the index of all its 250 services. Here each is
 *    loaded when something of it is first used.
 * 2. TypeScript sources are stripped of their types, and the result is kept under node_modules.
 *    Lines stay where they are, so stack traces need no source maps.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const home = (name) => path.dirname(require.resolve(`${name}/package.json`)) + path.sep;

/** What a package requires at its start and hardly ever uses. */
const rarelyUsed = [
  {
    by: home("@pulumi/pulumi"),
    requests: new Set([
      "@npmcli/arborist",
      "normalize-package-data",
      "../../typescript-shim",
      "./automation",
      // Maps positions in the SDK's own JavaScript to its sources, for each of the thousands of
      // stack traces that the SDK takes and nobody reads. Those of the program need no map.
      "source-map-support/register",
    ]),
  },
  {
    by: path.join(__dirname, "components") + path.sep,
    // For stacks with `logs.queries` only.
    requests: new Set(["../logs/sql/albTable", "../logs/sql/edgeTable", "../logs/sql/queries"]),
  },
  { by: home("zod"), requests: new Set(["../locales/index.cjs"]) },
];
/** Files that require every service of a cloud, each a folder. */
const catalogues = new Set(["@pulumi/aws", "@pulumi/awsx"].map((name) => `${home(name)}index.js`));
const load = Module._load;

Module._load = function (request, parent, isMain) {
  return isDeferred(request, parent)
    ? whenUsed(() => load.call(this, request, parent, isMain))
    : load.call(this, request, parent, isMain);
};

function isDeferred(request, parent) {
  const from = parent?.filename ?? "";
  if (rarelyUsed.some(({ by, requests }) => requests.has(request) && from.startsWith(by)))
    return true;
  if (!catalogues.has(from) || !request.startsWith("./")) return false;
  return path.basename(Module._resolveFilename(request, parent)) === "index.js";
}

/** A module that is loaded when something of it is asked for. */
function whenUsed(loadModule) {
  let loaded;
  const get = (_target, key) => {
    // Says that it needs no wrapping, which would look at every export.
    if (key === "__esModule") return true;
    loaded ??= loadModule();
    return key === "default" ? (loaded.default ?? loaded) : loaded[key];
  };
  return new Proxy({}, { get });
}

const kept = path.join(__dirname, "node_modules", ".cache", "hopwise");
const { version } = require("sucrase/package.json");

require.extensions[".ts"] = (module, filename) => {
  const source = fs.readFileSync(filename, "utf8");
  const name = createHash("sha256").update(version).update(source).digest("hex");
  module._compile(stripped(path.join(kept, `${name}.js`), source, filename), filename);
};

function stripped(file, source, filePath) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    const { transform } = require("sucrase");
    const transforms = ["typescript", "imports"];
    const { code } = transform(source, { transforms, disableESTransforms: true, filePath });
    keep(file, code);
    return code;
  }
}

/** Written aside and moved into place: another process may be doing the same. */
function keep(file, code) {
  try {
    fs.mkdirSync(kept, { recursive: true });
    const aside = `${file}.${process.pid}`;
    fs.writeFileSync(aside, code);
    fs.renameSync(aside, file);
  } catch {
    // A node_modules that cannot be written to costs time, nothing else.
  }
}
