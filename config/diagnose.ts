/** From what the schema and the rules found to problems in words for people. */
import * as z from "zod";
import { printable } from "../path/printable";
import { type Path, schemaAt, shapeOf, unwrap, valueAt } from "./keys";
import {
  keyText,
  type Problem,
  regionKey,
  removeCommand,
  setCommand,
  type SettingsContext,
  valueText,
} from "./problems";
import type { SettingsIssue, SettingsChange } from "./rules/rule";
import { schema } from "./schema";
import { nearest, nearestKey, siblings, withoutPath } from "./spelling";
import type { ValueIssue, Shape } from "./values";

/**
 * Words for what was found in one set of settings. Of a secret key it shows no value, nothing
 * drawn from a value, and no name that the schema does not know.
 */
export class Diagnosis {
  constructor(
    private readonly raw: unknown,
    private readonly context: SettingsContext,
  ) {}

  /** What the schema found: a wrong value, a missing one, or unknown keys. */
  ofIssue(issue: z.core.$ZodIssue): Problem[] {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((name) => this.unknownKey([...issue.path, name]));
    }
    if (issue.code === "invalid_key") return [this.wrongName(issue.path)];
    const valueIssue = issue.code === "custom" ? (issue.params as ValueIssue) : undefined;
    return [this.wrongValue(issue.path, valueIssue)];
  }

  /** What a rule found. */
  ofRule({ key, entry, expected, detail, change }: SettingsIssue): Problem {
    const path = place(key, entry);
    const words = this.isSecret(path) ? expected : (detail ?? expected);
    return this.problem(path, words, this.command(change));
  }

  private wrongValue(path: Path, issue: ValueIssue | undefined): Problem {
    const shape = shapeOf(schemaAt(path) ?? schema);
    if (this.isSecret(path)) return this.problem(path, shape.allowed, this.write(path, shape));
    const value = valueAt(path, this.raw);
    const word = ["string", "boolean", "number"].includes(typeof value) ? String(value) : "";
    if (shape.later?.includes(word) === true) {
      const words = `${shape.allowed}; ${word} is not available in this version`;
      return this.problem(path, words, this.write(path, shape));
    }
    const { options = [], synonyms, near } = shape;
    const meant =
      issue?.write ?? near?.(value) ?? nearest(word, options, { synonyms, usual: defaultAt(path) });
    // An example in the place of a value that somebody chose would undo the choice.
    const instead = value === undefined ? undefined : "<value>";
    const hint = meant === undefined && instead && options.length === 0 ? suchAs(shape) : "";
    const words = `${issue?.why ?? shape.allowed}${hint}`;
    return this.problem(path, words, this.write(path, shape, meant ?? instead));
  }

  /** An entry of a map under a name that cannot be one. */
  private wrongName(path: Path): Problem {
    const map = unwrap(schemaAt(path.slice(0, -1)) ?? schema);
    const allowed = map instanceof z.ZodRecord ? shapeOf(map.keyType as z.ZodType).allowed : "";
    const remove = this.remove(path);
    const change = this.isSecret(path) ? remove : `rename it in the stack file, or ${remove}`;
    return this.problem(path, `another name: ${allowed}`, change);
  }

  private unknownKey(path: Path): Problem {
    const meant = nearestKey(path);
    const why = withoutPath(path) ? ": pulumi config set wrote it without --path" : "";
    return this.problem(
      path,
      `no such key${why}; there are ${siblings(path).join(", ")}`,
      meant === undefined ? this.remove(path) : this.move(path, meant),
    );
  }

  /** A value goes to the key that it was meant for, and only then from where it is. */
  private move(from: Path, to: Path): string {
    const value = valueAt(from, this.raw);
    const { type } = shapeOf(schemaAt(to) ?? schema);
    if (type === "array" || type === "object" || typeof value === "object")
      return `rename it to ${keyText(to)} in the stack file`;
    const { stack } = this.context;
    const set = this.isSecret(from)
      ? setCommand(to, "<value>", { stack, secret: true })
      : setCommand(to, typed(value), { stack });
    return `${set} && ${this.remove(from)}`;
  }

  private problem(path: Path, expected: string, change: string): Problem {
    return {
      key: printable(this.keyText(path)),
      found: printable(this.found(path)),
      expected: printable(expected),
      change: printable(change),
    };
  }

  private found(path: Path): string {
    if (path[0] === regionKey) return valueText(this.context.region);
    const value = valueAt(path, this.raw);
    if (value !== undefined) return this.isSecret(path) ? "(secret)" : valueText(value);
    const fallback = defaultAt(path);
    return fallback === undefined ? "nothing" : `nothing, so the default: ${fallback}`;
  }

  private keyText(path: Path): string {
    const shown = this.shown(path);
    return shown.length === path.length ? keyText(path) : `${keyText(shown)}.(secret)`;
  }

  private command(change: SettingsChange): string {
    if ("either" in change) return change.either.map((one) => this.command(one)).join(", or ");
    if ("all" in change) return change.all.map((one) => this.command(one)).join(" && ");
    if ("write" in change) return change.write;
    if ("remove" in change) return this.remove(place(change.remove, change.entry));
    const path = place(change.set, change.entry);
    return this.set(change.of === undefined ? path : [...path, change.of], change.to);
  }

  private write(path: Path, shape: Shape, meant?: string): string {
    if (shape.type === "array") {
      return `write a list in the stack file, such as ${String(path.at(-1))}: [${shape.example ?? ""}]`;
    }
    if (shape.type === "object") {
      return `write names and values under ${String(path.at(-1))}: in the stack file`;
    }
    return this.set(
      path,
      meant ?? shape.example ?? shape.options?.[0] ?? defaultAt(path) ?? "<value>",
    );
  }

  private set(path: Path, value: string): string {
    const { stack } = this.context;
    if (!this.isSecret(path)) return setCommand(path, value, { stack });
    return this.shown(path).length === path.length
      ? setCommand(path, "<value>", { stack, secret: true })
      : "correct it in the stack file";
  }

  private remove(path: Path): string {
    return this.shown(path).length === path.length
      ? removeCommand(path, this.context)
      : "rename or remove it in the stack file";
  }

  /** The part of a path that may be shown: of a secret, what the schema knows by name. */
  private shown(path: Path): Path {
    if (!this.isSecret(path)) return path;
    const hidden = path.findIndex((step, depth) => {
      const parent = path.slice(0, depth);
      return (
        depth > 0 && typeof step !== "number" && !siblings([...parent, step]).includes(String(step))
      );
    });
    return hidden < 0 ? path : path.slice(0, hidden);
  }

  private isSecret(path: Path): boolean {
    return this.context.isSecret?.(String(path[0])) ?? false;
  }
}

function place(key: string, entry: number | string | undefined): Path {
  return entry === undefined ? key.split(".") : [...key.split("."), entry];
}

/** A value that is no list and no map, as it is typed. */
const typed = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

const suchAs = ({ example }: Shape): string =>
  example === undefined ? "" : `, such as ${example}`;

/** The default of a key, as text. */
function defaultAt(path: Path): string | undefined {
  const parsed = schemaAt(path)?.safeParse(undefined);
  const value = parsed?.success === true ? parsed.data : undefined;
  return typeof value === "object" || value === undefined
    ? undefined
    : valueText(value).replace(/^"(.*)"$/, "$1");
}
