/** A program of the tests as the TypeScript that its author would write, resource by resource. */
import { format } from "prettier";
import type { Registered } from "../rules/asProgram";

/** A resource's statement, by its name. */
export type Statements = ReadonlyMap<string, string>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `aws:lb/targetGroup:TargetGroup` as `aws.lb.TargetGroup`. */
function className(type: string): string {
  const [pkg = "", module = "", name = ""] = type.split(":");
  const group = module.split("/")[0] ?? "";
  return [pkg, ...(group === "index" ? [] : [group]), name].join(".");
}

/** `task-group` as `taskGroup`, `ecr.dkr` as `ecrDkr`. */
const variable = (name: string): string =>
  name.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A text that holds JSON as the value that it holds; undefined where it holds none. */
function jsonIn(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** True for many times the same character. */
const isLong = (text: string): boolean =>
  text.length > 40 && text === text.charAt(0).repeat(text.length);

const formatted = new Map<string, Promise<string>>();

/** Most statements are in many programs. */
function pretty(source: string): Promise<string> {
  const text = formatted.get(source) ?? format(source, { parser: "typescript", printWidth: 88 });
  formatted.set(source, text);
  return text;
}

/** The statements of a program that registers these resources, in their order. */
export async function statementsOf(program: readonly Registered[]): Promise<Statements> {
  const nameAt = (place: number): string => variable(program[place]?.name ?? "");
  const expression = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
    if (typeof value === "string") {
      const json = jsonIn(value);
      if (json !== undefined) return `JSON.stringify(${expression(json)})`;
      return isLong(value) ? `"${value.charAt(0)}".repeat(${value.length})` : JSON.stringify(value);
    }
    if (!isObject(value)) return JSON.stringify(value);
    if ("$join" in value) return joined(value.$join as (string | { of: number; output: string })[]);
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{ ${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${expression(inner)}`).join(", ")} }`;
  };
  const joined = (parts: readonly (string | { of: number; output: string })[]): string => {
    const [only] = parts;
    if (parts.length === 1 && typeof only === "object") return `${nameAt(only.of)}.${only.output}`;
    const text = parts.map((part) =>
      typeof part === "string" ? part : `\${${nameAt(part.of)}.${part.output}}`,
    );
    return `pulumi.interpolate\`${text.join("")}\``;
  };
  const statements = await Promise.all(
    program.map(async ({ type, name, inputs, waitsFor }): Promise<[string, string]> => {
      const source = `const ${variable(name)} = new ${className(type)}("${name}", ${expression(inputs)});`;
      const text = await pretty(source);
      if (waitsFor.length === 0) return [name, text];
      // Where Prettier would indent all of it, so that every line would differ.
      const options = `, { dependsOn: [${waitsFor.map(nameAt).join(", ")}] });`;
      return [name, text.replace(/\);\n$/, `${options}\n`)];
    }),
  );
  return new Map(statements);
}

/** The lines of two texts in one list: what only the first has with `-`, what only the second has with `+`. */
export function lineDiff(before: string, after: string): string[] {
  const a = before === "" ? [] : before.trimEnd().split("\n");
  const b = after === "" ? [] : after.trimEnd().split("\n");
  // Length of the longest common list of lines from each pair of places on.
  const common = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      (common[i] ?? [])[j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i] ?? ""}`);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${a[i] ?? ""}`);
      i += 1;
    } else {
      lines.push(`+${b[j] ?? ""}`);
      j += 1;
    }
  }
  return lines;
}

const around = 2;

/** A diff without the unchanged lines that are far from what changes; the first and last line stay. */
export function shortened(diff: readonly string[]): string[] {
  const near = (i: number): boolean =>
    i === 0 ||
    i === diff.length - 1 ||
    diff.slice(Math.max(0, i - around), i + around + 1).some((line) => !line.startsWith(" "));
  return diff.flatMap((line, i) => {
    if (near(i)) return [line];
    // A single line is no longer than what would replace it.
    if (near(i - 1) && near(i + 1)) return [line];
    return near(i - 1) ? [` ${/^\s*/.exec(line.slice(1))?.[0] ?? ""}…`] : [];
  });
}
