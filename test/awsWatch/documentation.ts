/** AWS's documentation as text. */

/** Characters that botocore's documentation escapes. */
const escaped: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&amp;": "&",
};

/**
 * Documentation of botocore as text: a line for each paragraph, code in backticks, and items of
 * lists with `- `, two columns further in for each list around them.
 */
export function textOfHtml(html: string): string {
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  const end = (next = ""): void => {
    if (line.trim() !== "" && line.trim() !== "-") lines.push(line.trimEnd());
    line = next;
  };
  const indent = (): string => "  ".repeat(Math.max(depth, 1) - 1);
  for (const [token, slash, tag] of html.matchAll(/<(\/?)(\w+)[^>]*>|[^<]+/g)) {
    if (tag === undefined) {
      const text = token.replace(/\s+/g, " ").replace(/&\w+;/g, (one) => escaped[one] ?? one);
      line += /(^|\s)$/.test(line) ? text.trimStart() : text;
    } else if (tag === "code") line += "`";
    else if (["ul", "ol", "dl"].includes(tag)) {
      end();
      depth += slash === "" ? 1 : -1;
    } else if (["li", "dt", "dd"].includes(tag)) end(slash === "" ? `${indent()}- ` : "");
    else if (tag === "p" && !/^\s*-\s*$/.test(line)) end(depth === 0 ? "" : `${indent()}  `);
    else if (["note", "important"].includes(tag)) end();
  }
  end();
  return lines.join("\n");
}

/**
 * Takes the items out of a text that are about a value: "- `idle_timeout.timeout_seconds` - The
 * idle timeout ...". A value that is in several lists has the words of all of them.
 *
 * @param wanted which values
 */
export function listed(
  text: string,
  wanted: (value: string) => boolean,
): { rest: string; items: ReadonlyMap<string, string> } {
  const rest: string[] = [];
  const items = new Map<string, string>();
  let current: string | undefined;
  for (const line of text.split("\n")) {
    const [, value, words] = /^- `([^`]+)`\s*[-–—:]\s*(.*)$/.exec(line) ?? [];
    if (value !== undefined) current = wanted(value) ? value : undefined;
    else if (!line.startsWith(" ")) current = undefined;
    if (current === undefined) rest.push(line);
    else items.set(current, [items.get(current), words ?? line].filter(Boolean).join("\n"));
  }
  return { rest: rest.join("\n"), items };
}
