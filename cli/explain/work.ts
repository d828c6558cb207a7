/** A worker thread: reads one job after the other into its tally, which it sends at the end. */
import { parentPort, workerData } from "node:worker_threads";
import type { Wanted } from "../../logs/wanted";
import { newTally, type Tally } from "../../logs/tally";
import type { Job } from "./jobs";
import { readJob, type JobResult } from "./read";

/** What a worker is started with. */
export interface WorkerStart {
  readonly wanted: Wanted;
  /** Bytes read so far, for the progress bar; a number per worker, shared. */
  readonly progress: Float64Array;
  readonly index: number;
}

/** What a worker receives: a job, or that there are no more. */
export type ToWorker = Job | "end";
/** What it sends. */
export type FromWorker = "ready" | JobResult | { readonly tally: Tally };

if (parentPort !== null) {
  const port = parentPort;
  const { wanted, progress, index } = workerData as WorkerStart;
  const tally = newTally();
  const say = (message: FromWorker): void => {
    port.postMessage(message);
  };
  let last = Promise.resolve();
  const read = async (job: Job): Promise<void> => {
    const result = await readJob(job, tally, wanted, (bytes) => {
      progress[index] = (progress[index] ?? 0) + bytes;
    });
    say(result);
  };
  port.on("message", (received: ToWorker) => {
    // One after the other, the tally last.
    last = last.then(() => {
      if (received !== "end") return read(received);
      // `end` comes instead of every further job: a closed port sends nothing twice.
      say({ tally });
      port.close();
      return undefined;
    });
  });
  say("ready");
}
