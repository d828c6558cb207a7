#!/usr/bin/env node
"use strict";
require("./nodeVersion.js").requireNode();
require("tsx/cjs");
require("./main.ts").main(process.argv);
