/** An evaluation on its way from one process to another: what is no plain data is marked. */
import { types } from "node:util";
import type { Evaluation } from "../../local/program";
import { ProgramError } from "../../local/program/failure";

/** Key that marks a placeholder for another value. */
const MARK = "hopwise.transfer";

type Bag = Record<string, unknown>;

/** Functions are left out, and objects of classes other than these become plain. */
function packed(value: unknown, inside: readonly object[] = []): unknown {
  if (typeof value === "symbol") return { [MARK]: "symbol", key: Symbol.keyFor(value) };
  if (typeof value === "function") return undefined;
  if (typeof value !== "object" || value === null) return value;
  // Nothing that is shown leads back to itself.
  if (inside.includes(value)) return undefined;
  const around = [...inside, value];
  const inner = (part: unknown): unknown => packed(part, around);
  if (Array.isArray(value)) return value.map(inner);
  if (types.isMap(value))
    return new Map([...value].map(([key, part]) => [inner(key), inner(part)]));
  if (types.isSet(value)) return new Set([...value].map(inner));
  const bag = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]));
  if (types.isNativeError(value)) {
    const { name, message, stack, cause } = value;
    return { [MARK]: "error", name, message, stack, cause: inner(cause), bag };
  }
  return bag;
}

/** What was {@link packed}. */
function unpacked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  // What a process receives belongs to its main context. A test runner may run this in another one,
  // whose classes and prototypes are different.
  if (Array.isArray(value)) return Array.from(value, unpacked);
  if (types.isMap(value))
    return new Map([...value].map(([key, part]) => [unpacked(key), unpacked(part)]));
  if (types.isSet(value)) return new Set([...value].map(unpacked));
  const bag = value as Bag;
  switch (bag[MARK]) {
    case "symbol":
      return Symbol.for(String(bag.key));
    case "error":
      return Object.assign(new Error(String(bag.message)), parts(bag.bag), {
        name: bag.name,
        stack: bag.stack,
        cause: unpacked(bag.cause),
      });
    default:
      return parts(bag);
  }
}

const parts = (bag: unknown): Bag =>
  Object.fromEntries(Object.entries(bag as Bag).map(([key, part]) => [key, unpacked(part)]));

/** An evaluation, packed. Its resources are the account's. */
export function packedEvaluation(evaluation: Evaluation): unknown {
  // An account's are properties of its class, which what it is sent to need not load.
  const { region, resources, assumed, unmodelled, unanswered, causeOfMissing } = evaluation.account;
  const account = { region, resources, assumed, unmodelled, unanswered, causeOfMissing };
  return packed({ ...evaluation, account, resources: [] });
}

export function unpackedEvaluation(sent: unknown): Evaluation {
  const rest = unpacked(sent) as Evaluation;
  return { ...rest, resources: rest.account.resources };
}

/** An error of an evaluation, packed. */
export function packedError(error: unknown): unknown {
  if (!(error instanceof ProgramError)) return packed(error);
  const { message, refusals, logs, cause, until, problems } = error;
  const program = { message, refusals, logs, cause, problems };
  return { program: packed(program), until: until && packedEvaluation(until) };
}

export function unpackedError(sent: unknown): unknown {
  const { program, until } = (typeof sent === "object" && sent !== null ? sent : {}) as Bag;
  if (program === undefined) return unpacked(sent);
  const { message, refusals, logs, cause, problems } = unpacked(program) as ProgramError;
  const before = until === undefined ? undefined : unpackedEvaluation(until);
  return new ProgramError(message, refusals, logs, cause, before, problems);
}
