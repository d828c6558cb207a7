import type { Ora } from "ora";
import { languageOf, type Language } from "../language";
import { redraws } from "../screen";

/** Shows how far reading has come. */
export interface ReadProgress {
  /** So many bytes were read. */
  at(bytes: number): void;
  /** Takes it off the screen. */
  clear(): void;
}

const width = 24;

const words: Readonly<
  Record<
    Language,
    {
      readonly read: (bytes: string, total: string) => string;
      readonly left: (seconds: string) => string;
      readonly input: (bytes: string) => string;
    }
  >
> = {
  en: {
    read: (bytes, total) => `${bytes} of ${total}`,
    left: (seconds) => `${seconds} s left`,
    input: (bytes) => `${bytes} of standard input`,
  },
  ja: {
    read: (bytes, total) => `${bytes} / ${total}`,
    left: (seconds) => `残り ${seconds} 秒`,
    input: (bytes) => `標準入力から ${bytes}`,
  },
};

/** `████████░░░░  34 %  1.2 of 3.4 GB  3 s left` */
export function progressText(
  bytes: number,
  total: number,
  milliseconds: number,
  language: Language = "en",
): string {
  const share = total === 0 ? 1 : Math.min(1, bytes / total);
  const full = Math.round(share * width);
  const bar = "█".repeat(full) + "░".repeat(width - full);
  const seconds = share > 0 ? (milliseconds / share - milliseconds) / 1000 : NaN;
  // An estimate from the first moments would jump.
  const left =
    milliseconds < 500 || Number.isNaN(seconds)
      ? ""
      : `  ${words[language].left(seconds.toFixed(0))}`;
  const percent = Math.floor(share * 100);
  return `${bar} ${String(percent).padStart(3)} %  ${words[language].read(formatBytes(bytes), formatBytes(total))}${left}`;
}

/** Bytes as people read them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A bar on stderr, where that is a terminal and the text goes somewhere else or waits for its end. */
export function showReading(total: number): ReadProgress {
  if (!redraws(process.stderr)) return { at: () => undefined, clear: () => undefined };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it costs more than the rest of the start
  const { default: ora } = require("ora") as typeof import("ora");
  const spinner: Ora = ora({
    discardStdin: false,
    stream: process.stderr,
    color: process.env.NO_COLOR ? false : "cyan",
  });
  const started = Date.now();
  const language = languageOf();
  let shown = 0;
  return {
    at: (bytes) => {
      const now = Date.now();
      // What is over in a moment needs no bar.
      if (now - started < 300 || now - shown < 80) return;
      shown = now;
      spinner.text =
        total > 0
          ? progressText(bytes, total, now - started, language)
          : words[language].input(formatBytes(bytes));
      if (!spinner.isSpinning) spinner.start();
      spinner.render();
    },
    clear: () => {
      spinner.stop();
    },
  };
}
