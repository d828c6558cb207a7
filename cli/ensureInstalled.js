"use strict";
// What `npm start` and `npm test` do first: node_modules as package-lock.json says. Plain
// JavaScript without dependencies, because nothing is installed yet when it matters.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    return {}; // cut short by an interrupted install: differs from every lock file
  }
}

/**
 * Why node_modules is not what package-lock.json asks for; undefined when it is.
 *
 * The contents are compared, not the times: a checkout gives files any time it likes, and npm
 * itself writes the two lock files in either order. npm writes `node_modules/.package-lock.json`
 * when an install is complete, so that an interrupted one is seen too.
 */
function whyInstall(root, { dev }) {
  const installed = readJson(path.join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return "no dependencies are installed yet";
  const lock = readJson(path.join(root, "package-lock.json"));
  if (lock === undefined) return undefined; // someone's own lock file (yarn, pnpm): their install
  const have = installed.packages || {};
  for (const [place, wanted] of Object.entries(lock.packages || {})) {
    if (place === "" || (wanted.dev && !dev)) continue;
    const found = have[place];
    // Made for another system, as npm sees it. Everything else is installed: Pulumi's packages, which
    // are peers, and what the command needs, which is optional, too.
    if (found === undefined && (wanted.os || wanted.cpu || wanted.libc)) continue;
    const name = place.replace(/^.*node_modules\//, "");
    if (found === undefined) return `${name} is missing`;
    if (found.version !== wanted.version)
      return `${name} ${found.version} is installed, ${wanted.version} is asked for`;
  }
  return undefined;
}

/** The npm that runs us where there is one (it may not be on PATH), else the one on PATH. */
function npm(args, options) {
  const running = process.env.npm_execpath || "";
  if (/npm-cli\.c?js$/.test(running))
    return spawnSync(process.execPath, [running, ...args], options);
  // npm is a .cmd on Windows, which only a shell starts; the arguments are constants.
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * Installs the dependencies when they are missing or not what package-lock.json says.
 * Returns true when they are there; false, with the reason on stderr, when npm failed.
 */
function ensureInstalled(root, { dev }) {
  const why = whyInstall(root, { dev });
  if (why === undefined) return true;
  console.error(`Installing dependencies (${why}) with npm ci ...`);
  const started = Date.now();
  const include = ["peer", "optional", ...(dev ? ["dev"] : [])].map((kind) => `--include=${kind}`);
  const result = npm(["ci", "--no-audit", "--no-fund", ...include], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (result.status === 0) {
    console.error(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
    return true;
  }
  if (result.error)
    console.error(`npm could not be started (${result.error.message}); is it on your PATH?`);
  else if (result.signal) console.error(`npm ci was ended by ${result.signal}.`);
  else
    console.error(
      `npm ci failed (exit ${String(result.status)}); its own message is above. ` +
        "Once that is solved, run the same command again.",
    );
  return false;
}

module.exports = { ensureInstalled, whyInstall };
