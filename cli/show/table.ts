import type { Screen, Style } from "../screen";
import { columnsOf, wrap } from "../text";

/** A cell of a table: text and style. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
  readonly right?: boolean;
}

/**
 * Rows in columns that are as wide as their longest cell; the last column uses the rest of the
 * screen and wraps.
 */
export function tableLines(rows: readonly (readonly Cell[])[], screen: Screen): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns - 1 }, (_, i) =>
    Math.max(...rows.map((row) => columnsOf(row[i]?.text ?? ""))),
  );
  const left = 2 + widths.reduce((sum, width) => sum + width + 2, 0);
  const painted = ({ text, style }: Cell): string =>
    style === undefined || text.trim() === "" ? text : screen.style(style, text);
  return rows.flatMap((row) => {
    const head = widths.map((width, i) => {
      const cell = row[i] ?? { text: "" };
      const space = " ".repeat(Math.max(0, width - columnsOf(cell.text)));
      const text = cell.right === true ? space + cell.text : cell.text + space;
      return painted({ ...cell, text });
    });
    const last = row[columns - 1] ?? { text: "" };
    const lines = wrap(last.text, Math.max(24, screen.width - left));
    return [
      `  ${[...head, painted({ ...last, text: lines[0] ?? "" })].join("  ")}`.trimEnd(),
      ...lines.slice(1).map((text) => " ".repeat(left) + painted({ ...last, text })),
    ];
  });
}
