/** Regular expressions of listener rules. */

const expressions = new Map<string, RegExp>();

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
