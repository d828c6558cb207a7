/** Reads all jobs, on as many cores as pays. */
import { availableParallelism } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Wanted } from "../../logs/wanted";
import { addTally, newTally, type Tally } from "../../logs/tally";
import type { Job } from "./jobs";
import { readJob, type JobResult } from "./read";
import type { FromWorker, ToWorker, WorkerStart } from "./work";

/** Fewer bytes than this are read before a worker has started. */
const minBytesForWorkers = 24 * 1024 * 1024;

/** What was read. */
export interface AllRead {
  readonly tally: Tally;
  readonly results: readonly JobResult[];
}

/** Called with how many bytes were read so far. */
export type OnProgress = (bytes: number) => void;

/** How many threads read these jobs: 1 is the main one alone. */
export function threadsFor(jobs: readonly Job[], cores = availableParallelism()): number {
  const bytes = jobs.reduce((sum, job) => sum + job.bytes, 0);
  return bytes < minBytesForWorkers ? 1 : Math.min(cores, jobs.length);
}

/** Reads all jobs, in this thread or in several, and adds up what they hold. */
export async function readAll(
  jobs: readonly Job[],
  wanted: Wanted,
  watch: OnProgress = () => undefined,
  threads = threadsFor(jobs),
): Promise<AllRead> {
  if (threads > 1) return readByWorkers(jobs, wanted, watch, threads);
  const tally = newTally();
  const results: JobResult[] = [];
  let bytes = 0;
  for (const job of jobs)
    results.push(
      await readJob(job, tally, wanted, (more) => {
        bytes += more;
        watch(bytes);
      }),
    );
  return { tally, results };
}

/** Jobs that a worker has before it: while it reads one, the main thread may be reading, too. */
const jobsAhead = 2;

/** The main thread reads as well: it is there already, and a worker takes a while to start. */
async function readByWorkers(
  jobs: readonly Job[],
  wanted: Wanted,
  watch: OnProgress,
  threads: number,
): Promise<AllRead> {
  const waiting = [...jobs];
  const tally = newTally();
  const results: JobResult[] = [];
  const progress = new Float64Array(
    new SharedArrayBuffer(threads * Float64Array.BYTES_PER_ELEMENT),
  );
  const advance = (index: number, bytes: number): void => {
    progress[index] = (progress[index] ?? 0) + bytes;
    watch(progress.reduce((sum, one) => sum + one, 0));
  };
  const worker = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const workerData: WorkerStart = { wanted, progress, index };
      const thread = new Worker(path.join(__dirname, "worker.js"), {
        workerData,
        // Lines live for a moment: a small nursery is as fast, and the memory does not grow.
        resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
      });
      const next = (): void => {
        const next: ToWorker = waiting.shift() ?? "end";
        thread.postMessage(next);
      };
      thread.on("message", (said: FromWorker) => {
        if (said === "ready") for (let i = 0; i < jobsAhead; i++) next();
        else if ("tally" in said) addTally(tally, said.tally);
        else {
          results.push(said);
          next();
        }
      });
      thread.on("error", reject);
      thread.on("exit", () => {
        resolve();
      });
    });
  const main = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const bytes = (more: number): void => {
        advance(0, more);
      };
      results.push(await readJob(job, tally, wanted, bytes));
      // Workers want their next jobs.
      await setImmediate();
    }
  };
  const workers = Array.from({ length: threads - 1 }, (_, i) => worker(i + 1));
  await Promise.all([main(), ...workers]);
  results.sort((a, b) => a.id - b.id);
  return { tally, results };
}
