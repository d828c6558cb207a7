"use strict";
// Runs before anything is installed and on versions of Node that are too old: plain, old syntax.

/** `[20, 19]` of `>=20.19` or `v20.19.1`. */
function majorMinor(text) {
  const match = /(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2] || 0)] : [0, 0];
}

/**
 * What to tell a person whose Node is too old; undefined when it is new enough.
 * The one place that names the version is `engines.node` in package.json.
 */
function nodeTooOld(version, range) {
  const have = majorMinor(version);
  const need = majorMinor(range);
  if (have[0] > need[0] || (have[0] === need[0] && have[1] >= need[1])) return undefined;
  return (
    "hopwise needs Node " +
    need.join(".") +
    " or newer; this is " +
    version +
    ". Get a current one from https://nodejs.org or with your version manager (nvm install --lts)."
  );
}

/** Ends the process with a clear line when this Node is too old. */
function requireNode() {
  const problem = nodeTooOld(process.version, require("../package.json").engines.node);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(1);
}

module.exports = { nodeTooOld, requireNode };
