/** Property bags, taken apart and renamed. */

export type Bag = Readonly<Record<string, unknown>>;

export const isBag = (value: unknown): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A block: the only one of a list, or as it is; empty where there is none. */
export const bagOf = (value: unknown): Bag => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isBag(one) ? one : {};
};

/** Blocks that may be there several times. */
export const bags = (value: unknown): readonly Bag[] =>
  Array.isArray(value) ? value.filter(isBag) : isBag(value) ? [value] : [];

/** A bag with some keys renamed, and without those that are renamed to nothing. */
export function renamed(bag: Bag, names: Readonly<Record<string, string | undefined>>): Bag {
  const entries = Object.entries(bag).map(([key, value]): [string | undefined, unknown] => [
    key in names ? names[key] : key,
    value,
  ]);
  return Object.fromEntries(entries.filter(([key]) => key !== undefined)) as Bag;
}

/** A document that may be given as JSON. */
export const parsed = (value: unknown): unknown =>
  typeof value === "string" ? (JSON.parse(value) as unknown) : value;
