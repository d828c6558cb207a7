/** When a scheduled action of Application Auto Scaling runs. */

/** The page about cron expressions and time zones. */
export const schedulePage =
  "https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html";

/** One field of a cron expression: its name, and what it may be made of. */
interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
  /** What it may have in addition to numbers, `*`, lists, ranges and steps. */
  readonly also?: RegExp;
}

const months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const days = "SUN MON TUE WED THU FRI SAT".split(" ");

/** The six fields: {@link schedulePage}. */
const cronFields: readonly CronField[] = [
  { name: "minutes", from: 0, to: 59 },
  { name: "hours", from: 0, to: 23 },
  { name: "day of month", from: 1, to: 31, also: /^(?:\?|L(?:-\d{1,2})?|LW|\d{1,2}W)$/i },
  { name: "month", from: 1, to: 12, words: months },
  {
    ...{ name: "day of week", from: 1, to: 7, words: days },
    also: /^(?:\?|L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/i,
  },
  { name: "year", from: 1970, to: 2199 },
];

const at = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/;
const cron = /^cron\((.+)\)$/;

/**
 * What an expression has to be, with what is wrong in it; undefined if nothing is.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
export function scheduleProblem(expression: string): string | undefined {
  const time = at.exec(expression)?.[1];
  if (time !== undefined)
    return isTime(time) ? undefined : `a time that exists in at(...), not ${time}`;
  const [, value, , plural] = rate.exec(expression) ?? [];
  if (value !== undefined) return rateProblem(Number(value), plural === "s");
  const fields = cron.exec(expression)?.[1];
  if (fields !== undefined) return cronProblem(fields.trim().split(/\s+/));
  return "cron(minutes hours day-of-month month day-of-week year), rate(value unit) or at(yyyy-mm-ddThh:mm:ss)";
}

function isTime(text: string): boolean {
  const time = new Date(`${text}Z`);
  // 30 February would become 2 March.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function rateProblem(value: number, plural: boolean): string | undefined {
  if (value === 0) return "a whole number from 1 in rate(...)";
  return plural === (value !== 1)
    ? undefined
    : "rate(1 minute), rate(1 hour) or rate(1 day), or a higher number with minutes, hours or days";
}

function cronProblem(fields: readonly string[]): string | undefined {
  if (fields.length !== cronFields.length)
    return `six fields in cron(...), not ${fields.length}: minutes, hours, day of month, month, day of week, year`;
  const wrong = cronFields.find((field, i) => !fits(fields[i] ?? "", field));
  if (wrong !== undefined)
    return `another ${wrong.name} in cron(...): ${wrong.from} to ${wrong.to}${wrong.words === undefined ? "" : ` or ${wrong.words[0] ?? ""} to ${wrong.words.at(-1) ?? ""}`}`;
  return (fields[2] === "?") === (fields[4] === "?")
    ? "? in exactly one of day of month and day of week in cron(...)"
    : undefined;
}

function fits(text: string, { from, to, words = [], also }: CronField): boolean {
  const value = (one: string): boolean =>
    words.includes(one.toUpperCase()) ||
    (/^\d+$/.test(one) && Number(one) >= from && Number(one) <= to);
  return text.split(",").every((part) => {
    if (also?.test(part) === true) return true;
    const [range = "", step, ...more] = part.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    const ends = range.split("-");
    return range === "*" || (ends.length <= 2 && ends.every(value));
  });
}

/** The name in the right case where that is all that is wrong with a time zone's. */
export function timezoneProblem(name: string): { readonly write?: string } | undefined {
  // Offsets such as +02:00 are no names.
  if (!/^[A-Za-z]/.test(name)) return {};
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    const sameName = timeZone.toLowerCase() === name.toLowerCase();
    return sameName && timeZone !== name ? { write: timeZone } : undefined;
  } catch {
    return {};
  }
}
