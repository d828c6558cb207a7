/** Answers of provider functions that no model knows, as the program gets them. */
import { UNKNOWN_ON_THE_WIRE } from "./wireValues";

/** Property of an answer of which nothing is known. */
const MARK = "hopwise:unknown";

/** What a mock gives back where nothing of an answer is known. */
export const unknownAnswer = { [MARK]: UNKNOWN_ON_THE_WIRE };

/** An output of the SDK, as far as it is needed here. */
interface Output {
  apply(change: (value: unknown) => unknown): unknown;
}

/** Puts something unknown in the place of an answer that is not known, in whichever form it comes. */
export function withUnknown(answer: unknown): unknown {
  if (answer instanceof Promise) return answer.then(unmarked);
  return isOutput(answer) ? answer.apply(unmarked) : answer;
}

const isOutput = (value: unknown): value is Output =>
  typeof value === "object" && value !== null && "__pulumiOutput" in value;

const unmarked = (value: unknown): unknown =>
  typeof value === "object" && value !== null && MARK in value ? unknown : value;

const methods = new Set([
  ...Object.getOwnPropertyNames(Array.prototype),
  ...Object.getOwnPropertyNames(String.prototype),
]);

/**
 * A value that the SDK takes for unknown, and all of whose parts are. Plain code, which got it from a
 * promise, can go on with it as with a list or a text: what comes of that is unknown too.
 */
const unknown: object = new Proxy(
  {},
  {
    get(_target, key) {
      if (key === "__pulumiUnknown") return true;
      if (key === Symbol.toPrimitive || key === "toString" || key === "toJSON")
        return () => UNKNOWN_ON_THE_WIRE;
      if (key === Symbol.iterator) return () => [unknown].values();
      if (typeof key === "symbol" || key.startsWith("__") || key === "then") return undefined;
      if (key === "doNotCapture" || key === "deploymentOnlyModule") return undefined;
      if (key === "length") return 1;
      return methods.has(key) && key !== "constructor" ? parts(key) : unknown;
    },
  },
);

/** Methods that call back get something unknown to look at, so that what the program makes of it shows. */
function parts(method: string): (...args: readonly unknown[]) => unknown {
  if (!["map", "forEach", "flatMap"].includes(method)) return () => unknown;
  return (call) => [(call as (value: unknown, index: number) => unknown)(unknown, 0)].flat();
}
