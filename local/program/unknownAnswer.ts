/** Answers of provider functions that no model knows, as the program gets them. */
import { syncBuiltinESMExports } from "node:module";
import url from "node:url";
import { UNKNOWN, type Props } from "../model/types";
import { toSdkValue, UNKNOWN_ON_THE_WIRE } from "./wireValues";

/** Property that marks an answer as unknown. */
const MARK = "hopwise:unknown";

/**
 * What a mock gives back where an answer is not known: what the program asked with, and an id that
 * it asked for.
 *
 * @param token of the function, e.g. `aws:ec2/getRouteTable:getRouteTable`
 */
export function unknownAnswer(token: string, args: Props): Props {
  const asked = token.split(":").at(-1)?.replace(/^get/, "") ?? "";
  const id = args.id ?? args[`${asked.charAt(0).toLowerCase()}${asked.slice(1)}Id`];
  return { ...args, ...(id !== undefined && { id }), [MARK]: UNKNOWN_ON_THE_WIRE };
}

/** The answer of a mock, in which single values are not known: they are as those of {@link unknownAnswer}. */
export function answerOf(answer: Props): Props {
  const known = Object.entries(answer).filter(([, value]) => value !== UNKNOWN);
  const whole = known.length === Object.keys(answer).length;
  return {
    ...(toSdkValue(Object.fromEntries(known)) as Props),
    ...(!whole && { [MARK]: UNKNOWN_ON_THE_WIRE }),
  };
}

/** An output of the SDK, as far as it is needed here. */
interface Output {
  apply(change: (value: unknown) => unknown, runWithUnknowns: boolean): unknown;
}

/**
 * Runs an action in which text that is not known is parsed, as JSON or a URL, into something that is not
 * known either: plain code takes settings of AWS's public parameters, and addresses, apart that way.
 */
export async function withUnknownTexts<T>(action: () => Promise<T>): Promise<T> {
  const { parse } = JSON;
  const { URL } = globalThis;
  JSON.parse = (text: unknown, ...more: unknown[]) =>
    isUnknown(text) ? unknown : (parse as (...args: unknown[]) => unknown)(text, ...more);
  globalThis.URL = url.URL = new Proxy(URL, {
    construct(target, args: unknown[], made): object {
      if (isUnknown(args[0])) return unknown;
      try {
        return Reflect.construct(target, args, made) as object;
      } catch (error) {
        // With a port that is not known, for instance.
        if (args.some((text) => String(text).includes(UNKNOWN_ON_THE_WIRE))) return unknown;
        throw error;
      }
    },
  });
  syncBuiltinESMExports();
  try {
    return await action();
  } finally {
    JSON.parse = parse;
    globalThis.URL = url.URL = URL;
    syncBuiltinESMExports();
  }
}

const isUnknown = (text: unknown): boolean => text === unknown || text === UNKNOWN_ON_THE_WIRE;

/** Puts something unknown in the place of an answer that is not known, in whichever form it comes. */
export function withUnknownOutputs(answer: unknown): unknown {
  if (answer instanceof Promise) return answer.then(unmarked);
  return isOutput(answer) ? answer.apply(unmarked, true) : answer;
}

const isOutput = (value: unknown): value is Output =>
  typeof value === "object" && value !== null && "__pulumiOutput" in value;

function unmarked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  // The SDK asks nobody where an argument is not known, and answers plain code with nothing.
  const unasked = !Array.isArray(value) && Object.keys(value).length === 0;
  if (!unasked && !Object.hasOwn(value, MARK)) return value;
  return new Proxy(value, {
    get: (target, key): unknown => {
      const known = Object.hasOwn(target, key) || typeof key === "symbol";
      return known || key.startsWith("__") ? Reflect.get(target, key) : unknownPart(key);
    },
  });
}

/** What the SDK asks of any value, to tell what it is. */
const unknownPart = (key: string): unknown => Reflect.get(unknown, key);

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
