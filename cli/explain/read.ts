/** Reads one piece of a log into a tally. */
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import type { Wanted } from "../../logs/wanted";
import { LogReader } from "../../logs/reader";
import type { Tally } from "../../logs/tally";
import { textOf } from "./contents";
import type { Chunks } from "./gunzip";
import type { Job } from "./jobs";
import { LineFeeder } from "./lines";

/** The result of reading a piece. */
export interface JobResult {
  readonly id: number;
  readonly lines: number;
  /** Why the rest of the file could not be read. */
  readonly problem?: string;
}

/** Bytes read at once. */
const chunkSize = 1024 * 1024;
/** Bytes read at once to find the end of a line that goes on in the next piece. */
const restSize = 64 * 1024;

function problemOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "gone";
  if (code === "EACCES" || code === "EPERM") return "no permission to read it";
  return message;
}

/** Reads a stream to its end. What was read before it failed counts. */
export async function readChunks(
  chunks: Chunks,
  into: { readonly tally: Tally; readonly wanted: Wanted; readonly id: number },
): Promise<JobResult> {
  const reader = new LogReader(into.tally, into.wanted, into.id);
  const feeder = new LineFeeder(reader);
  let problem: string | undefined;
  try {
    for await (const chunk of textOf(chunks)) feeder.push(chunk);
  } catch (error) {
    problem = problemOf(error);
  }
  feeder.end();
  reader.finish();
  return { id: into.id, lines: reader.lines, ...(problem !== undefined && { problem }) };
}

/** Reads a job. `progress` is called with the bytes of the file that were read since its last call. */
export async function readJob(
  job: Job,
  tally: Tally,
  wanted: Wanted,
  progress: (bytes: number) => void,
): Promise<JobResult> {
  const { id, path, range } = job;
  if (range !== undefined) return readRange(job, range, new LogReader(tally, wanted, id), progress);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  file.on("data", (chunk) => {
    progress(chunk.length);
  });
  return readChunks(file, { tally, wanted, id });
}

function readRange(
  { id, path }: Job,
  { from, to }: NonNullable<Job["range"]>,
  reader: LogReader,
  progress: (bytes: number) => void,
): JobResult {
  const feeder = new LineFeeder(reader);
  const buffer = Buffer.allocUnsafe(chunkSize);
  let problem: string | undefined;
  try {
    const file = openSync(path, "r");
    try {
      // A line belongs to the piece that it begins in: the first one begins after a line feed.
      let at = from === 0 ? 0 : from - 1;
      let begun = from === 0;
      while (at < to || feeder.within) {
        const wanted = at < to ? Math.min(chunkSize, to - at) : restSize;
        const read = readSync(file, buffer, 0, wanted, at);
        if (read === 0) break;
        let chunk = buffer.subarray(0, read);
        if (at < to) progress(read);
        const last = at >= to;
        at += read;
        if (!begun) {
          const end = chunk.indexOf(0x0a);
          if (end === -1) continue;
          chunk = chunk.subarray(end + 1);
          begun = true;
        }
        if (!last) feeder.push(chunk);
        else if (feeder.endLine(chunk)) break;
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    problem = problemOf(error);
  }
  feeder.end();
  reader.finish();
  return { id, lines: reader.lines, ...(problem !== undefined && { problem }) };
}
