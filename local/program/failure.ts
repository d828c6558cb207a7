/** What went wrong with a program, as one error and as data. */
import * as path from "node:path";
import type { ResourceVerdict } from "../model/refusal";
import type { Evaluation } from ".";
import { loadProblem } from "./errors";
import { missingKey, missingSettings } from "./missingSettings";
import type { Project } from "./project";
import type { LogMessage } from "./sdk";
import { withoutSecretsIn } from "./secrets";
import { placeIn, positionOf } from "./traces";
import { explainUnknown } from "./unknownValue";
import type { UncheckedCheck, Position, ResourceRefusal, Subject } from "../model/types";

/** An error of the program itself: thrown, or logged as one. */
export interface ProgramProblem {
  readonly message: string;
  /** The nearest line of the program; absent where the error does not lead there. */
  readonly position?: Position;
  /**
   * URN or token of what AWS refused, where its missing values may be why: the error tells nothing
   * until that is corrected.
   */
  readonly because?: string;
  /** True where the stack lacks settings that the program requires. */
  readonly missing?: true;
}

/** A program that threw, logged an error, or asked AWS for what it refuses. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  constructor(
    message: string,
    /** Everything AWS refused, over all resources. */
    readonly refusals: readonly ResourceRefusal[],
    readonly logs: readonly LogMessage[],
    cause?: unknown,
    /** What there was until it failed, refused resources included. */
    readonly until?: Evaluation,
    /** The program's own errors, refusals aside. */
    readonly problems: readonly ProgramProblem[] = [],
  ) {
    super(message, { cause });
  }
}

/** Everything refused, without the program's secrets. */
export function refusalsOf(
  verdicts: readonly ResourceVerdict[],
  secrets: ReadonlySet<string>,
): ResourceRefusal[] {
  return verdicts.flatMap((verdict) =>
    (verdict.refusal?.refusals ?? []).map((refusal) => ({
      ...subjectOf(verdict),
      ...refusal,
      message: withoutSecretsIn(refusal.message, secrets),
    })),
  );
}

/** Everything that could not be checked because something else is refused. */
export function uncheckedOf(verdicts: readonly ResourceVerdict[]): UncheckedCheck[] {
  return verdicts.flatMap((verdict) =>
    verdict.notChecked.map((unchecked) => ({ ...subjectOf(verdict), ...unchecked })),
  );
}

const subjectOf = ({ urn, type, name, position }: ResourceVerdict): Subject => ({
  urn,
  type,
  name,
  position,
});

/**
 * One error for all that went wrong; undefined when nothing did. A registration that fails with a
 * refusal throws it once more, which says nothing new.
 *
 * @param project the program's, its root without symbolic links
 */
export function programErrorOf(
  verdicts: readonly ResourceVerdict[],
  thrown: readonly unknown[],
  until: Evaluation,
  project: Project,
): ProgramError | undefined {
  const { logs, secrets, resources, account } = until;
  const { root } = project;
  const refused = verdicts.flatMap((verdict) => {
    const { refusal, position } = verdict;
    return refusal ? [{ refusal, position }] : [];
  });
  const repeats = (error: unknown): boolean =>
    error instanceof Error &&
    refused.some(({ refusal }) => error.message.includes(refusal.message));
  const settings = missingSettings(thrown, project);
  const errors = thrown.filter((error) => !repeats(error) && missingKey(error) === undefined);
  const logged = logs.filter((log) => log.severity === "error");
  if (refused.length + thrown.length + logged.length === 0) return undefined;

  const explained = (text: string, error: unknown): string =>
    explainUnknown(text, error, account.unanswered);
  const hide = (text: string): string => withoutSecretsIn(text, secrets);
  const messages = [
    ...refused.map(({ refusal, position }) => placed(refusal.message, position, root)),
    ...(settings ? [placed(settings.message, settings.position, root)] : []),
    ...errors.map((error) => explained(described(error, root), error)),
    ...logged.map(({ message }) => message),
  ];
  const problems: ProgramProblem[] = [
    ...(settings ? [settings] : []),
    ...errors.map((error) => ({
      ...located(hide(explained(messageOf(error, root), error)), error, root),
      ...(error instanceof TypeError && { because: account.causeOfMissing }),
    })),
    ...logged.map(({ message, urn }) => ({
      message: hide(message),
      position: resources.find((resource) => resource.urn === urn)?.position,
    })),
  ];
  const message = hide([...new Set(messages)].join("\n"));
  return new ProgramError(message, until.refusals, logs, errors[0], until, problems);
}

function messageOf(error: unknown, root: string): string {
  if (!(error instanceof Error)) return `The program threw ${String(error)}.`;
  return loadProblem(error, root) ?? withoutWay(error.message);
}

/** What went wrong with a value shows up in each property that it would have reached. */
const withoutWay = (message: string): string =>
  message.replace(/^(?:error serializing property "[^"]*": )+/, "");

/** What went wrong, for people: an error made for them as it is, another one with where it was. */
function described(error: unknown, root: string): string {
  const message = messageOf(error, root);
  if (!(error instanceof Error) || message !== error.message) return message;
  // The SDK spells the second mark like this.
  const made = ["__pulumiRunError", "__pulumResourceError"].some((mark) => mark in error);
  const bare = made && (!("hideStack" in error) || error.hideStack === true);
  if (bare) return message;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const place = frames.find((line) => !/node_modules|node:|local[/\\]program/.test(line));
  return [message, ...(place === undefined ? [] : [place])].join("\n");
}

/** What an error says, and where in the program that is. */
function located(message: string, error: unknown, root: string): ProgramProblem {
  if (!(error instanceof Error)) return { message };
  // A file that cannot be loaded stands at the beginning of the message, not in the trace.
  const [start = "", at] = /^(\S.*?:\d+(?::\d+)?):? /.exec(message) ?? [];
  const loading =
    at === undefined ? undefined : placeIn(`at ${/:\d+:\d+$/.test(at) ? at : `${at}:1`}`);
  const place = loading ?? placeIn(error.stack);
  const position = place && positionOf(place, root);
  return { message: loading && position ? message.slice(start.length) : message, position };
}

function placed(message: string, position: Position | undefined, root: string): string {
  if (position === undefined) return message;
  const { file, line, column = 1 } = position;
  return `${message}\n    at ${path.join(root, file)}:${line}:${column}`;
}
