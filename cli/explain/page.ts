/** The report as an HTML page: the picture, and for each cause what to change. */
import { printable } from "../../logs/fields";
import type { CauseReport, Report } from "../../logs/report";
import { escaped, picture } from "./picture";
import {
  formatCount,
  groupName,
  namedHops,
  formatNumber,
  formatPercent,
  statusText,
} from "./words";

const style = `
  :root { color-scheme: light dark; --text: #1c2733; --dim: #5b6875; --back: #ffffff; --line: #dfe4e8 }
  @media (prefers-color-scheme: dark) {
    :root { --text: #e6ebf0; --dim: #9aa7b4; --back: #14191f; --line: #2b343d }
  }
  body { margin: 0 auto; max-width: 960px; padding: 1rem; background: var(--back); color: var(--text);
    font: 15px/1.5 system-ui, sans-serif }
  svg { width: 100%; height: auto } section { border-top: 1px solid var(--line); padding: .75rem 0 }
  h2 { font-size: 1.05rem; margin: 0 } ul { margin: 0 } .dim { color: var(--dim) } p { margin: .4rem 0 }
  table { border-spacing: 0 } td { padding: 0 1rem 0 0; vertical-align: top } td.n { text-align: right }
  pre { white-space: pre-wrap; word-break: break-all; font-size: 12px } a { color: inherit }`;

/** Text of the table of causes: back-quoted words are code. */
const marked = (text: string): string => escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");

function rows(
  label: string,
  entries: readonly { readonly name: string; readonly count: number }[],
): string[] {
  return entries.map(
    ({ name, count }, i) =>
      `<tr><td class="dim">${i === 0 ? label : ""}</td><td class="n">${formatNumber(count)}</td><td>${escaped(name)}</td></tr>`,
  );
}

function changeItem({ rule, change, source }: CauseReport["changes"][number]): string {
  const code = rule === undefined ? "" : ` <span class="dim">${escaped(rule)}</span>`;
  return `<li>${marked(change)}${code} <a href="${source}">AWS</a></li>`;
}

function section(cause: CauseReport, unit: string): string {
  const example = cause.examples[0];
  const groups = cause.targetGroups.map(({ arn, count }) => ({ name: groupName(arn), count }));
  return [
    `<section id="${cause.code}"><h2>${statusText(cause)} ${escaped(cause.title)}</h2>`,
    `<p class="dim">${cause.code}: ${formatCount(cause.count, unit)}, ${formatPercent(cause.share)} of all</p>`,
    `<p>${marked(cause.why)}</p>`,
    ...cause.hints.map((hint) => `<p>${marked(hint)}</p>`),
    "<p><b>What to change:</b></p>",
    `<ul>${cause.changes.map(changeItem).join("")}</ul>`,
    `<table>${[...rows("clients", cause.clients.top), ...rows("target groups", groups), ...rows("paths", cause.paths.top)].join("")}</table>`,
    ...(example === undefined
      ? []
      : [
          `<pre class="dim">${escaped(`${printable(example.file)}:${example.line}\n${example.text}`)}</pre>`,
        ]),
    "</section>",
  ].join("\n");
}

/** The page, in one file without anything to load. */
export function page(report: Report): string {
  const hops = namedHops(report);
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>hopwise explain</title><style>${style}</style></head><body>`,
    picture(report),
    ...hops.flatMap(({ hop, unit }) => hop.causes.map((cause) => section(cause, unit))),
    `<p class="dim">${formatNumber(report.read.lines)} lines of ${formatNumber(report.read.files)} files, read by hopwise explain.</p>`,
    "</body></html>\n",
  ].join("\n");
}
