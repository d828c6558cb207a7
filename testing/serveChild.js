"use strict";
// Serves one stack in this process, for serve.ts: what a test runner replaces does not reach it.
require("../startup");
require("./runServe").runServe();
