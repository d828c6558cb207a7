/**
 * The server-side includes that the inspector page uses: `echo` with a default, and `if`, `else`, `endif`, one level
 * deep. https://nginx.org/en/docs/http/ngx_http_ssi_module.html
 */
import type { Variables } from "./embeddedMaps";

const command = /<!--# (\w+)(?: (\w+)="([^"]*)")?(?: (\w+)="([^"]*)")? -->/g;
const condition = /^\$(\w+)(?: (!?=) (.*))?$/;

/** The page as nginx sends it for a request. Markup in values is escaped, as in `echo`. */
export function fillPage(page: string, variables: Variables): string {
  let shown = true;
  let result = "";
  let at = 0;
  for (const match of page.matchAll(command)) {
    const [whole, name, , first = "", , second = ""] = match;
    if (shown) result += page.slice(at, match.index);
    at = match.index + whole.length;
    if (name === "if") shown = holds(first, variables);
    else if (name === "else") shown = !shown;
    else if (name === "endif") shown = true;
    else if (name === "echo") {
      // The default is for a missing variable, not for an empty one.
      if (shown) result += escaped(variables.find(first) ?? second);
    } else throw new Error(`the page has a command without a replacement: ${whole}`);
  }
  return result + page.slice(at);
}

/** `$name`, `$name = text` or `$name != text`. */
function holds(expression: string, variables: Variables): boolean {
  const [, name, operator, text] = condition.exec(expression) ?? [];
  if (name === undefined) throw new Error(`the page has a condition like no other: ${expression}`);
  const value = variables.get(name);
  if (operator === undefined) return value !== "";
  return (value === text) === (operator === "=");
}

/** The four characters that nginx escapes. */
function escaped(text: string): string {
  const entities: Record<string, string> = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
  };
  return text.replace(/[<>&"]/g, (sign) => entities[sign] ?? sign);
}
