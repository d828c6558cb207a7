/**
 * Athena's dialect on DuckDB. The queries run word for word but for two things: the current date is
 * that of the sample, and functions that DuckDB names otherwise are given Athena's names. The table
 * is what its definition says: each line through the very regular expression of the SerDe.
 */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { albColumns, albRegex, type Column } from "../../../logs/sql/albTable";
import { connectionColumns, connectionRegex } from "../../../logs/sql/connectionTable";
import { edgeColumns } from "../../../logs/sql/edgeTable";
import { literal } from "../../../logs/sql/conditions";
import { tableNames } from "../../../logs/sql/queries";

/** Athena's functions in DuckDB's words. */
const functions = [
  // Trino replaces every match, DuckDB the first one unless told otherwise.
  "CREATE MACRO replace_all(text, pattern, stands) AS regexp_replace(text, pattern, stands, 'g')",
  "CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern)",
  "CREATE MACRO date_format(day, form) AS strftime(day, form)",
];

export type SqlRow = Readonly<Record<string, string | number | null>>;

/** A database with the tables of a sample in it. */
export class Engine {
  private constructor(private readonly connection: DuckDBConnection) {}

  static async start(): Promise<Engine> {
    const instance = await DuckDBInstance.create(":memory:");
    const engine = new Engine(await instance.connect());
    for (const sql of functions) await engine.connection.run(sql);
    return engine;
  }

  /** Makes the load balancer's tables of the lines in its folder, of all its logs. */
  async loadAlb(lines: readonly string[], day: string): Promise<void> {
    await this.loadLines(lines);
    await this.loadTable(tableNames.loadBalancer, albColumns, albRegex, day);
    await this.loadTable(tableNames.connections, connectionColumns, connectionRegex, day);
  }

  private async loadTable(
    table: string,
    columns: readonly Column[],
    regex: string,
    day: string,
  ): Promise<void> {
    const names = columns.map(({ name }) => name);
    const types = {
      string: "VARCHAR",
      int: "INTEGER",
      bigint: "BIGINT",
      double: "DOUBLE",
    } as const;
    // A line that does not match as a whole is a row of NULLs, as with Hive's RegexSerDe.
    const cells = columns.map(
      ({ name, type }) =>
        `CASE WHEN matches THEN ${type === "string" ? `fields['${name}']` : `TRY_CAST(fields['${name}'] AS ${types[type]})`} END AS ${name}`,
    );
    await this.connection.run(`CREATE OR REPLACE TABLE ${table} AS
      SELECT ${cells.join(", ")}, ${literal(day)} AS day FROM (
        SELECT regexp_full_match(line, ${literal(regex)}) AS matches,
          regexp_extract(line, ${literal(`^${regex}$`)}, [${names.map(literal).join(", ")}]) AS fields
        FROM raw)`);
  }

  /** Makes CloudFront's table of lines with tabs between their fields, without their header. */
  async loadEdge(lines: readonly string[], hour: string): Promise<void> {
    await this.loadLines(lines);
    const cells = edgeColumns.map(({ name }, i) => `split_part(line, chr(9), ${i + 1}) AS ${name}`);
    await this.connection.run(
      `CREATE OR REPLACE TABLE ${tableNames.cloudfront} AS SELECT ${cells.join(", ")}, ${literal(hour)} AS hour FROM raw`,
    );
  }

  private async loadLines(lines: readonly string[]): Promise<void> {
    await this.connection.run("CREATE OR REPLACE TABLE raw (line VARCHAR)");
    const appender = await this.connection.createAppender("raw");
    for (const line of lines) {
      appender.appendVarchar(line);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Runs a query as of a day. */
  async query(sql: string, today: string): Promise<SqlRow[]> {
    const translated = sql
      .replaceAll("current_date", `DATE ${literal(today)}`)
      .replaceAll("regexp_replace(", "replace_all(");
    const result = await this.connection.runAndReadAll(translated);
    return result
      .getRowObjectsJson()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, plain(cell)])),
      );
  }

  stop(): void {
    this.connection.closeSync();
  }
}

/** Sums and counts come as text, because JavaScript's numbers are too short for some. */
function plain(cell: unknown): string | number | null {
  if (typeof cell === "string" && /^\d+$/.test(cell)) return Number(cell);
  return typeof cell === "string" || typeof cell === "number" ? cell : null;
}
