/** The errors over time as a picture: a chart for each log, its bars stacked by cause. */
import type { CauseReport, Report } from "../../logs/report";
import type { Phrases } from "./phrases";
import { colour, escaped, plot, plotHeight, shownCauses } from "./plot";
import { formatNumber, namedHops, statusText, timelineEnds, type NamedHop } from "./words";

/** A report, and the phrases of its language. */
export interface Said {
  readonly report: Report;
  readonly say: Phrases;
}

const width = 960;
const margin = { left: 64, right: 24 } as const;
const legendRow = 22;

/** Colours for light and dark surroundings, as the viewer prefers. */
const style = `
  .bg { fill: #ffffff } .text { fill: #1c2733 } .dim { fill: #5b6875 } .grid { stroke: #dfe4e8 }
  text { font: 13px system-ui, sans-serif } .title { font-size: 17px; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .bg { fill: #14191f } .text { fill: #e6ebf0 } .dim { fill: #9aa7b4 } .grid { stroke: #2b343d }
  }`;

/** The picture as an SVG document. */
export function picture({ report, say }: Said): string {
  const charts = namedHops(report);
  let top = 0;
  const parts = charts.map((named) => {
    const { svg, height } = chart(named, top, say);
    top += height;
    return svg;
  });
  if (charts.length === 0) {
    parts.push(text("title text", margin.left, 40, say.page.noRequests));
    top = 80;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" lang="${say.language}" role="img" aria-label="${escaped(say.page.picture)}">`,
    `<style>${style}</style>`,
    `<rect class="bg" width="${width}" height="${top}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function text(classes: string, x: number, y: number, content: string, more = ""): string {
  return `<text class="${classes}" x="${x}" y="${y}"${more}>${escaped(content)}</text>`;
}

function chart(named: NamedHop, top: number, say: Phrases): { svg: string; height: number } {
  const { causes, timeline, errors } = named.hop;
  const shown = shownCauses(causes);
  const title = say.headline(named).replace(/[.。]$/, "");
  const head = top + 36;
  const parts = [text("title text", margin.left, head, title)];
  if (timeline === undefined || errors === 0) return { svg: parts.join("\n"), height: 72 };
  const plotTop = head + 44;
  const plotWidth = width - margin.left - margin.right;
  const legendTop = plotTop + plotHeight.all + 28;
  const when = say.steps(timelineEnds(timeline), timeline.stepSeconds);
  parts.push(
    text("dim", margin.left, head + 22, when),
    `<svg x="${margin.left}" y="${plotTop}" width="${plotWidth}" height="${plotHeight.all}" overflow="visible">`,
    ...plot(timeline, shown, say),
    "</svg>",
    ...legend(shown, legendTop, say),
  );
  return { svg: parts.join("\n"), height: legendTop + shown.length * legendRow + 20 - top };
}

function legend(causes: readonly CauseReport[], top: number, say: Phrases): string[] {
  return causes.flatMap((cause, i) => {
    const y = top + i * legendRow;
    return [
      `<rect fill="${colour(i)}" x="${margin.left}" y="${y - 11}" width="12" height="12" rx="2"/>`,
      text("text", margin.left + 20, y, `${statusText(cause)} ${cause.title}`),
      text(
        "dim",
        width - margin.right,
        y,
        `${formatNumber(cause.count)} · ${say.percent(cause.share)}`,
        ' text-anchor="end"',
      ),
    ];
  });
}
