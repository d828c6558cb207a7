/** Reads all jobs, on as many cores as pays. */
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Window } from "../../logs/alb/scan";
import { addTally, newTally, type Tally } from "../../logs/tally";
import type { Job } from "./jobs";
import { readJob, type JobResult } from "./read";
import type { FromWorker, ToWorker, WorkerStart } from "./work";

/** Fewer bytes than this are read before a worker has started. */
const worthWorkers = 24 * 1024 * 1024;

/** What was read. */
export interface AllRead {
  readonly tally: Tally;
  readonly results: readonly JobResult[];
}

/** Tells how many bytes were read so far. */
export type Watch = (bytes: number) => void;

/** How many threads read these jobs: 1 is the main one alone. */
export function threadsFor(jobs: readonly Job[], cores = availableParallelism()): number {
  const bytes = jobs.reduce((sum, job) => sum + job.bytes, 0);
  return bytes < worthWorkers ? 1 : Math.min(cores, jobs.length);
}

/** See the file's comment. */
export async function readAll(
  jobs: readonly Job[],
  window: Window,
  watch: Watch = () => undefined,
  threads = threadsFor(jobs),
): Promise<AllRead> {
  if (threads > 1) return readByWorkers(jobs, window, watch, threads);
  const tally = newTally();
  const results: JobResult[] = [];
  let bytes = 0;
  for (const job of jobs)
    results.push(
      await readJob(job, tally, window, (more) => {
        bytes += more;
        watch(bytes);
      }),
    );
  return { tally, results };
}

async function readByWorkers(
  jobs: readonly Job[],
  window: Window,
  watch: Watch,
  threads: number,
): Promise<AllRead> {
  const waiting = [...jobs];
  const tally = newTally();
  const results: JobResult[] = [];
  const progress = new Float64Array(
    new SharedArrayBuffer(threads * Float64Array.BYTES_PER_ELEMENT),
  );
  const read = (): number => progress.reduce((sum, bytes) => sum + bytes, 0);
  const timer = setInterval(() => {
    watch(read());
  }, 100);
  const one = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const workerData: WorkerStart = { window, progress, index };
      const worker = new Worker(path.join(__dirname, "worker.js"), {
        workerData,
        // Lines live for a moment: a small nursery is as fast, and the memory does not grow.
        resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
      });
      const next = (): void => {
        const told: ToWorker = waiting.shift() ?? "end";
        worker.postMessage(told);
      };
      worker.on("message", (said: FromWorker) => {
        if (said === "ready") next();
        else if ("tally" in said) addTally(tally, said.tally);
        else {
          results.push(said);
          next();
        }
      });
      worker.on("error", reject);
      worker.on("exit", () => {
        resolve();
      });
    });
  try {
    await Promise.all(Array.from({ length: threads }, (_, index) => one(index)));
  } finally {
    clearInterval(timer);
  }
  results.sort((a, b) => a.id - b.id);
  return { tally, results };
}
