// Loaded by mocha before test files, which decide while they are loaded what they skip.
import { createRequire } from "node:module";

// TypeScript is loaded through require only.
await createRequire(import.meta.url)("./parts.ts").findParts();

// Tests expect English, whatever the machine's locale is; those of other languages say so.
process.env.HOPWISE_LANG = "en";
