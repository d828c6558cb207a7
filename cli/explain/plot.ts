/** Errors over time as bars stacked by cause. As wide as what it is in: across in percent, down in pixels. */
import type { CauseReport, TimelineReport } from "../../logs/report";
import { niceSteps, tickTimes } from "./axes";
import type { Phrases } from "./phrases";
import { formatNumber } from "./words";

/** Pixels: the bars, and below them the times. */
export const plotHeight = { bars: 220, all: 248 } as const;

/** Distinct to colour-blind readers, too (Okabe and Ito's palette, without yellow). */
const palette = [...["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]] as const;
/** For causes after those that have a colour. */
const rest = "#8a8a8a";

/** The colour of a cause, by its place among those that are shown. */
export const colour = (index: number): string => palette[index] ?? rest;

/** Text within XML. */
export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (c) => entities[c] ?? c);
}

const percent = (share: number): string => `${Math.round(share * 100_000) / 1000}%`;
const round = (value: number): number => Math.round(value * 10) / 10;

const errorsAt = (timeline: TimelineReport, causes: readonly CauseReport[], step: number): number =>
  causes.reduce((sum, { code }) => sum + (timeline.causes[code]?.[step] ?? 0), 0);

/** The causes that are shown: those that count as errors. */
export const shownCauses = (causes: readonly CauseReport[]): CauseReport[] =>
  causes.filter(({ severity }) => severity !== "note");

/** Elements of SVG: grid, axes and bars. Numbers stand left of them. */
export function plot(
  timeline: TimelineReport,
  causes: readonly CauseReport[],
  say: Phrases,
): string[] {
  const errors = timeline.requests.map((_, step) => errorsAt(timeline, causes, step));
  const values = niceSteps(Math.max(...errors));
  return [...axes(timeline, values), ...bars(timeline, causes, values.at(-1) ?? 1, say)];
}

function axes(timeline: TimelineReport, values: readonly number[]): string[] {
  const most = values.at(-1) ?? 1;
  const lines = values.flatMap((value) => {
    const y = round(plotHeight.bars * (1 - value / most));
    return [
      `<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/>`,
      `<text class="dim" x="-8" y="${y + 4}" text-anchor="end">${formatNumber(value)}</text>`,
    ];
  });
  const times = tickTimes(timeline).map(
    ({ share, label }) =>
      `<text class="dim" x="${percent(share)}" y="${plotHeight.bars + 20}" text-anchor="middle">${label}</text>`,
  );
  return [...lines, ...times];
}

function bars(
  timeline: TimelineReport,
  causes: readonly CauseReport[],
  most: number,
  say: Phrases,
): string[] {
  const steps = timeline.requests.length;
  return timeline.requests.flatMap((requests, i) => {
    let below = 0;
    const parts = causes.flatMap(({ code }, index) => {
      const n = timeline.causes[code]?.[i] ?? 0;
      if (n === 0) return [];
      const height = (n / most) * plotHeight.bars;
      below += height;
      const across = `x="${percent(i / steps)}" width="${percent(0.9 / steps)}"`;
      return [
        `<rect fill="${colour(index)}" ${across} y="${round(plotHeight.bars - below)}" height="${round(height)}"/>`,
      ];
    });
    if (parts.length === 0) return [];
    const start = new Date(Date.parse(timeline.start) + i * timeline.stepSeconds * 1000);
    const what = causes
      .map(({ code }) => [code, timeline.causes[code]?.[i] ?? 0] as const)
      .filter(([, n]) => n > 0)
      .map(([code, n]) => `${formatNumber(n)} ${code}`);
    const at = start.toISOString().slice(0, 16).replace("T", " ");
    return [`<g><title>${escaped(say.page.bar(at, what, requests))}</title>`, ...parts, "</g>"];
  });
}
