/** The JSON document that is being read: what it is, where it began, and whether it is a log's. */
import { describeUnknownLine, knownKind, otherJson } from "../unknownLine";
import { JsonReader, type JsonSink } from "./json";

/** Characters of a document that show what it is. */
const telling = 2000;

/** JSON that holds nothing of a log. */
export interface NoLog {
  /** Number of its first line. */
  readonly line: number;
  readonly text: string;
  readonly problem: string;
}

/** Takes lines that may be of a JSON document. */
export class JsonDocument {
  private readonly json: JsonReader;
  private text = "";
  private line = 0;
  private fruitful = false;

  constructor(
    private readonly sink: JsonSink & {
      readonly counted: number;
      takeProblem(outer?: string): string | undefined;
    },
  ) {
    this.json = new JsonReader(sink);
  }

  /** True when a document has begun and not ended. */
  get isOpen(): boolean {
    return this.json.within;
  }

  /**
   * Takes a line. `found`: a log's record ended in it. `part`: it belongs to a document. What holds
   * nothing of a log is given back with its last line. Undefined: it is no JSON at this place.
   */
  take(text: string, line: number): "found" | "part" | NoLog | undefined {
    const { json, sink } = this;
    if (!json.within) {
      if (!/^[[{"]/.test(text)) return undefined;
      this.text = "";
      this.line = line;
      this.fruitful = false;
    }
    if (this.text.length < telling) this.text += `${text}\n`;
    const before = sink.counted;
    if (!json.take(text)) return undefined;
    if (sink.counted > before) {
      this.fruitful = true;
      return "found";
    }
    if (json.within || this.fruitful) return "part";
    return text.startsWith('"') ? undefined : this.noLog();
  }

  /** Ends a document whose end is missing; gives it back where there was nothing of a log in it. */
  end(): NoLog | undefined {
    this.json.end();
    return this.fruitful ? undefined : this.noLog();
  }

  private noLog(): NoLog {
    const { line, text, sink } = this;
    const known = knownKind(text);
    const problem = sink.takeProblem(known === otherJson ? undefined : known);
    return { line, text, problem: problem ?? describeUnknownLine(text) };
  }
}
