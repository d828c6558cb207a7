/** h2load, nghttp2's load generator (.ci/get-clients). */
import { execFile } from "node:child_process";

/** What h2load says of a run. */
export interface Load {
  readonly perSecond: number;
  readonly mean: string;
  readonly max: string;
  /** Requests without an answer, or with one that is not 2xx. */
  readonly failed: number;
}

/** Runs h2load with these arguments. */
export function load(args: readonly string[]): Promise<Load> {
  return new Promise((resolve, reject) => {
    execFile("h2load", args, (error, stdout) => {
      const perSecond = Number(/, ([\d.]+) req\/s/.exec(stdout)?.[1]);
      const [, total, good] =
        /requests: (\d+) total[\s\S]*status codes: (\d+) 2xx/.exec(stdout) ?? [];
      const [, max = "", mean = ""] = /time for request: +\S+ +(\S+) +(\S+)/.exec(stdout) ?? [];
      if (error ?? Number.isNaN(perSecond)) reject(error ?? new Error(`h2load said:\n${stdout}`));
      else resolve({ perSecond, mean, max, failed: Number(total) - Number(good) });
    });
  });
}
