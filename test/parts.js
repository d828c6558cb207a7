"use strict";
// The real parts that some suites need and that npm cannot install: are they here, and how does
// one get them? Loaded after the dependencies are installed.
require("tsx/cjs");
const { spawnSync } = require("node:child_process");

/** name -> what it is called, whether it is here, how to get it. */
const parts = {
  nginx: {
    title: "nginx 1.25.1 or newer",
    find: async () => (await require("../local/nginx").findNginx()) !== undefined,
    how: () => require("../local/nginx").howToGetNginx(),
  },
  curl: {
    title: "curl",
    find: () => spawnSync("curl", ["--version"]).error === undefined,
    how: () => "install it with your system's packages",
  },
  caddy: {
    title: "Caddy 2.11 or newer",
    find: async () => (await require("../local/serve/http3/find").findCaddy()) !== undefined,
    how: () => require("../local/serve/http3/find").howToGetCaddy(),
  },
  chromium: {
    title: "Chromium",
    find: () => require("./browser/chromium").findChromium() !== undefined,
    how: () => require("./browser/chromium").HOW_TO_GET_CHROMIUM,
  },
  h2load: {
    title: "h2load",
    find: () => require("./clients/tools").findTool("h2load") !== undefined,
    how: () => require("./clients/tools").howToGet.h2load,
  },
  h2spec: {
    title: "h2spec",
    find: () => require("./clients/tools").findTool("h2spec") !== undefined,
    how: () => require("./clients/tools").howToGet.h2spec,
  },
  pulumi: {
    title: "the pulumi CLI",
    find: async () => require("./engine/cli").findPulumi() !== undefined,
    how: () => require("./engine/cli").HOW_TO_GET_PULUMI.replace(/^.*?: /, ""),
  },
  scanners: {
    title: "Checkov and cfn-lint",
    find: async () => require("./scan/scanners").findScanners() !== undefined,
    how: () => require("./scan/scanners").HOW_TO_GET_SCANNERS.replace(/^.*?: /, ""),
  },
};

/** Those of the named parts that are missing, as `{ nginx: { title, how } }`. */
async function missingParts(names) {
  const missing = {};
  for (const name of new Set(names)) {
    const part = parts[name];
    if (!(await part.find())) missing[name] = { title: part.title, how: part.how() };
  }
  return missing;
}

module.exports = { missingParts };
