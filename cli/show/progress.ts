import type { Ora } from "ora";
import { printable } from "../../path/printable";
import type { Screen } from "../screen";

/** What happens now, for someone who waits. */
export interface Progress {
  /** Replaces what is shown as happening. */
  now(text: string): void;
  /** Ends it well, with what came of it. */
  done(text: string): void;
  /** Takes it off the screen, before an error is printed. */
  clear(): void;
}

/** Redrawn in place, by ora. It is loaded here, because it costs more than the rest of the start. */
function live(text: string, screen: Screen): Progress {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily, and without a gap before the first frame
  const { default: ora } = require("ora") as typeof import("ora");
  // Ctrl-C stays ours: with `discardStdin` ora would take over the terminal's input.
  const spinner: Ora = ora({
    text,
    discardStdin: false,
    stream: (screen.output as { readonly fd?: number }).fd === 2 ? process.stderr : process.stdout,
    // ora does not know NO_COLOR.
    color: screen.style("cyan", text) === text ? false : "cyan",
  }).start();
  return {
    now: (next) => {
      spinner.text = printable(next);
      // The program's evaluation leaves timers no turn, so that frames are drawn by hand.
      spinner.render();
    },
    done: (last) => {
      const symbol = screen.style("green", screen.signs.good);
      spinner.stopAndPersist({ symbol, text: printable(last) });
    },
    clear: () => {
      spinner.stop();
    },
  };
}

/** A line at the end only, where nobody watches. */
function still(screen: Screen): Progress {
  return {
    now: () => undefined,
    done: (last) => {
      screen.print(`${screen.style("green", screen.signs.good)} ${last}`);
    },
    clear: () => undefined,
  };
}

/**
 * Shows that something is under way.
 *
 * @param printing true when lines are printed meanwhile, which a redrawn line would mix with
 */
export function startProgress(text: string, screen: Screen, printing = false): Progress {
  return screen.live && !printing ? live(text, screen) : still(screen);
}
