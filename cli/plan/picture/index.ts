/**
 * A plan as a picture (SVG 1.1 with CSS) for design documents: light or dark, without external
 * fonts or other resources, and with selectable text.
 */
import { hopText } from "../../show/hops";
import { graphOf } from "../graph";
import { directText } from "../direct";
import type { Plan } from "../types";
import { drawEdges } from "./edges";
import { layOut, measure } from "./layout";
import { lock } from "./marks";
import { drawNode } from "./nodes";
import { drawRefusal } from "./refusals";
import { style } from "./style";
import { fit, widthOf, wrapTo } from "./text";
import { xml } from "../../show/xml";

/** The SVG document. */
export function pictureOf(plan: Plan): string {
  const layout = layOut(graphOf(plan));
  const width = Math.max(layout.width, 640);
  const errors = plan.findings.filter(({ severity }) => severity === "error");
  const foot = footer(plan, layout.bottom + 20, width);
  const height = foot.bottom;
  const heading = `${plan.project} / ${plan.stack}`;
  const about = [plan.variant, plan.region].filter(Boolean).join(" · ");
  const { margin } = measure;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" class="hw" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="hw-title hw-desc">`,
    `<title id="hw-title">${xml(`The path of ${heading}, hop by hop`)}</title>`,
    `<desc id="hw-desc">${xml(description(plan))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="${margin}" y="40">${xml(fit(heading, 18, width - 2 * margin))}</text>`,
    `<text class="soft" x="${margin}" y="60">${xml(about)}</text>`,
    errors.length > 0
      ? `<text class="badText" x="${width - margin}" y="40" text-anchor="end">${errors.length === 1 ? "1 error" : `${errors.length} errors`}</text>`
      : "",
    ...drawEdges(layout),
    ...[...layout.nodes.values()].map(drawNode),
    ...layout.refusals.map(drawRefusal),
    ...foot.parts,
    "</svg>",
    "",
  ]
    .filter((part, i, all) => part !== "" || i === all.length - 1)
    .join("\n");
}

/** A description of the picture, for screen readers. */
function description(plan: Plan): string {
  const paths = plan.paths.map((path) => {
    const hops = path.hops.map(
      ({ broken, ...hop }) =>
        `${hop.from} to ${hop.to}: ${hopText(hop, ", ")}${broken ? `, broken: ${broken.why}` : ""}`,
    );
    return `${path.title}: ${hops.join("; ")}.`;
  });
  const others = plan.otherOrigins.map(
    ({ pathPattern, origin, kind }) =>
      `${pathPattern} is answered by ${["bucket", "function"].includes(kind) ? `the ${kind} ${origin}` : origin}.`,
  );
  const direct = plan.direct.map(directText).map((text) => `${text}.`);
  return [...paths, ...others, ...direct].join(" ") || "No path to a container.";
}

/** The errors, and the legend. */
function footer(plan: Plan, top: number, width: number): { parts: string[]; bottom: number } {
  const { margin, small } = measure;
  const parts: string[] = [];
  let y = top;
  const problems = [
    ...plan.refusals.map(({ message }) => message),
    ...plan.findings
      .filter(({ severity }) => severity === "error")
      .map(({ code, message }) => `${code}: ${message}`),
  ];
  for (const problem of problems) {
    for (const [i, line] of wrapTo(problem, small, width - 2 * margin - 16).entries()) {
      y += 16;
      if (i === 0) parts.push(`<text class="badText" x="${margin}" y="${y}">✘</text>`);
      parts.push(`<text x="${margin + 16}" y="${y}">${xml(line)}</text>`);
    }
    y += 6;
  }
  y += 26;
  let x = margin;
  const entry = (sign: (x: number) => string, room: number, text: string): void => {
    parts.push(sign(x), `<text class="soft" x="${x + room}" y="${y}">${text}</text>`);
    x += room + widthOf(text, small) + 26;
  };
  entry((at) => lock(at, y - 12, true), 18, "TLS");
  entry((at) => lock(at, y - 12, false), 18, "plain text");
  entry(
    (at) => `<rect class="guard" x="${at}" y="${y - 11}" width="24" height="13" rx="4"/>`,
    32,
    "security group, and what it admits",
  );
  entry((at) => `<path class="refused" d="M${at} ${y - 4}h22"/>`, 32, "refused");
  return { parts, bottom: y + 24 };
}
