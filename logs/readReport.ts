/** What was read, and what could not be: files, lines, and their kinds. */
import { top, type Ranked } from "./counter";
import { lineKinds, type LineCounts } from "./lineKinds";
import type { ReportInput } from "./report";
import type { Example } from "./tally";
import { english } from "./words";

/** A line in a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Files and lines, and those that could not be read. */
export interface ReadReport {
  readonly files: number;
  readonly lines: number;
  /** Lines by what they are; they add up to `lines`. A line of JSON counts once for each record. */
  readonly kinds: LineCounts;
  /** Lines that were cut and read as far as they went; they are among the kinds, too. */
  readonly cut: number;
  /** Files that could not be read to the end. */
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
  readonly malformed: {
    readonly kinds: readonly Ranked[];
    readonly examples: readonly (Place & { readonly problem: string })[];
  };
}

/** The part of a report about what was read. */
export function readReport(input: ReportInput): ReadReport {
  const { tally, files, words = english } = input;
  const placed = (example: Example): Place => ({ ...input.place(example), text: example.text });
  return {
    files,
    lines: lineKinds.reduce((sum, kind) => sum + tally.lines[kind], 0),
    kinds: tally.lines,
    problems: input.problems.map(({ file, problem }) => ({
      file,
      problem: words.problem(problem),
    })),
    cut: tally.loadBalancer.cut,
    malformed: {
      kinds: top(tally.malformed, input.top).top.map(({ name, count }) => ({
        name: words.problem(name),
        count,
      })),
      examples: tally.malformedExamples.map((one) => ({
        ...placed(one),
        problem: words.problem(one.problem ?? ""),
      })),
    },
  };
}
