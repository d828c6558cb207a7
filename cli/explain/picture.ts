/** The errors over time as a picture: a chart for each log, its bars stacked by cause. */
import type { CauseReport, Report, TimelineReport } from "../../logs/report";
import { niceSteps, tickTimes } from "./axes";
import {
  formatDuration,
  headline,
  namedHops,
  formatNumber,
  formatPercent,
  formatPeriod,
  statusText,
} from "./words";
import type { NamedHop } from "./words";

const width = 960;
const plot = { left: 64, right: 24, height: 220 } as const;
const plotWidth = width - plot.left - plot.right;
const legendRow = 22;

/** Distinct to colour-blind readers, too (Okabe and Ito's palette, without yellow). */
const palette = [...["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]] as const;
/** For causes after those that have a colour. */
const rest = "#8a8a8a";

/** Colours for light and dark surroundings, as the viewer prefers. */
const style = `
  .bg { fill: #ffffff } .text { fill: #1c2733 } .dim { fill: #5b6875 } .grid { stroke: #dfe4e8 }
  text { font: 13px system-ui, sans-serif } .title { font-size: 17px; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .bg { fill: #14191f } .text { fill: #e6ebf0 } .dim { fill: #9aa7b4 } .grid { stroke: #2b343d }
  }`;

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

const colour = (index: number): string => palette[index] ?? rest;

/** The picture as an SVG document. */
export function picture(report: Report): string {
  const charts = namedHops(report);
  let top = 0;
  const parts = charts.map((named) => {
    const { svg, height } = chart(named, top);
    top += height;
    return svg;
  });
  if (charts.length === 0) {
    parts.push(text("title text", plot.left, 40, "No requests in these logs"));
    top = 80;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-label="Errors over time, by cause">`,
    `<style>${style}</style>`,
    `<rect class="bg" width="${width}" height="${top}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function text(classes: string, x: number, y: number, content: string, more = ""): string {
  return `<text class="${classes}" x="${x}" y="${y}"${more}>${escaped(content)}</text>`;
}

function chart(named: NamedHop, top: number): { svg: string; height: number } {
  const { causes, timeline, errors } = named.hop;
  const shown = causes.filter(({ severity }) => severity !== "note");
  const title = headline(named).replace(/\.$/, "");
  const head = top + 36;
  const parts = [text("title text", plot.left, head, title)];
  if (timeline === undefined || errors === 0) return { svg: parts.join("\n"), height: 72 };
  const end = Date.parse(timeline.start) + timeline.requests.length * timeline.stepSeconds * 1000;
  const when = formatPeriod(timeline.start, new Date(end).toISOString().replace(".000Z", "Z"));
  parts.push(
    text(
      "dim",
      plot.left,
      head + 22,
      `${when}, errors per ${formatDuration(timeline.stepSeconds)}`,
    ),
  );
  const plotTop = head + 44;
  parts.push(...axes(timeline, shown, plotTop), ...bars(timeline, shown, plotTop));
  const legendTop = plotTop + plot.height + 56;
  parts.push(...legend(shown, legendTop));
  return { svg: parts.join("\n"), height: legendTop + shown.length * legendRow + 20 - top };
}

const errorsAt = (timeline: TimelineReport, causes: readonly CauseReport[], step: number): number =>
  causes.reduce((sum, { code }) => sum + (timeline.causes[code]?.[step] ?? 0), 0);

function highest(timeline: TimelineReport, causes: readonly CauseReport[]): number {
  return Math.max(...timeline.requests.map((_, step) => errorsAt(timeline, causes, step)));
}

function axes(timeline: TimelineReport, causes: readonly CauseReport[], top: number): string[] {
  const values = niceSteps(highest(timeline, causes));
  const most = values.at(-1) ?? 1;
  const lines = values.flatMap((value) => {
    const y = round(top + plot.height * (1 - value / most));
    return [
      `<line class="grid" x1="${plot.left}" x2="${width - plot.right}" y1="${y}" y2="${y}"/>`,
      text("dim", plot.left - 8, y + 4, formatNumber(value), ' text-anchor="end"'),
    ];
  });
  const times = tickTimes(timeline).map(({ share, label }) =>
    text(
      "dim",
      round(plot.left + plotWidth * share),
      top + plot.height + 20,
      label,
      ' text-anchor="middle"',
    ),
  );
  return [...lines, ...times];
}

function bars(timeline: TimelineReport, causes: readonly CauseReport[], top: number): string[] {
  const steps = timeline.requests.length;
  const most = niceSteps(highest(timeline, causes)).at(-1) ?? 1;
  const step = plotWidth / steps;
  const gap = step > 4 ? 1 : 0;
  return timeline.requests.flatMap((requests, i) => {
    let below = 0;
    const parts = causes.flatMap(({ code }, index) => {
      const n = timeline.causes[code]?.[i] ?? 0;
      if (n === 0) return [];
      const height = (n / most) * plot.height;
      below += height;
      const x = round(plot.left + i * step);
      const y = round(top + plot.height - below);
      return [
        `<rect fill="${colour(index)}" x="${x}" y="${y}" width="${round(step - gap)}" height="${round(height)}"/>`,
      ];
    });
    if (parts.length === 0) return [];
    const start = new Date(Date.parse(timeline.start) + i * timeline.stepSeconds * 1000);
    const what = causes
      .map(({ code }) => [code, timeline.causes[code]?.[i] ?? 0] as const)
      .filter(([, n]) => n > 0)
      .map(([code, n]) => `${formatNumber(n)} ${code}`)
      .join(", ");
    const at = start.toISOString().slice(0, 16).replace("T", " ");
    return [
      `<g><title>${escaped(`${at} UTC: ${what}; ${formatNumber(requests)} requests`)}</title>`,
      ...parts,
      "</g>",
    ];
  });
}

function legend(causes: readonly CauseReport[], top: number): string[] {
  return causes.flatMap((cause, i) => {
    const y = top + i * legendRow;
    return [
      `<rect fill="${colour(i)}" x="${plot.left}" y="${y - 11}" width="12" height="12" rx="2"/>`,
      text("text", plot.left + 20, y, `${statusText(cause)} ${cause.title}`),
      text(
        "dim",
        width - plot.right,
        y,
        `${formatNumber(cause.count)} · ${formatPercent(cause.share)}`,
        ' text-anchor="end"',
      ),
    ];
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
