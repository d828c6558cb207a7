/**
 * Times of log lines: seconds since 1970. All of AWS's logs are in UTC; tools that export them may
 * write the time of another zone, with the zone after it.
 */

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Years that a load balancer's log can be of; others are damage. */
const firstYear = 2016;
const lastYear = 2099;
const earliest = Date.UTC(firstYear);
const latest = Date.UTC(lastYear + 1);

function digits(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysSince1970(year: number, month: number, day: number): number {
  if (!(
    year >= firstYear &&
    year <= lastYear &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31
  ))
    return NaN;
  const leapDays = (year - 1969) >> 2;
  const leap = year % 4 === 0 && month > 2 ? 1 : 0;
  return (year - 1970) * 365 + leapDays + (daysBefore[month - 1] ?? 0) + leap + day - 1;
}

/** Reads `2026-11-20T10:15:30…`; remembers the day, which is the same on most lines. */
export class TimeReader {
  private day = -1;
  private seconds = NaN;

  /** Seconds since 1970 of the time that starts at `from`; NaN where there is none. */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 19) return NaN;
    const T = bytes[from + 10];
    if (T !== 0x54 && T !== 0x20) return NaN;
    const year = digits(bytes, from, 4);
    const month = digits(bytes, from + 5, 2);
    const date = digits(bytes, from + 8, 2);
    const day = year * 10000 + month * 100 + date;
    if (day !== this.day) {
      this.day = day;
      this.seconds = daysSince1970(year, month, date) * 86400;
    }
    const hour = digits(bytes, from + 11, 2);
    const minute = digits(bytes, from + 14, 2);
    const second = digits(bytes, from + 17, 2);
    if (!(hour < 24 && minute < 60 && second < 61)) return NaN;
    const local = this.seconds + hour * 3600 + minute * 60 + second;
    return bytes[to - 1] === Z ? local : local - offsetAtEnd(bytes, from + 19, to);
  }
}

const Z = 0x5a;

const offset = /^([+-])(\d\d)(?::?(\d\d))?$/;

/** Minutes that a zone is ahead of UTC, from `+09:00`, `+0900` or `+09`; undefined for other text. */
function offsetMinutes(text: string): number | undefined {
  const [, sign, hours, minutes = "0"] = offset.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Seconds of the offset that a time of ASCII bytes ends with; 0 if there is none. */
function offsetAtEnd(bytes: Uint8Array, from: number, to: number): number {
  const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 20)));
  return (offsetMinutes(text.replace(/^[.,]\d+/, "")) ?? 0) * 60;
}

/** Formatters by zone: to create one takes longer than to read a line. */
const zones = new Map<string, Intl.DateTimeFormat | undefined>();
const mostZones = 100;

function zoneOf(name: string): Intl.DateTimeFormat | undefined {
  if (zones.has(name)) return zones.get(name);
  let zone: Intl.DateTimeFormat | undefined;
  try {
    zone = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    // No zone of this name.
  }
  if (zones.size < mostZones) zones.set(name, zone);
  return zone;
}

/** Minutes that a place's zone is ahead of UTC at that time; undefined for an unknown place. */
function minutesAt(name: string, ms: number): number | undefined {
  const parts = zoneOf(name)?.formatToParts(ms);
  const text = parts?.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "");
  return text === undefined ? undefined : text === "" ? 0 : offsetMinutes(text);
}

/** The same time in UTC; undefined for an unknown zone. Short names such as IST are several zones'. */
function inUtc(local: number, zone: string): number | undefined {
  if (/^(?:|Z|UTC|GMT)$/i.test(zone)) return local;
  let minutes = offsetMinutes(zone);
  if (minutes === undefined && zone.includes("/")) {
    const first = minutesAt(zone, local);
    // The offset may be another one at the time itself, on the day that the clocks change.
    minutes = first === undefined ? undefined : minutesAt(zone, local - first * 60_000);
  }
  return minutes === undefined ? undefined : local - minutes * 60_000;
}

const time =
  /^(\d{4})[-/](\d\d?)[-/](\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)? ?(Z|[+-]\d\d(?::?\d\d)?|[A-Za-z][\w/+-]*)?$/;

/**
 * Milliseconds since 1970 of an ISO time, also as Athena and DuckDB print it, with an offset or a
 * place after it (`2026-11-20 19:15:30.123 Asia/Tokyo`), and as spreadsheets do (`2026/11/20 9:15`).
 * Undefined if it is none.
 */
export function milliseconds(text: string): number | undefined {
  const [
    whole,
    year,
    month = "",
    day = "",
    hour = "",
    minute,
    second = "00",
    fraction = "0",
    zone = "",
  ] = time.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const two = (digits: string): string => digits.padStart(2, "0");
  const local = Date.parse(
    `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}.${fraction.padEnd(3, "0")}Z`,
  );
  return Number.isNaN(local) ? undefined : inUtc(local, zone);
}

/** The same also of a number: seconds, milliseconds, microseconds or nanoseconds since 1970. */
function instant(text: string): number | undefined {
  if (!/^\d+(?:\.\d+)?(?:E\d+)?$/.test(text)) return milliseconds(text);
  const number = Number(text);
  const unit = [1e3, 1, 1e-3, 1e-6].find((one) => number * one < latest);
  const ms = unit === undefined ? NaN : number * unit;
  return ms >= earliest ? ms : undefined;
}

/** The first of these texts that is a time, as `instant` reads it. */
export function firstInstant(...texts: readonly (string | undefined)[]): number | undefined {
  for (const text of texts) {
    const ms = text === undefined ? undefined : instant(text);
    if (ms !== undefined) return ms;
  }
  return undefined;
}

/** Seconds since 1970 as an ISO time, without fractions. */
export const iso = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
