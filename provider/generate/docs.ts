/** What a doc comment says, as a schema says it. */
import * as ts from "typescript";

export interface Documented {
  /** The comment. */
  readonly text?: string;
  /** What its `@default` says. */
  readonly given?: string;
}

/** The doc comment of a property, class or type. */
export function documented(symbol: ts.Symbol, checker: ts.TypeChecker): Documented {
  const comment = plainText(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const text = comment === "" ? undefined : comment;
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === "default");
  if (tag === undefined) return { text };
  const given = plainText(ts.displayPartsToString(tag.text));
  const value = literalOf(given);
  return { text, given: value === undefined ? given : `\`${String(value)}\`` };
}

/** One line a paragraph; a link to a name is the name. */
function plainText(text: string): string {
  const names = text.replace(/\{@link\s+([^}|]+?)\s*(?:\|[^}]*)?\}/g, "`$1`");
  const paragraphs = names.split(/\n\s*\n/).map((part) => part.replace(/\s*\n\s*/g, " ").trim());
  return paragraphs.join("\n\n").trim();
}

/** The value where a default is a literal (`"http"`, `60`), not a description. */
function literalOf(text: string): string | number | boolean | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? undefined : (value as string | number | boolean);
  } catch {
    return undefined;
  }
}
