import { InvalidArgumentError } from "commander";
import { fieldKey } from "../../logs/edge/fields";
import { listCommand, orderOf } from "../../logs/edge/realtime";
import { milliseconds } from "../../logs/time";

/** What `hopwise explain` was asked for. */
export interface ExplainOptions {
  readonly json?: boolean;
  /** File that the picture is written to, as a page. */
  readonly html?: string;
  /** File that the picture is written to, by itself. */
  readonly svg?: string;
  /** Seconds since 1970: requests from then on. */
  readonly since?: number;
  /** Seconds since 1970: requests before then. */
  readonly until?: number;
  /** Keys of the fields of CloudFront's lines without a header, in order. */
  readonly fields?: readonly string[];
  /** Rows of each ranking. */
  readonly top: number;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

/**
 * A point in time of the command line: a date, a time (in UTC unless it has an offset), or how long
 * ago. Seconds since 1970.
 */
export function parseTime(text: string, now = Date.now()): number {
  const ago = /^(\d+)([smhd])$/.exec(text);
  if (ago) return Math.floor(now / 1000) - Number(ago[1]) * (units[ago[2] ?? "s"] ?? 1);
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
  const ms = milliseconds(day);
  if (ms === undefined)
    throw new InvalidArgumentError(
      "Write a date (2026-11-20), a time in UTC (2026-11-20T10:15), or how long ago (90m, 6h, 2d).",
    );
  return ms / 1000;
}

/** Names of CloudFront's fields, as AWS's tools print them: a list between spaces or commas, or JSON. */
export function parseFields(text: string): readonly string[] {
  const names = text.split(/[\s,"'[\]]+/).filter((name) => name !== "");
  const keys = names.map(fieldKey);
  const twice = names.find((_, i) => keys.indexOf(keys[i] ?? "") < i);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice} is given twice.`);
  if (!keys.includes("sc-status"))
    throw new InvalidArgumentError(
      "Requests are counted by sc-status, which is not among the fields. Write all fields of the log, for example timestamp,c-ip,sc-status,cs-method,x-edge-detailed-result-type.",
    );
  const order = orderOf(names);
  if (order === undefined)
    throw new InvalidArgumentError(
      `Some of these fields are new or misspelt, so their place in a real-time log is not known. Write the fields in the order in which this command lists them: ${listCommand}`,
    );
  return order;
}

/** Rows of a ranking. */
export function parseTop(text: string): number {
  const rows = Number(text);
  if (!/^\d+$/.test(text) || rows < 1 || rows > 100)
    throw new InvalidArgumentError("Write a number from 1 to 100.");
  return rows;
}
