import type { ProgramOptions } from "../evaluation/options";
import { pair } from "../evaluation/options";

/** What `hopwise adopt` was asked for. */
export interface AdoptOptions extends ProgramOptions {
  /** File with the stack's state. */
  readonly state: string;
  /** Ends of URNs: what exists, and the child that takes it over. */
  readonly pair?: ReadonlyMap<string, string>;
  readonly json?: boolean;
}

/** `--pair OLD=NEW` */
export function parsePair(
  text: string,
  before?: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const example = "OLD=NEW, for example aws:ecs/service:Service::api=aws:ecs/service:Service::shop";
  return pair(text, before, example, (child) => child);
}
