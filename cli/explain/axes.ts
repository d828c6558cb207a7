/** Where a chart's axes have their marks. */
import type { TimelineReport } from "../../logs/report";

/** From 0 to just over the highest value, in steps of 1, 2 or 5 times a power of ten. */
export function niceSteps(highest: number): number[] {
  const rough = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough);
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, i) => i * step);
}

/** Times between marks, in minutes: all of them parts of a day, or days. */
const spacings = [
  1,
  5,
  10,
  15,
  30,
  60,
  120,
  180,
  360,
  720,
  1440,
  2880,
  7 * 1440,
  14 * 1440,
  28 * 1440,
];

/** Marks of the time axis: how far along each is, 0 to 1, and what it says. */
export function tickTimes({
  start,
  stepSeconds,
  requests,
}: TimelineReport): { share: number; label: string }[] {
  const from = Date.parse(start) / 60_000;
  const minutes = (requests.length * stepSeconds) / 60;
  const spacing =
    spacings.find((one) => minutes / one <= 8) ?? Math.ceil(minutes / 8 / 1440) * 1440;
  const ticks: { share: number; label: string }[] = [];
  for (let at = Math.ceil(from / spacing) * spacing; at <= from + minutes; at += spacing) {
    const iso = new Date(at * 60_000).toISOString();
    const midnight = iso.slice(11, 16) === "00:00";
    ticks.push({
      share: (at - from) / minutes,
      label: midnight ? iso.slice(5, 10) : iso.slice(11, 16),
    });
  }
  return ticks;
}
