/** YAML as Pulumi reads it. */
import * as fs from "node:fs";
import { type Alias, type Document, LineCounter, parseDocument, visit } from "yaml";

/**
 * The content of a YAML file: YAML 1.2 with merge keys (`<<`), which Pulumi takes as well.
 *
 * @throws Error of one line, which names the file and the place in it
 */
export function readYamlFile(file: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(fs.readFileSync(file, "utf8"), {
    lineCounter: lines,
    merge: true,
  });
  const error = (offset: number, reason: string): Error => {
    const { line, col } = lines.linePos(offset);
    return new Error(`${file}:${line}:${col}: ${reason}`);
  };
  const [broken] = document.errors;
  if (broken) throw error(broken.pos[0], broken.message.split(" at line ")[0] ?? broken.message);
  const circle = aliasWithinItself(document);
  if (circle)
    throw error(
      circle.range?.[0] ?? 0,
      `The value of the anchor &${circle.source} contains itself.`,
    );
  try {
    return document.toJS() as unknown;
  } catch (cause) {
    // Too many aliases of aliases.
    throw error(0, cause instanceof Error ? cause.message : String(cause));
  }
}

/** An alias within the value that it names. */
function aliasWithinItself(document: Document): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias(_, alias, ancestors) {
      const named = alias.resolve(document);
      if (named === undefined || !ancestors.includes(named)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}
