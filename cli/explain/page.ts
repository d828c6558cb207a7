/**
 * The report as an HTML page in one file: what is wrong, the first change, the errors over time, then
 * each cause. It is written in every language; a link without a script changes it.
 */
import { printable } from "../../logs/fields";
import type { CauseReport, Report } from "../../logs/report";
import { client } from "./details";
import { style } from "./pageStyle";
import type { Phrases } from "./phrases";
import type { Said } from "./picture";
import { colour, escaped, plot, plotHeight, shownCauses } from "./plot";
import { readTexts } from "./text";
import {
  formatNumber,
  groupName,
  namedHops,
  statusCounts,
  statusText,
  timelineEnds,
  type NamedHop,
} from "./words";

/** Text of the table of causes: back-quoted words are code. */
const marked = (text: string): string => escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");
const heading = (cause: CauseReport): string =>
  `<span class="status">${statusText(cause)}</span> ${escaped(cause.title)}`;

/** The page. @param languages the one that it opens in first */
export function page(languages: readonly Said[]): string {
  const [opened] = languages;
  if (opened === undefined) return "";
  const { report, say } = opened;
  const worst = worstCause(report);
  const title = worst === undefined ? say.page.title : `${statusText(worst)} ${worst.title}`;
  return [
    "<!doctype html>",
    `<html lang="${say.language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)} – hopwise explain</title><style>${style}</style></head><body>`,
    ...languages.flatMap((one) => inLanguage(one, languages)),
    "</body></html>\n",
  ].join("\n");
}

/** What to look at first: the worst cause of all logs; undefined without an error. */
function worstCause(report: Report): CauseReport | undefined {
  const errors = namedHops(report).flatMap(({ hop }) => shownCauses(hop.causes));
  const of = (severity: CauseReport["severity"]): CauseReport[] =>
    errors.filter((cause) => cause.severity === severity).sort((a, b) => b.count - a.count);
  return [...of("error"), ...of("warning")][0];
}

function inLanguage({ report, say }: Said, languages: readonly Said[]): string[] {
  const hops = namedHops(report);
  const worst = worstCause(report);
  const { language } = say;
  const others = languages.filter((one) => one.say !== say);
  const links = others.map(
    (one) =>
      `<a href="#${one.say.language}" lang="${one.say.language}" hreflang="${one.say.language}">${one.say.page.name}</a>`,
  );
  const headlines = hops.map(say.headline);
  const [said = say.page.noRequests, ...more] = headlines;
  const { plain, malformed, problems } = readTexts(report, say);
  return [
    `<div id="${language}" lang="${language}" class="language">`,
    `<header><p>hopwise explain</p>${links.length === 0 ? "" : `<nav aria-label="${say.page.languages}">${links.join(" ")}</nav>`}</header>`,
    "<main>",
    `<h1>${worst === undefined ? escaped(said) : heading(worst)}</h1>`,
    ...(worst === undefined ? more : headlines).map((line) => `<p>${escaped(line)}</p>`),
    ...(worst === undefined ? [] : firstChange(worst, say)),
    ...hops.flatMap((named) => chart(named, say)),
    ...(hops.some(({ hop }) => hop.causes.length > 0) ? [`<h2>${say.details}</h2>`] : []),
    ...hops.flatMap(({ hop, unit }) =>
      hop.causes.map((cause) => section(cause, say.count(cause.count, unit), say)),
    ),
    "</main>",
    `<footer>${[...plain, ...malformed, ...problems].map((line) => `<p>${escaped(line)}</p>`).join("")}</footer>`,
    "</div>",
  ];
}

function firstChange({ changes }: CauseReport, say: Phrases): string[] {
  const [first] = changes;
  if (first === undefined) return [];
  return [
    `<section class="first"><h2>${say.page.first}</h2>`,
    `<p>${marked(first.change)}</p><p class="dim">${about(first, say)}</p></section>`,
  ];
}

function chart(named: NamedHop, say: Phrases): string[] {
  const { name, hop } = named;
  const { timeline, errors, passedOn } = hop;
  const causes = shownCauses(hop.causes);
  const title = [`<h2>${say.page.logs[name]}</h2>`];
  const behind =
    passedOn.length === 0
      ? []
      : [`<p class="dim">${say.passedOn(name, statusCounts(passedOn))}</p>`];
  if (timeline === undefined || errors === 0)
    return behind.length === 0 ? [] : [...title, ...behind];
  return [
    ...title,
    `<p class="dim">${say.steps(timelineEnds(timeline), timeline.stepSeconds)}</p>`,
    `<svg class="plot" height="${plotHeight.all}" role="img" aria-label="${escaped(say.page.picture)}">`,
    ...plot(timeline, causes, say),
    "</svg>",
    `<ul class="legend">${causes.map((cause, i) => legendItem(cause, i, say)).join("")}</ul>`,
    ...behind,
  ];
}

function legendItem(cause: CauseReport, index: number, say: Phrases): string {
  return [
    `<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${colour(index)}"/></svg>`,
    `<a href="#${idOf(cause, say)}">${heading(cause)}</a>`,
    `<span class="dim">${formatNumber(cause.count)} · ${say.percent(cause.share)}</span></li>`,
  ].join("");
}

const idOf = ({ code }: CauseReport, { language }: Phrases): string => `${language}-${code}`;

function about({ rule, source }: CauseReport["changes"][number], { page: say }: Phrases): string {
  const code = rule === undefined ? "" : `${say.rule} <code>${escaped(rule)}</code> · `;
  return `${code}<a href="${source}">${say.source}</a>`;
}

type Rows = readonly { readonly name: string; readonly count: number }[];

/** The rows of a ranking, under one label. */
function rows(label: string, entries: Rows): string {
  return entries
    .map(({ name, count }, i) => {
      const head = i > 0 ? "" : `<th scope="rowgroup" rowspan="${entries.length}">${label}</th>`;
      return `<tr>${head}<td class="n">${formatNumber(count)}</td><td>${escaped(name)}</td></tr>`;
    })
    .join("");
}

function section(cause: CauseReport, count: string, say: Phrases): string {
  const example = cause.examples[0];
  const groups = cause.targetGroups.map((group) => ({
    name: groupName(group.arn),
    count: group.count,
  }));
  const named = cause.clients.top.map((one) => ({ ...one, name: client(say)(one.name) }));
  const table = [
    rows(say.labels.clients, named),
    rows(say.page.targetGroups, groups),
    rows(say.labels.targets, cause.targets.top),
    rows(say.labels.paths, cause.paths.top),
    rows(say.labels.reasons, cause.reasons.top),
  ].filter((part) => part !== "");
  return [
    `<section id="${idOf(cause, say)}"><h3>${heading(cause)}</h3>`,
    `<p class="dim"><code>${cause.code}</code> ${say.ofAll(count, cause.share)}</p>`,
    `<p>${marked(cause.why)}</p>`,
    ...cause.hints.map((hint) => `<p>${marked(hint)}</p>`),
    `<h4>${say.whatToChange}</h4>`,
    `<ul>${cause.changes.map((one) => `<li>${marked(one.change)} <span class="dim">${about(one, say)}</span></li>`).join("")}</ul>`,
    ...(table.length === 0
      ? []
      : [`<table>${table.map((part) => `<tbody>${part}</tbody>`).join("")}</table>`]),
    ...(example === undefined
      ? []
      : [
          `<p class="dim">${say.labels.example}: ${escaped(printable(example.file))}:${example.line}</p>`,
          `<pre>${escaped(example.text)}</pre>`,
        ]),
    "</section>",
  ].join("\n");
}
