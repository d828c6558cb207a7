"use strict";
/**
 * Loaded before the program (`nodeargs` of Pulumi.yaml), so that a preview starts in a fraction of
 * the time; bench/evaluation.ts measures it. Without it the program does the same, slower:
 *
 * 1. What Pulumi's packages hardly ever use is not loaded before it is: local/lazyModules.js.
 * 2. TypeScript sources are stripped of their types, and the result is kept under node_modules.
 *    Lines stay where they are, so stack traces need no source maps.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

require("./local/lazyModules.js").loadLazily();

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
