/** Changes what is served when the program's files change. */
import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { FSWatcher } from "chokidar";
import type { Evaluation } from "../../local/program";
import { readTopology } from "../../topology";
import { describeFailure } from "../failure";
import type { Reporter } from "./reporter";
import type { ServedProgram } from "./serveProgram";

/** What is watched, and what to do. */
export interface ReloadOptions {
  /** Folders, absolute. */
  readonly folders: readonly string[];
  readonly program: Evaluation;
  readonly served: ServedProgram;
  /** Evaluates the program; a signal ends that. */
  readonly evaluate: (signal: AbortSignal) => Promise<Evaluation>;
  readonly reporter: Reporter;
}

/** Milliseconds without another change after which a change counts as finished. */
const quietMs = 120;
/** Milliseconds that an evaluation goes on after a change: a program may write files itself. */
const gracePeriodMs = 3_000;
/** Files that are not watched: packages, hidden files, and temporary files of editors. */
const ignored = /(^|[\\/])(node_modules|\.[^\\/.][^\\/]*)([\\/]|$)|~$|[\\/]4913$/;

/** Folders whose files a program is made of: its own, and those that its images are built from. */
export function watchedFolders(projectDir: string, { cwd, resources }: Evaluation): string[] {
  const contexts = readTopology(resources).services.flatMap((service) =>
    service.containers.flatMap(({ context }) =>
      context === undefined ? [] : resolve(cwd, context),
    ),
  );
  const folders = [...new Set([projectDir, cwd, ...contexts])];
  const within = (folder: string, other: string): boolean => folder.startsWith(other + sep);
  return folders.filter((folder) => !folders.some((other) => within(folder, other)));
}

/**
 * Watches until closed. One change is applied after another; what changes meanwhile is applied
 * after that, all at once.
 *
 * @returns once the watching has begun
 */
export async function reloadOnChange(options: ReloadOptions): Promise<{ close(): Promise<void> }> {
  const { watch } = await import("chokidar");
  const reload = new Reload(options);
  const watcher: FSWatcher = watch([...options.folders], {
    ignored: (file) => options.folders.some((folder) => ignored.test(relative(folder, file))),
    ignoreInitial: true,
  });
  watcher.on("all", (event, file) => {
    if (event !== "addDir" && event !== "unlinkDir") reload.changed(file);
  });
  await new Promise<void>((resolve) => {
    watcher.once("ready", resolve);
  });
  return {
    close: async () => {
      reload.end();
      await watcher.close();
    },
  };
}

class Reload {
  private program: Evaluation;
  private files = new Set<string>();
  private timer?: NodeJS.Timeout;
  private busy = false;
  private over = false;
  /** Ends the evaluation that is under way. */
  private evaluation?: AbortController;

  constructor(private readonly options: ReloadOptions) {
    this.program = options.program;
  }

  changed(file: string): void {
    this.files.add(relative(this.options.folders[0] ?? "", file));
    const { evaluation } = this;
    // What is being evaluated is old now, and may be a loop without an end.
    if (evaluation)
      setTimeout(() => {
        evaluation.abort();
      }, gracePeriodMs).unref();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), quietMs);
  }

  end(): void {
    this.over = true;
    this.evaluation?.abort();
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    if (this.busy || this.over) return;
    this.busy = true;
    // Editors write a temporary file and rename it: such a name is only shown if there is no other.
    const all = [...this.files];
    const there = all.filter((file) => existsSync(resolve(this.options.folders[0] ?? "", file)));
    const files = there.length > 0 ? there : all;
    this.files = new Set();
    await this.apply(files);
    this.busy = false;
    if (this.files.size > 0) await this.run();
  }

  /** Never rejects: what is wrong with an edited program is shown, and the old one goes on. */
  private async apply(files: readonly string[]): Promise<void> {
    const { served, evaluate, reporter } = this.options;
    const started = Date.now();
    const evaluation = new AbortController();
    this.evaluation = evaluation;
    reporter.changing(files);
    try {
      const next = await evaluate(evaluation.signal);
      this.evaluation = undefined;
      const before = this.program;
      reporter.changes(before, next);
      await served.update(next);
      this.program = next;
      reporter.changed(before, next, Date.now() - started);
    } catch (error) {
      const abandoned = evaluation.signal.aborted && this.evaluation === evaluation;
      if (!this.over && !abandoned) reporter.notChanged(describeFailure(error));
    }
  }
}
