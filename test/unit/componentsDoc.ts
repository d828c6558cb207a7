/** The components and their arguments, from the doc comments of their types. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { root } from "./document";

interface Argument {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly text: string;
}

interface Described {
  readonly name: string;
  readonly text: string;
  /** What it extends. */
  readonly bases: readonly string[];
  readonly arguments: readonly Argument[];
}

/** A doc comment as one paragraph, its `@default` at the end. */
function textOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const [last] = comments.slice(-1);
  if (last === undefined) return "";
  const tags = (last.tags ?? [])
    .filter((tag) => tag.tagName.text === "default")
    .map((tag) => `Default: ${commentText(tag.comment)}.`);
  return [commentText(last.comment), ...tags].join(" ").replace(/\s+/g, " ").trim();

  function commentText(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
    return (ts.getTextOfJSDocComment(comment) ?? "").trim().replace(/\{@link ([^}]+)\}/g, "`$1`");
  }
}

const classes: (Described & { readonly args: string })[] = [];
const interfaces = new Map<string, Described>();

function read(file: string): void {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  for (const node of source.statements) {
    if (ts.isInterfaceDeclaration(node) && node.name.text.endsWith("Args"))
      interfaces.set(node.name.text, {
        name: node.name.text,
        text: textOf(node),
        bases: (node.heritageClauses ?? []).flatMap(({ types }) =>
          types.map((type) => type.getText(source)),
        ),
        arguments: node.members.filter(ts.isPropertySignature).map((member) => ({
          name: member.name.getText(source),
          optional: member.questionToken !== undefined,
          type: (member.type?.getText(source) ?? "").replace(/\s+/g, " "),
          text: textOf(member),
        })),
      });
    if (!ts.isClassDeclaration(node) || node.name === undefined) continue;
    const made = node.members.find(ts.isConstructorDeclaration);
    const args = made?.parameters[1]?.type?.getText(source) ?? "";
    classes.push({
      name: node.name.text,
      text: textOf(node),
      bases: [],
      arguments: [],
      args,
    });
  }
}

/** Text in a table; what is between backticks stays as it is. */
const cell = (text: string): string =>
  text
    .split("`")
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[*<]/g, "\\$&")))
    .join("`")
    .replaceAll("|", "\\|");

/** Where an argument is described that has no text. */
const seeOf = (type: string): string => (interfaces.has(type) ? `See \`${type}\`.` : "");

function table(described: Described): string[] {
  const rows = described.arguments.map(
    ({ name, optional, type, text }) =>
      `| \`${name}\`${optional ? "" : " (required)"} | \`${type.replaceAll("|", "\\|")}\` | ${cell(text) || seeOf(type)} |`,
  );
  return rows.length === 0
    ? []
    : ["", "| Argument | Type | Meaning |", "| --- | --- | --- |", ...rows];
}

/** The lines of the reference. @param exported the components that the package exports, in its order */
export function componentLines(exported: readonly string[]): string[] {
  const folder = path.join(root, "components");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort())
    if (file.endsWith(".ts")) read(path.join(folder, file));
  const shown = new Set<string>();
  const described = (name: string): string[] => {
    const found = interfaces.get(name);
    if (found === undefined || shown.has(name)) return [];
    shown.add(name);
    const own = found.bases.filter((base) => interfaces.has(base));
    return [
      ...table(found),
      ...own.flatMap((base) => [
        "",
        `Also the arguments of \`${base}\`${shown.has(base) ? ", above." : ":"}`,
        ...described(base),
      ]),
    ];
  };
  const components = exported.flatMap((name) => {
    const found = classes.find((one) => one.name === name);
    if (found === undefined) throw new Error(`components/ has no class ${name}`);
    const seen = shown.has(found.args)
      ? ["", `Its arguments are those of \`${found.args}\`, above.`]
      : described(found.args);
    return ["", `## ${name}`, "", cell(found.text), ...seen];
  });
  // Arguments that are objects, until no new one is named.
  const objects: string[] = [];
  for (let added = true; added;) {
    added = false;
    for (const name of interfaces.keys()) {
      const named = [...shown].some((one) =>
        interfaces.get(one)?.arguments.some(({ type }) => new RegExp(`\\b${name}\\b`).test(type)),
      );
      if (!named || shown.has(name)) continue;
      added = true;
      const found = interfaces.get(name);
      objects.push("", `## ${name}`, "", cell(found?.text ?? ""), ...described(name));
    }
  }
  return [...components.slice(1), ...objects];
}
