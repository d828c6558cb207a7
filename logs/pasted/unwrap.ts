/**
 * Lines as people paste them and as tools print them: behind a number, a file's name, a time or a
 * quoting mark, and within quotes of JSON, of CSV or of Markdown.
 */
import { csvCells } from "./table";

/** Where a log's own line can begin: a time, with the type before it, or in seconds, JSON, or CloudFront's header. */
const beginnings =
  /(?:\b(?:https?|h2|grpcs?|wss?|lambda) )?\d{4}-\d\d-\d\d(?:[T\t ]|\\t)\d\d:\d\d:\d\d|\b\d{10}\.\d{3}(?:[\t ]|\\t)|\{\s?\\?"|#(?:Fields|Version):/g;

/** Beginnings that are tried: the time of a prefix is one, too. */
const mostBeginnings = 4;

/** Shorter text is no line of a log. */
export const shortestText = 40;

/** As editors, chats, web pages and terminals show it, and as the log has it. */
// eslint-disable-next-line no-control-regex -- colours
const unusual = /[\u001b\u00a0\u2010-\u2014\u201c-\u201e\u2212]|&(?:quot|nbsp|amp);/;
const typographic: readonly (readonly [RegExp, string])[] = [
  [/[\u201c\u201d\u201e]|&quot;/g, '"'],
  [/[\u2010-\u2014\u2212]/g, "-"],
  [/\u00a0|&nbsp;/g, " "],
  [/&amp;/g, "&"],
  // eslint-disable-next-line no-control-regex -- colours, as grep puts them around what it found
  [/\u001b\[[\d;]*[mK]/g, ""],
];

/** What follows, without the quoting that the sign before it began. */
function unquoted(text: string, sign: string | undefined): string {
  let inner = text;
  if (sign === '"' || sign === "'" || sign === "`") {
    const end = text.lastIndexOf(sign);
    if (end > 0) inner = text.slice(0, end);
  }
  if (inner.startsWith("{")) inner = inner.slice(0, inner.lastIndexOf("}") + 1);
  if (/\\["t]/.test(inner))
    return inner.replace(/\\(["\\/tn])/g, (_, c: string) =>
      c === "t" ? "\t" : c === "n" ? " " : c,
    );
  return /""[A-Z{]/.test(inner) ? inner.replaceAll('""', '"') : inner;
}

/** A header's names, or a part of them. */
export const namesOnly = /^[\w() -]+$/;

/** CloudFront's header in a line; undefined where there is none, or more than it. */
export function headerIn(line: string): string | undefined {
  const at = line.indexOf("#Fields:");
  if (at === -1) return undefined;
  const header = unquoted(line.slice(at), line[at - 1]);
  return namesOnly.test(header.slice("#Fields:".length)) ? header : undefined;
}

/** Texts within a line that may be a log's own line, the most likely first. */
export function* textsWithin(line: string): Generator<string> {
  const plain = unusual.test(line)
    ? typographic.reduce((text, [from, to]) => text.replace(from, to), line)
    : line;
  if (plain !== line) yield plain;
  if (plain.includes('"'))
    for (const cell of csvCells(plain) ?? [])
      if (cell.length >= shortestText && cell.length < plain.length) yield cell;
  let tried = 0;
  for (const { index } of plain.matchAll(beginnings)) {
    if (index > 0) yield unquoted(plain.slice(index), plain[index - 1]);
    if (++tried === mostBeginnings) return;
  }
  if (plain.includes("\t")) yield plain.replaceAll("\t", " ");
}

/** An access log or health check, a connection, a request to CloudFront. A time alone can be in the middle. */
const start =
  /^(?:(?:https?|h2|grpcs?|wss?|lambda) \d{4}-\d\d-\d\dT\d\d:|\d{4}-\d\d-\d\dT[\d:.]+Z (?:\d+\.[\d.]*|[\da-fA-F]*:[\da-fA-F:.]*)(?: |$)|\d{4}-\d\d-\d\d[\t ,]\d\d:\d\d:\d\d[\t ,]|\d{10}\.\d{3}[\t ])/;

/** The text from where a log's line begins; undefined where none does. */
export function beginningIn(line: string): string | undefined {
  if (start.test(line)) return line;
  for (const text of textsWithin(line)) if (start.test(text)) return text;
  return undefined;
}
