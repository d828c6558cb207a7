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

/** CloudWatch Logs Insights' name for a whole line. */
const message = "@message";
const mayBeHeader = /elb_status_code|sc.status|tls_verify_status|result_type|@message/;
const name = /^@?[\w():.-]{1,60}$/;

/** A row. */
export interface TableRow {
  readonly field: FieldOf;
  readonly cells: readonly string[];
}

/** Knows the columns of the table that was begun last. */
export class Table {
  private keys: readonly string[] = [];
  private separator = ",";

  /** True when the line is a header: the lines after it are rows of that table. */
  takeHeader(line: string): boolean {
    if (!mayBeHeader.test(line)) return false;
    // Spreadsheets write semicolons where numbers have a decimal comma.
    const separator = ["\t", ",", ";"].find((sign) => line.includes(sign)) ?? ",";
    if (!this.takeNames(csvCells(line, separator))) return false;
    this.separator = separator;
    return true;
  }

  /** True when these are the names of a log's columns: what comes next are rows of that table. */
  takeNames(names: readonly string[] | undefined): boolean {
    if (!names?.every((one) => name.test(one))) return false;
    const keys = names.map(fieldKey);
    if (!names.includes(message) && !areOfLog(keys)) return false;
    this.keys = keys;
    return true;
  }

  /** A row of the table; undefined for a line of another number of cells. */
  row(line: string): TableRow | undefined {
    return this.keys.length === 0 ? undefined : this.rowOf(csvCells(line, this.separator));
  }

  /** The same of cells. */
  rowOf(cells: readonly string[] | undefined): TableRow | undefined {
    const { keys } = this;
    if (keys.length === 0 || cells?.length !== keys.length) return undefined;
    return { cells, field: (key) => cells[keys.indexOf(key)] };
  }
}
