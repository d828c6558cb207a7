/** AWS's patterns: `*` for any characters, `?` for exactly one; everything else for itself. */

const compiled = new Map<string, RegExp>();
const expressions = new Map<string, RegExp>();

/** True when a text matches a pattern as a whole. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const key = `${ignoreCase ? "i" : "s"}${pattern}`;
  let expression = compiled.get(key);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, ".*")
      .replace(/\?/g, ".");
    expression = new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
    compiled.set(key, expression);
  }
  return expression.test(text);
}

/** A regular expression of a rule, compiled once. @throws {SyntaxError} */
export function expressionOf(source: string, ignoreCase = false): RegExp {
  const key = `${ignoreCase ? "i" : "s"}/${source}`;
  let expression = expressions.get(key);
  if (!expression) {
    expression = new RegExp(source, ignoreCase ? "i" : "");
    expressions.set(key, expression);
  }
  return expression;
}
