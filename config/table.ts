/** The settings as a table, for docs/settings.md. */
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
      description: about.means,
      variants: variantsTaking(key),
    };
  });
}

/** The table as Markdown. */
export function settingsMarkdown(): string {
  const rows = settingsTable().map((row) => [
    `\`${row.key}\``,
    row.values,
    row.required ? "required" : row.default === undefined ? "" : `\`${row.default}\``,
    `${row.description}${takenBy(row.variants)}`,
  ]);
  return [["Key", "Values", "Default", "Meaning"], ["---", "---", "---", "---"], ...rows]
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
