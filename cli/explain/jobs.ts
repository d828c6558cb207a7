/** What is to be read, in pieces that can be read in parallel. */
import { closeSync, openSync, readSync } from "node:fs";
import { contentsOf, signatureLength } from "./contents";
import type { InputFile } from "./find";

/** A file, or a range of bytes of one. */
export interface Job {
  /** Number of the piece, in the order of the files. */
  readonly id: number;
  readonly path: string;
  /** Only lines that begin in `[from, to)`. Absent: the whole file, whatever it is packed in. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Bytes on disk. */
  readonly bytes: number;
}

/** Plain text larger than this is read in pieces of this size. */
const pieceSize = 32 * 1024 * 1024;

/** Bytes of a file that show whether it may be split: what it is, and how its lines end. */
const startLength = 64 * 1024;

function startOf(path: string): Buffer {
  const start = Buffer.alloc(startLength);
  const file = openSync(path, "r");
  try {
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Lines that can be read without the lines before them. A header applies to the lines after it, and
 * JSON spans many lines, so such files are read from start to end.
 */
const independent = /^(?:https? |h2 |grpcs |wss? |\d{4}-|\d{6}|\{")/;

function mayBeSplit(start: Buffer): boolean {
  const isText = contentsOf(start) === "text" && start.includes(0x0a);
  return isText && independent.test(start.toString("latin1", 0, signatureLength));
}

/** Divides the files into jobs. Files that cannot be opened become one job, which says so. */
export function jobsOf(files: readonly InputFile[]): Job[] {
  const jobs: Job[] = [];
  for (const { path, bytes } of files) {
    if (bytes <= pieceSize || !mayBeSplit(startOf(path))) {
      jobs.push({ id: jobs.length, path, bytes });
      continue;
    }
    for (let from = 0; from < bytes; from += pieceSize) {
      const to = Math.min(bytes, from + pieceSize);
      jobs.push({ id: jobs.length, path, range: { from, to }, bytes: to - from });
    }
  }
  return jobs;
}
