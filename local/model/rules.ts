/** Rules about inputs alone, as data. Each skips values that are absent or not known yet. */
import { Props, Refusal } from "./types";
import { asNumber, valuesAt, isBag, isKnown, allValuesAt } from "./props";
import { UNKNOWN } from "./types";
import { reportingUnknown } from "./unknownReads";

/** Judges inputs; an empty list is acceptance. */
export type InputRule = (inputs: Props) => Refusal[];

/** AWS's code and page for a rule, and the message where AWS's own wording is known. */
export interface RefusalDetails {
  readonly code?: string;
  readonly source?: string;
  readonly message?: (value: string) => string;
}

const show = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

function refusal(
  says: RefusalDetails,
  property: string,
  value: unknown,
  otherwise: string,
): Refusal {
  return {
    code: says.code ?? "ValidationError",
    message: says.message?.(show(value)) ?? otherwise,
    property,
    source: says.source,
  };
}

/** Without this property the provider does not even ask AWS. */
export function required(path: string): InputRule {
  return (inputs) =>
    allValuesAt(inputs, path)
      .filter((found) => found.value !== UNKNOWN && !isKnown(found.value))
      .map((found) => ({
        code: "MissingRequiredProperty",
        message: `Missing required property '${found.path}'.`,
        property: found.path,
      }));
}

/** One of a closed list. */
export function oneOf(
  path: string,
  values: readonly (string | number)[],
  says: RefusalDetails = {},
): InputRule {
  return (inputs) =>
    valuesAt(inputs, path)
      .filter(({ value }) => !values.some((v) => String(v) === show(value)))
      .map(({ path: property, value }) =>
        refusal(says, property, value, `'${show(value)}' is none of ${values.join(", ")}.`),
      );
}

/** A whole number between two bounds, both allowed. */
export function range(
  path: string,
  min: number,
  max: number,
  says: RefusalDetails = {},
): InputRule {
  return (inputs) =>
    valuesAt(inputs, path).flatMap(({ path: property, value }) => {
      const n = asNumber(value);
      if (n !== undefined && Number.isInteger(n) && n >= min && n <= max) return [];
      const why = `'${show(value)}' is not a whole number between ${min} and ${max}.`;
      return [refusal(says, property, value, why)];
    });
}

/** Text of a form; `form` says in words what is allowed. */
export function matchesPattern(
  path: string,
  form: RegExp | ((value: string) => boolean),
  words: string,
  says: RefusalDetails = {},
): InputRule {
  const fits = typeof form === "function" ? form : (value: string) => form.test(value);
  return (inputs) =>
    valuesAt(inputs, path)
      .filter(({ value }) => typeof value !== "string" || !fits(value))
      .map(({ path: property, value }) =>
        refusal(says, property, value, `'${show(value)}' is not ${words}.`),
      );
}

/** Text of at most so many characters. */
export function maxLength(path: string, max: number, says: RefusalDetails = {}): InputRule {
  return (inputs) =>
    valuesAt(inputs, path)
      .filter(({ value }) => typeof value === "string" && value.length > max)
      .map(({ path: property, value }) =>
        refusal(says, property, value, `'${show(value)}' is longer than ${max} characters.`),
      );
}

/** At most one of several properties, and at least one unless `none` is allowed. */
export function exactlyOneOf(
  paths: readonly string[],
  says: RefusalDetails & { none?: boolean } = {},
): InputRule {
  return (inputs) => {
    const given = paths.filter((path) =>
      allValuesAt(inputs, path).some((f) => f.value !== undefined),
    );
    if (given.length === 1 || (given.length === 0 && says.none === true)) return [];
    const found = given.length === 0 ? "none" : given.join(" and ");
    const why = `One of ${paths.join(", ")} is needed, and ${found} is given.`;
    return [refusal(says, given[0] ?? paths[0] ?? "", found, why)];
  };
}

/** No two entries of a list share a value. */
export function unique(path: string, says: RefusalDetails = {}): InputRule {
  return (inputs) => {
    const seen = new Set<string>();
    return valuesAt(inputs, path).flatMap(({ path: property, value }) => {
      const key = show(value);
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [refusal(says, property, value, `'${key}' is listed twice.`)];
    });
  };
}

/** JSON text that parses to an object or a list. */
export function json(path: string, says: RefusalDetails = {}): InputRule {
  return (inputs) =>
    valuesAt(inputs, path).flatMap(({ path: property, value }) => {
      if (typeof value !== "string") return [];
      try {
        const parsed: unknown = JSON.parse(value);
        if (isBag(parsed) || Array.isArray(parsed)) return [];
        return [refusal(says, property, value, `The JSON is neither an object nor a list.`)];
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return [refusal({ ...says, message: undefined }, property, value, `Not JSON: ${reason}`)];
      }
    });
}

/**
 * A rule as a function that names what is wrong. What it finds
 * after it read a value that is not known does not count.
 */
export function when(
  wrong: (inputs: Props) => boolean | string | undefined,
  property: string,
  says: RefusalDetails & { readonly say?: string },
): InputRule {
  return (inputs) => {
    const found = wrong(inputs);
    if (found === false || found === undefined) return [];
    const unknown: string[] = [];
    wrong(reportingUnknown(inputs, (name) => unknown.push(name)));
    if (unknown.length > 0) return [];
    const value = typeof found === "string" ? found : "";
    return [refusal(says, property, value, says.say ?? value)];
  };
}
