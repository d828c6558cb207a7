/** AWS's patterns: `*` matches any characters, `?` exactly one, and all else itself. */
import type { Pattern } from "./types";

const compiled = new Map<string, RegExp>();

/** A pattern as an expression, compiled once. `one`: what its `?` matches. */
function compile(pattern: Pattern, one: "." | "[^*]", ignoreCase: boolean): RegExp {
  const key = `${ignoreCase ? "i" : "s"}${one}${pattern}`;
  let expression = compiled.get(key);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, ".*")
      .replace(/\?/g, one);
    expression = new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
    compiled.set(key, expression);
  }
  return expression;
}

/** True when a text matches a pattern as a whole. */
export function matchesWildcard(pattern: string, text: string, ignoreCase = false): boolean {
  return compile(pattern, ".", ignoreCase).test(text);
}

/** True when every text that the other pattern matches, this one matches too, as far as it is certain. */
export function patternCovers(pattern: Pattern, other: Pattern, ignoreCase = false): boolean {
  // One character of the other, or its `?`; never its `*`.
  return compile(pattern, "[^*]", ignoreCase).test(other);
}

/** True when some text matches both patterns: requests of the one can be requests of the other. */
export function patternsMeet(a: Pattern, b: Pattern): boolean {
  // Positions in `b` that the part of `a` read so far can have reached.
  let at = spread(new Set([0]), b);
  for (const character of a) {
    const next = new Set<number>();
    for (const i of at) {
      if (character === "*") for (let j = i; j <= b.length; j += 1) next.add(j);
      else if (b[i] === "*") next.add(i);
      else if (i < b.length && (character === "?" || b[i] === "?" || character === b[i]))
        next.add(i + 1);
    }
    at = spread(next, b);
  }
  return at.has(b.length);
}

/** The positions, and those reached when a `*` at one of them matches nothing. */
function spread(positions: Set<number>, pattern: Pattern): Set<number> {
  for (const i of positions) if (pattern[i] === "*") positions.add(i + 1);
  return positions;
}

/** True for a pattern that every path matches. */
export function matchesEveryPath(pattern: Pattern): boolean {
  return /^\/?\*+$/.test(pattern);
}

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
