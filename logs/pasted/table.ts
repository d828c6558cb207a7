/** Tables with names in their first line: CSV of Athena or of CloudWatch Logs Insights, or with tabs. */
import type { FieldOf } from "../edge/entry";
import { fieldKey } from "../edge/fields";
import { areOfLog } from "../records";

/** The cells of a line of CSV; undefined where its quotes are not those of CSV. */
export function csvCells(line: string, separator = ","): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      const cell = line.slice(at, end === -1 ? undefined : end);
      if (cell.includes('"')) return undefined;
      cells.push(cell);
      if (end === -1) return cells;
      at = end + 1;
      continue;
    }
    let end = line.indexOf('"', at + 1);
    while (end !== -1 && line[end + 1] === '"') end = line.indexOf('"', end + 2);
    if (end === -1) return undefined;
    cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 === line.length) return cells;
    if (line[end + 1] !== separator) return undefined;
    at = end + 2;
  }
}

/** Names of a column with whole lines: of CloudWatch Logs Insights, of Datadog and Kibana, of Splunk. */
const wholeLine = /^(?:@?message|_raw)$/i;
const mayBeHeader = /elb_status_code|sc.status|tls_verify_status|result_type|message|_raw/i;
const name = /^@?[\w().*-]{1,60}$/;

/** A line between the rows of a table that a terminal shows, or of Markdown. */
const rule = /^[\s|+:=\u2500-\u257f-]+$/;

const bar = /[|\u2502\u2503\u2551]/;

/** Cells between bars, as terminals and Markdown show tables. */
function barCells(line: string): string[] {
  const cells = line.split(bar).map((cell) => cell.trim());
  return cells.slice(cells[0] === "" ? 1 : 0, cells.at(-1) === "" ? -1 : undefined);
}

/** A row. */
export interface TableRow {
  readonly field: FieldOf;
  /** Names of the columns. */
  readonly keys: readonly string[];
  readonly cells: readonly string[];
}

/** Knows the columns of the table that was begun last. */
export class Table {
  private keys: readonly string[] = [];
  private cellsOf = csvCells as (line: string) => readonly string[] | undefined;

  /** True when the line is a header: the lines after it are rows of that table. */
  takeHeader(line: string): boolean {
    if (this.keys.length > 0 && rule.test(line)) return true;
    if (!mayBeHeader.test(line)) return false;
    // Spreadsheets write semicolons where numbers have a decimal comma.
    const separator = ["\t", ",", ";"].find((sign) => line.includes(sign));
    const cellsOf =
      separator === undefined && bar.test(line)
        ? barCells
        : (row: string) => csvCells(row, separator);
    if (!this.takeNames(cellsOf(line))) return false;
    this.cellsOf = cellsOf;
    return true;
  }

  /** True when these are the names of a log's columns: what comes next are rows of that table. */
  takeNames(names: readonly string[] | undefined): boolean {
    if (!names?.every((one) => name.test(one))) return false;
    const keys = names.map(fieldKey);
    if (!names.some((one) => wholeLine.test(one)) && !areOfLog(keys)) return false;
    this.keys = keys;
    return true;
  }

  /** A row of the table; undefined for a line of another number of cells. */
  row(line: string): TableRow | undefined {
    return this.keys.length === 0 ? undefined : this.rowOf(this.cellsOf(line));
  }

  /** The same of cells. */
  rowOf(cells: readonly string[] | undefined): TableRow | undefined {
    const { keys } = this;
    if (keys.length === 0 || cells?.length !== keys.length) return undefined;
    return { cells, keys, field: (key) => cells[keys.indexOf(key)] };
  }
}
