/**
 * The `map` blocks of the image's nginx templates, evaluated here. The embedded server therefore
 * decides by the same lines as nginx who the viewer is, which headers it sends and what the
 * inspector reports.
 * https://nginx.org/en/docs/http/ngx_http_map_module.html
 */

/** One `map SOURCE $NAME { ... }`. */
export interface NginxMap {
  readonly source: string;
  readonly name: string;
  /** By lower-case value: nginx's string comparison ignores case. */
  readonly strings: ReadonlyMap<string, string>;
  /** In order; the first match counts. */
  readonly patterns: readonly { readonly pattern: RegExp; readonly value: string }[];
  readonly otherwise: string;
}

/** Returns a variable that no map defines, such as `remote_addr` or `http_via`, or undefined. */
export type Builtin = (name: string) => string | undefined;

/** Reads only the maps of a configuration file. */
export function mapsOf(configuration: string): NginxMap[] {
  const tokens = tokensOf(configuration);
  const maps: NginxMap[] = [];
  tokens.forEach((token, at) => {
    const [source, name, brace] = tokens.slice(at + 1, at + 4);
    if (token !== "map" || brace !== "{" || source === undefined || name === undefined) return;
    const entries = entriesOf(tokens, at + 4);
    const isPattern = ([key]: Entry): boolean => key.startsWith("~");
    maps.push({
      source,
      name: name.slice(1),
      strings: new Map(
        entries.filter((e) => !isPattern(e)).map(([key, value]) => [key.toLowerCase(), value]),
      ),
      patterns: entries.filter(isPattern).map(([key, value]) => ({
        pattern: key.startsWith("~*") ? new RegExp(key.slice(2), "i") : new RegExp(key.slice(1)),
        value,
      })),
      otherwise: entries.find(([key]) => key === "default")?.[1] ?? "",
    });
  });
  return maps;
}

/** The variables of one request, each evaluated on first use. */
export class Variables {
  private readonly known = new Map<string, string>();

  /** @param maps by the name of the variable that each defines */
  constructor(
    private readonly maps: ReadonlyMap<string, NginxMap>,
    private readonly builtin: Builtin,
  ) {}

  /** A variable's value, or undefined. A variable that a map defines always has a value. */
  find(name: string): string | undefined {
    const before = this.known.get(name);
    if (before !== undefined) return before;
    const map = this.maps.get(name);
    const value = map ? this.evaluate(map) : this.builtin(name);
    if (value !== undefined) this.known.set(name, value);
    return value;
  }

  /** A variable's value, or an empty text. */
  get(name: string): string {
    return this.find(name) ?? "";
  }

  /**
   * Sets a value that is only known later, such as an app's response; call it before dependent
   * variables are read.
   */
  set(name: string, value: string): void {
    this.known.set(name, value);
  }

  /** A text with its variables replaced. */
  fill(text: string): string {
    return text.replace(/\$(\w+)/g, (_whole, name: string) => this.get(name));
  }

  private evaluate({ source, strings, patterns, otherwise }: NginxMap): string {
    const value = this.fill(source);
    const named = strings.get(value.toLowerCase());
    if (named !== undefined) return this.fill(named);
    for (const { pattern, value: result } of patterns) {
      const match = pattern.exec(value);
      if (!match) continue;
      for (const [name, text] of Object.entries(match.groups ?? {})) this.known.set(name, text);
      return this.fill(result);
    }
    return this.fill(otherwise);
  }
}

type Entry = readonly [key: string, value: string];

/** The entries of a block, from behind its brace to the closing one. */
function entriesOf(tokens: readonly string[], from: number): Entry[] {
  const entries: Entry[] = [];
  for (let at = from; tokens[at] !== "}" && at + 2 < tokens.length; at += 3) {
    entries.push([tokens[at] ?? "", tokens[at + 1] ?? ""]);
  }
  return entries;
}

/** Words, quoted texts without their quotes, and the signs `;`, `{` and `}`; no comments. */
function tokensOf(configuration: string): string[] {
  const token = /#[^\n]*|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([;{}])|[^\s;{}"']+/g;
  return [...configuration.matchAll(token)]
    .filter(([whole]) => !whole.startsWith("#"))
    .map(([whole, double, single]) => {
      const quoted = double ?? single;
      // Other backslashes stay: they belong to regular expressions.
      return quoted === undefined ? whole : quoted.replace(/\\(["'\\])/g, "$1");
    });
}
