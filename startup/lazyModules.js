"use strict";
/**
 * Keeps out of a program's start what Pulumi's packages require and hardly ever use: the SDK loads
 * the TypeScript compiler, npm's resolver and the Automation API at once, for things that few
 * programs do, and @pulumi/aws the index of all its 250 services. Each is loaded when something of it
 * is first used. It holds for every copy of a package, wherever a program has its own.
 */
const { existsSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

/** What a package requires at its start and hardly ever uses. */
const rarelyUsed = [
  {
    by: /[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]/,
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
  { by: /[\\/]node_modules[\\/]zod[\\/]/, requests: new Set(["../locales/index.cjs"]) },
];
/** Files that require every service of a cloud, each a folder. */
const catalogue = /[\\/]node_modules[\\/]@pulumi[\\/]awsx?[\\/]index\.js$/;

/** From here on, modules of these kinds are loaded when they are used. */
function loadLazily() {
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    return isDeferred(request, parent)
      ? whenUsed(() => load.call(this, request, parent, isMain))
      : load.call(this, request, parent, isMain);
  };
}

function isDeferred(request, parent) {
  const from = parent?.filename ?? "";
  if (rarelyUsed.some(({ by, requests }) => requests.has(request) && by.test(from))) return true;
  if (!request.startsWith("./") || !catalogue.test(from)) return false;
  return existsSync(path.join(path.dirname(from), request, "index.js"));
}

/** A module that is loaded when something of it is asked for. */
function whenUsed(loadModule) {
  let loaded;
  const load = () => {
    try {
      return loadModule();
    } catch (error) {
      require("./missingPackage.js").explainMissingPeer(error);
      throw error;
    }
  };
  const get = (_target, key) => {
    // Says that it needs no wrapping, which would look at every export.
    if (key === "__esModule") return true;
    loaded ??= load();
    return key === "default" ? (loaded.default ?? loaded) : loaded[key];
  };
  return new Proxy({}, { get });
}

module.exports = { loadLazily, whenUsed };
