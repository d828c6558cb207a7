/** The settings as a table, for docs/settings.md. */
import { stringify } from "yaml";
import { exampleOf } from "./examples";
import { keys, ownKeysOfServices } from "./keys";
import { sentenceList } from "./names";
import { type Variant, variantNames, variants, variantsTaking } from "../path/variants";
import type { Shape } from "./values";

/** One key in the table of settings. */
export interface SettingRow {
  /** As typed after `hopwise:`, e.g. `service.cpu`. */
  readonly key: string;
  /** Pulumi's word for the type. */
  readonly type: Shape["type"];
  /** What the value may be, in brief. */
  readonly values: string;
  /** The default as it would be typed; undefined where there is none. */
  readonly default: string | undefined;
  /** True if the key must be set whenever its group is. */
  readonly required: boolean;
  /** A value, as it would be typed in a stack file. */
  readonly example: string;
  readonly description: string;
  /** The variants that take the key. */
  readonly variants: readonly Variant[];
}

/** Every key, in the schema's order. */
export function settingsTable(): SettingRow[] {
  return [...keys, ...ownKeysOfServices].map(({ path, schema, shape, about }) => {
    const key = path.join(".");
    const absent = schema.safeParse(undefined);
    return {
      key,
      type: shape.type,
      values: shape.values,
      default: absent.success ? asTyped(absent.data) : undefined,
      required: !absent.success,
      example: flow(exampleOf(schema)),
      description: about.means,
      variants: variantsTaking(key),
    };
  });
}

/** Keys that are no groups, of the whole stack. */
const stack = "The stack";

/** The settings as Markdown: a section for each group, with a table of its keys. */
export function settingsMarkdown(): string {
  const rows = settingsTable();
  const groupOf = ({ key }: SettingRow): string => {
    const [group = ""] = key.split(".");
    return rows.some((row) => row.key.startsWith(`${group}.`)) ? `\`${group}\`` : stack;
  };
  return [...new Set([stack, ...rows.map(groupOf)])]
    .map((title) => `## ${title}\n\n${tableOf(rows.filter((row) => groupOf(row) === title))}`)
    .join("\n");
}

function tableOf(rows: readonly SettingRow[]): string {
  const lines = rows.map((row) => [
    `\`${row.key}\``,
    row.values,
    row.required ? "required" : row.default === undefined ? "" : `\`${row.default}\``,
    `\`${row.example}\``,
    `${row.description}${takenBy(row.variants)}`,
  ]);
  const head = ["Key", "Values", "Default", "Example", "Meaning"];
  return [head, head.map(() => "---"), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

/** Which variants take a key, where not all do. */
function takenBy(taking: readonly Variant[]): string {
  if (taking.length === variantNames.length) return "";
  const behindEdge = variantNames.filter((name) => variants[name].edge !== undefined);
  const all =
    taking.length === behindEdge.length && behindEdge.every((one) => taking.includes(one));
  return ` (${all ? "behind CloudFront" : sentenceList(taking.map((name) => `\`${name}\``))} only)`;
}

function asTyped(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A value in one line of YAML. */
const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
