/** Times of log lines: seconds since 1970, in UTC as all of AWS's logs are. */

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Years that a load balancer's log can be of; others are damage. */
const firstYear = 2016;
const lastYear = 2099;

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
    return this.seconds + hour * 3600 + minute * 60 + second;
  }
}

/** Milliseconds since 1970 of an ISO time; undefined where it is none. */
export function milliseconds(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?$/.test(text)) return undefined;
  const ms = Date.parse(
    `${text
      .replace(" ", "T")
      .replace(/(\.\d{3})\d*/, "$1")
      .replace(/Z$/, "")}Z`,
  );
  return Number.isNaN(ms) ? undefined : ms;
}

/** Seconds since 1970 as an ISO time, without fractions. */
export const iso = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
