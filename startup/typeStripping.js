"use strict";
/**
 * TypeScript without its types, kept under node_modules. Unlike what transpiles, this leaves every
 * other character where it is: stack traces need no source maps, and functions made in a hot path
 * are no slower than written by hand (esbuild names each one with a call of its own).
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const kept = path.join(__dirname, "..", "node_modules", ".cache", "hopwise");
/** Of sucrase. Not loaded before it is used: the installed package has no TypeScript of ours. */
let version;
/** Compiles a TypeScript file into its module, for `require.extensions`. */
function compileStripped(module, filename) {
  version ??= require("sucrase/package.json").version;
  const source = fs.readFileSync(filename, "utf8");
  const name = createHash("sha256").update(version).update(source).digest("hex");
  module._compile(stripped(path.join(kept, `${name}.js`), source, filename), filename);
}

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

module.exports = { compileStripped };
