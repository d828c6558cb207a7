"use strict";
// Makes TypeScript loadable in a worker thread, as cli/hopwise.js does in the main one.
require("../../startup");
require("./work");
