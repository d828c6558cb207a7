/**
 * JSON as tools print it: one value on a line, several, or one over many lines, of which only the
 * objects that are open are kept.
 */
import { fieldKey } from "../edge/fields";

/** Takes what is found in JSON. */
export interface JsonSink {
  /** The scalars of an object, by `fieldKey`. True: it is a record, and its texts are not wanted. */
  record(values: ReadonlyMap<string, string>): boolean;
  /** A string, which may be a line of a log; true if it is. */
  text(value: string): boolean;
  /** A row of a result of Athena's API; the first one has the names of the columns. */
  row(cells: readonly string[]): void;
}

interface Open {
  readonly array: boolean;
  /** Key of the value that comes next. */
  key?: string;
  readonly values: Map<string, string>;
  readonly texts: string[];
  /** Of an array: values of a row. */
  readonly cells: string[];
  /** Of an object: lines found in the objects in it; a record is an empty one. */
  readonly found: string[];
}

/**
 * A value of a row of Athena's API, which is absent if it is null.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_Datum.html
 */
const datum = "varcharvalue";

/** Deeper, or with more fields, is no record of a log. */
const deepest = 50;
const mostFields = 200;

const token = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*|true|false|null))/y;

/** The tokens of a line; undefined where it is not made of them. */
function tokensOf(line: string): string[] | undefined {
  const tokens: string[] = [];
  const end = line.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const match = token.exec(line);
    if (match === null) return undefined;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}

/** A string without its quotes; as it stands where an escape is wrong. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

function areOneLine(one: string, other: string): boolean {
  const [a, b] = [one.trimEnd(), other.trimEnd()];
  return a.startsWith(b) || b.startsWith(a);
}

/** Reads JSON line by line. */
export class JsonReader {
  private open: Open[] = [];

  constructor(private readonly sink: JsonSink) {}

  /** True when a value has begun and not ended. */
  get within(): boolean {
    return this.open.length > 0;
  }

  /** Takes a line; false where it is not JSON at this place, which ends the value that was open. */
  take(line: string): boolean {
    const tokens = tokensOf(line);
    if (tokens !== undefined && this.takeTokens(tokens)) return true;
    this.end();
    return false;
  }

  /** Ends the value that is open. */
  end(): void {
    this.open = [];
  }

  private takeTokens(tokens: readonly string[]): boolean {
    const [first = "", second] = tokens;
    // Outside of a value: an object, an array, or one string alone, as an exported cell is.
    if (!this.within && !/^[{["]/.test(first)) return false;
    if (!this.within && first.startsWith('"') && !(second === undefined || second === ","))
      return false;
    return tokens.every((text, i) => this.takeToken(text, tokens[i + 1] === ":"));
  }

  private takeToken(text: string, isKey: boolean): boolean {
    const { open } = this;
    const top = open.at(-1);
    if (text === "," || text === ":") return true;
    if (text === "{" || text === "[") {
      open.push({ array: text === "[", values: new Map(), texts: [], cells: [], found: [] });
      return open.length <= deepest;
    }
    if (text === "}" || text === "]") {
      if (top?.array !== (text === "]")) return false;
      open.pop();
      this.close(top);
      return true;
    }
    if (isKey) {
      if (top === undefined || top.array) return false;
      top.key = text;
      return true;
    }
    const value = text.startsWith('"') ? unquoted(text) : text === "null" ? "" : text;
    if (top === undefined || top.array) {
      const isCell = open.at(-2)?.array && top !== undefined && top.cells.length < mostFields;
      if (isCell) top.cells.push(value);
      else this.sink.text(value);
    } else if (top.key !== undefined) {
      if (top.values.size >= mostFields) this.sink.text(value);
      else {
        top.values.set(fieldKey(top.key), value);
        if (text.startsWith('"')) top.texts.push(value);
      }
    }
    return true;
  }

  private close({ array, values, texts, cells, found }: Open): void {
    const parent = this.open.at(-1);
    // A row of Athena's API is in an object; without what is around it, it is in an array.
    if (array && cells.length > 0 && (parent?.array || parent?.key === '"Data"')) {
      this.sink.row(cells);
      return;
    }
    if (parent?.array && !array && values.size <= 1) {
      const cell = values.get(datum) ?? (values.size === 0 ? "" : undefined);
      if (cell !== undefined) {
        if (parent.cells.length < mostFields) parent.cells.push(cell);
        return;
      }
    }
    const name = values.get("field");
    const value = values.get("value");
    if (parent?.array && !array && name !== undefined && value !== undefined) {
      // A row of CloudWatch Logs Insights: an array of fields.
      parent.values.set(fieldKey(name), value);
      parent.texts.push(...texts);
      return;
    }
    if (found.length === 0 && values.size > 0 && this.sink.record(values)) found.push("");
    // Shippers keep the line itself next to its fields, or twice, one of them shortened.
    for (const text of texts)
      if (!found.some((line) => areOneLine(line, text)) && this.sink.text(text)) found.push(text);
    if (parent?.array === false && parent.found.length < mostFields) parent.found.push(...found);
  }
}
