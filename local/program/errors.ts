/** Errors of loading a program, in words that say what to do. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as vm from "node:vm";
import { addIn, installIn, packageOf } from "./packages";

/** What a program that cannot be loaded lacks; undefined for errors of another kind. */
export function loadProblem(error: Error, root: string): string | undefined {
  return (
    notInstalled(error, root) ??
    notTranslated(error) ??
    notJavaScript(error, root) ??
    notExported(error)
  );
}

/** JavaScript that cannot be read: the error itself does not say where, so it is looked for. */
function notJavaScript(error: Error, root: string): string | undefined {
  if (error.name !== "SyntaxError") return undefined;
  for (const file of scripts(root)) {
    try {
      vm.compileFunction(fs.readFileSync(file, "utf8"), [], { filename: file });
    } catch (found) {
      if (!(found instanceof Error) || found.message !== error.message) continue;
      const place = found.stack?.split("\n")[0] ?? file;
      return `${place}: ${error.message}`;
    }
  }
  return undefined;
}

function scripts(root: string): string[] {
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules" && !entry.name.startsWith("."))
    .flatMap((entry) => {
      const full = path.join(root, entry.name);
      if (entry.isDirectory()) return scripts(full);
      return /\.c?js$/.test(entry.name) ? [full] : [];
    });
}

/** An import that is undefined, by the name that the translation gave its module. */
function notExported({ message }: Error): string | undefined {
  const [, from, name] =
    /^(?:\(0 , )?import_(\w+?)\d*\.(\w+)\)? is not a (?:constructor|function)$/.exec(message) ?? [];
  return name === undefined
    ? undefined
    : `${name} is imported from ${from}, which exports no class or function of that name: look at its spelling.`;
}

/** A package that is not there. Node lists who asked for it, the nearest first. */
function notInstalled(
  error: NodeJS.ErrnoException & { requireStack?: string[] },
  root: string,
): string | undefined {
  if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") return undefined;
  // The second is what Yarn says where it resolves packages itself (Plug'n'Play).
  const [, found, refused] =
    /Cannot find (?:module|package) '([^']+)'|tried to access (\S+?)[ ,]/.exec(error.message) ?? [];
  const wanted = found ?? refused;
  // What imports a module is in the message, as a path or an URL; what requires it in a list.
  const importer = / imported from (?:file:\/\/)?(.+)$/m.exec(error.message)?.[1];
  const by = error.requireStack?.[0] ?? importer;
  if (wanted === undefined) return undefined;
  const user = by === undefined ? undefined : packageOf(by);
  const from = by === undefined ? "" : `, which ${user?.name ?? by} needs,`;
  if (/^(\.|\/|[A-Za-z]:)/.test(wanted)) return `The file ${wanted}${from} is missing.`;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(wanted)?.[0] ?? wanted;
  const where = user?.hasPeer(name)
    ? addIn(root, name)
    : installIn(by === undefined || user !== undefined ? root : path.dirname(by));
  return `The package ${wanted}${from} is not installed. Run ${where}.`;
}

/** Source that cannot be translated: the translator says where, below a line that says nothing. */
function notTranslated(error: Error): string | undefined {
  const [head = "", ...places] = error.message.split("\n");
  if (!/^Transform failed with \d+ errors?:$/.test(head)) return undefined;
  if (!error.message.includes("Top-level await")) return places.join("\n");
  const place = /^(.*?:\d+:\d+):/.exec(places[0] ?? "")?.[1] ?? "The program";
  return `${place}: top-level await needs an ES module. Add "type": "module" to package.json, or put the program into a function: export default async () => { ... };`;
}
