/** `hopwise explain`: finds the logs, reads them, says what they say. */
import { writeFileSync } from "node:fs";
import type { Wanted } from "../../logs/wanted";
import { printable, printableJson } from "../../logs/fields";
import { wasRead, type Report, type ReportInput } from "../../logs/report";
import { newTally } from "../../logs/tally";
import { CommandFailure } from "../failure";
import { languages, type Language } from "../language";
import { screenOf } from "../screen";
import { findLogs, type FoundLogs } from "./find";
import type { Chunks } from "./gunzip";
import { jobsOf, type Job } from "./jobs";
import type { ExplainOptions } from "./options";
import { showReading } from "./progress";
import { readChunks } from "./read";
import { page } from "./page";
import { phrasesOf } from "./phrases";
import { picture, type Said } from "./picture";
import { readAll, type AllRead } from "./readAll";
import { reportLines } from "./text";
import { problemsByText } from "./words";

/** Standard input, as an argument and as a file's name. */
const stdin = "-";
const stdinName = "(standard input)";

function fail(message: string): never {
  throw new CommandFailure(message, 2);
}

/** The files as jobs; an error that names all arguments that are no use. */
function jobsFor(args: readonly string[]): FoundJobs {
  const { files, problems, unreadable } = findLogs(args);
  if (problems.length > 0) fail(printable(`Nothing to read: ${problems.join("; ")}.`));
  if (files.length === 0 && unreadable.length === 0)
    fail(printable(`Nothing to read in ${args.join(", ")}.`));
  return { jobs: jobsOf(files), files: files.length, unreadable };
}

interface FoundJobs extends Pick<FoundLogs, "unreadable"> {
  readonly jobs: Job[];
  readonly files: number;
}

async function readStdin(wanted: Wanted): Promise<AllRead> {
  const tally = newTally();
  const progress = showReading(0);
  let bytes = 0;
  process.stdin.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    progress.at(bytes);
  });
  try {
    const result = await readChunks(process.stdin as Chunks, { tally, wanted, id: 0 });
    return { tally, results: [result] };
  } finally {
    progress.clear();
  }
}

async function readJobs(jobs: readonly Job[], wanted: Wanted): Promise<AllRead> {
  const progress = showReading(jobs.reduce((sum, job) => sum + job.bytes, 0));
  try {
    return await readAll(jobs, wanted, (bytes) => {
      progress.at(bytes);
    });
  } finally {
    progress.clear();
  }
}

/** Reads what the arguments name. */
export async function readLogs(
  args: readonly string[],
  options: ExplainOptions,
): Promise<ReportInput> {
  const { since, until, fields } = options;
  if (since !== undefined && until !== undefined && since >= until)
    fail("--since is not before --until: no request can be between them.");
  const fromStdin = args.includes(stdin);
  if (fromStdin && args.length > 1) fail("Standard input (-) is read alone: leave the files out.");
  const stdinJob: Job = { id: 0, path: stdinName, bytes: 0 };
  const { jobs, files, unreadable }: FoundJobs = fromStdin
    ? { jobs: [stdinJob], files: 1, unreadable: [] }
    : jobsFor(args);
  const wanted = { since, until, fields };
  const { tally, results } = await (fromStdin ? readStdin(wanted) : readJobs(jobs, wanted));

  const linesBefore = linesBeforeEach(jobs, results);
  const fileOf = (id: number): string => jobs[id]?.path ?? "?";
  const lines = results.reduce((sum, result) => sum + result.lines, 0);
  const problems = [
    ...unreadable,
    ...results.flatMap(({ id, problem }) =>
      problem === undefined ? [] : [{ file: fileOf(id), problem }],
    ),
  ];
  if (lines === 0 && problems.length > 0)
    fail(
      `Nothing could be read: ${problemsByText(problems).map(phrasesOf("en").read.problem).join("; ")}`,
    );
  return {
    tally,
    files,
    problems,
    top: options.top,
    place: ({ job, line }) => ({ file: fileOf(job), line: (linesBefore[job] ?? 0) + line }),
  };
}

/** Lines of a file that were read in earlier pieces, by job. */
function linesBeforeEach(jobs: readonly Job[], results: AllRead["results"]): number[] {
  const lines = new Map(results.map((result) => [result.id, result.lines]));
  let before = 0;
  return jobs.map((job, index) => {
    before = jobs[index - 1]?.path === job.path ? before + (lines.get(index - 1) ?? 0) : 0;
    return before;
  });
}

/** Runs the command; returns its exit status. */
export async function runExplain(
  args: readonly string[],
  options: ExplainOptions,
): Promise<0 | 1 | 2> {
  const reading = readLogs(args, options);
  // Loads the registry of rules while other threads read.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily
  const { makeReport } = require("../../logs/report") as typeof import("../../logs/report");
  const input = await reading;
  const reportIn = (language: Language): Report =>
    makeReport({ ...input, words: phrasesOf(language).report });
  const screen = screenOf();
  // The report as JSON has one language, as codes have.
  const report = reportIn(options.json ? "en" : screen.language);
  writePictures(reportIn, screen.language, options);
  if (options.json)
    process.stdout.write(`${printableJson(JSON.stringify(report, undefined, 2))}\n`);
  else for (const line of reportLines(report, screen)) screen.print(line);
  if (!wasRead(report)) return 2;
  return foundErrors(report) ? 1 : 0;
}

/** True when there is something to change. */
const foundErrors = ({ loadBalancer, cloudfront, connections }: Report): boolean =>
  [loadBalancer, cloudfront, connections].some((hop) => hop !== undefined && hop.errors > 0);

/** The page has every language, the preferred one first; a picture has one. */
function writePictures(
  reportIn: (language: Language) => Report,
  language: Language,
  { html, svg }: ExplainOptions,
): void {
  const inLanguage = (one: Language): Said => ({ report: reportIn(one), say: phrasesOf(one) });
  if (svg !== undefined) write("--svg", svg, picture(inLanguage(language)));
  if (html === undefined) return;
  const others = languages.filter((one) => one !== language);
  write("--html", html, page([language, ...others].map(inLanguage)));
}

function write(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    fail(printable(`${option}: ${file} cannot be written (${(error as Error).message}).`));
  }
}
