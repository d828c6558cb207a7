"use strict";
// Pulumi installs the packages of a plugin's own folder. Those of a checkout are a folder further up;
// where hopwise was installed by npm they are there already.
const { execFileSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
if (
  existsSync(path.join(root, "package-lock.json")) &&
  !existsSync(path.join(root, "node_modules"))
)
  execFileSync("npm", ["ci", "--omit=dev", "--omit=optional"], {
    cwd: root,
    stdio: "inherit",
    // npm is a script of the shell there.
    shell: process.platform === "win32",
  });
