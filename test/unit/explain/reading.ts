/** Reads text or bytes as `hopwise explain` reads a file. */
import { gzipSync } from "node:zlib";
import { phrasesOf } from "../../../cli/explain/phrases";
import type { Said } from "../../../cli/explain/picture";
import { readChunks, type JobResult } from "../../../cli/explain/read";
import type { Language } from "../../../cli/language";
import type { Wanted } from "../../../logs/wanted";
import { reportLines } from "../../../cli/explain/text";
import { screenOf } from "../../../cli/screen";
import { makeReport, type CauseReport, type Report } from "../../../logs/report";
import { lineKinds } from "../../../logs/lineKinds";
import { newTally, type Tally } from "../../../logs/tally";

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size)
    yield await Promise.resolve(bytes.subarray(at, at + size));
}

export interface WasRead {
  readonly tally: Tally;
  readonly result: JobResult;
  /** In English. */
  readonly report: Report;
  /** In any language. */
  readonly inLanguage: (language: Language) => Said;
}

/** Reads bytes in chunks of a size. */
export async function read(
  content: string | Buffer,
  wanted: Wanted = {},
  chunk = 65536,
): Promise<WasRead> {
  const tally = newTally();
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const result = await readChunks(chunksOf(bytes, chunk), { tally, wanted, id: 0 });
  const inLanguage = (language: Language): Said => {
    const say = phrasesOf(language);
    const report = makeReport({
      tally,
      files: 1,
      top: 5,
      problems: result.problem === undefined ? [] : [{ file: "log", problem: result.problem }],
      place: ({ line }) => ({ file: "log", line }),
      words: say.report,
    });
    return { report, say };
  };
  return { tally, result, report: inLanguage("en").report, inLanguage };
}

/** Lines that were accounted for; equals the lines read. */
export const accounted = ({ lines }: Tally): number =>
  lineKinds.reduce((sum, kind) => sum + lines[kind], 0);

/** How often each cause was found. */
export const countsOf = (causes: readonly CauseReport[] | undefined): Record<string, number> =>
  Object.fromEntries((causes ?? []).map(({ code, count }) => [code, count]));

/** Several texts, each a gzip member of one file. */
export const members = (...texts: string[]): Buffer =>
  Buffer.concat(texts.map((text) => gzipSync(text)));

/** A report as it is printed, each paragraph on one line. */
export const reportText = (report: Report): string =>
  reportLines(report, {
    ...screenOf({ write: () => true }, { NO_COLOR: "1" }),
    width: 100_000,
  }).join("\n");
