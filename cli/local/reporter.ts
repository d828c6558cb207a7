import type { Evaluation } from "../../local/program";
import type { ServeEvent } from "../../local/serve";
import type { ProbeVerdict } from "./runProbes";
import type { Probe } from "./probes";
import type { ServedProgram } from "./serveProgram";

/** Shows a person, or reports to a program, what happens. */
export interface Reporter {
  /** A program is served: what is known of it. */
  serving(program: Evaluation, served: ServedProgram): void;
  /** Requests may be made now, these for example. */
  ready(served: ServedProgram, probes: readonly Probe[], watching: boolean): void;
  /** Something happened while it is served. */
  event(event: ServeEvent): void;
  /** Requests are about to be made and judged. */
  checking(probes: readonly Probe[]): void;
  verdict(verdict: ProbeVerdict): void;
  /** @param unchecked why no request was made, where none was */
  checked(requests: number, bad: number, unchecked?: string): void;
  /** Files changed and are read again. */
  changing(files: readonly string[]): void;
  /** What that is about to change. */
  changes(before: Evaluation, after: Evaluation): void;
  changed(before: Evaluation, after: Evaluation, milliseconds: number): void;
  /** Nothing changes, because something is wrong. */
  notChanged(why: string): void;
  /** Nothing more comes. */
  end(): void;
}
