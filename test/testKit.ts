/** The tests of docs/testing.md, and the program that they are about, in a folder of its own. */
import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");

/** The examples of the page, in their order: answers, callers, and what is served. */
export function documentedTests(): string[] {
  return [...read("docs/testing.md").matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, code = ""]) => code,
  );
}

/** Writes the README's program, and the server that replaces its app. */
export function writeProgram(folder: string): void {
  const program = /```ts\n(import[\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
  const files = {
    "index.ts": program,
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "package.json": JSON.stringify({ name: "shop", main: "index.ts" }),
    "server.js": [
      'const answer = (request, response) => response.end("hello from " + request.url);',
      'require("node:http").createServer(answer).listen(process.env.PORT, process.env.HOST);',
    ].join("\n"),
  };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
}
