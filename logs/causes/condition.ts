/**
 * Conditions as data, so that one table of causes has two uses: checking a line here, and writing
 * the same conditions as SQL in `logs/sql/`.
 */

/** A condition on a field. Text is compared exactly. */
export type CauseCondition<Facts> = {
  readonly [Field in keyof Facts]-?: {
    readonly field: Field;
  } & Ask<NonNullable<Facts[Field]>>;
}[keyof Facts];

type Ask<Value> =
  | { readonly is: Value }
  | { readonly oneOf: readonly Value[] }
  | { readonly isNot: Value }
  | { readonly noneOf: readonly Value[] }
  /** The log does not have the field. */
  | { readonly absent: true }
  | (Value extends number
      ? { readonly below: number } | { readonly atLeast: number }
      : { readonly begins: string } | { readonly ends: string } | { readonly has: string });

/** A condition without the types of its field, as both readers take it. */
export type AnyCondition = { readonly field: PropertyKey } & Readonly<
  Partial<Record<"is" | "isNot", string | number>> &
    Partial<Record<"oneOf" | "noneOf", readonly (string | number)[]>> &
    Partial<Record<"absent", true>> &
    Partial<Record<"below" | "atLeast", number>> &
    Partial<Record<"begins" | "ends" | "has", string>>
>;

/** True if the facts meet a condition. A value that is missing in the line only meets `absent`. */
function meets(facts: Readonly<Record<PropertyKey, unknown>>, condition: AnyCondition): boolean {
  const value = facts[condition.field];
  if (condition.absent) return value === undefined;
  if (value === undefined) return false;
  if (condition.is !== undefined) return value === condition.is;
  if (condition.isNot !== undefined) return value !== condition.isNot;
  if (condition.oneOf !== undefined) return condition.oneOf.includes(value as string);
  if (condition.noneOf !== undefined) return !condition.noneOf.includes(value as string);
  if (condition.below !== undefined) return (value as number) < condition.below;
  if (condition.atLeast !== undefined) return (value as number) >= condition.atLeast;
  const text = typeof value === "string" ? value : "";
  if (condition.begins !== undefined) return text.startsWith(condition.begins);
  if (condition.ends !== undefined) return text.endsWith(condition.ends);
  return text.includes(condition.has ?? "");
}

/** The first row whose conditions are all met. */
export function firstThatHolds<
  Facts extends object,
  Row extends { readonly when: readonly CauseCondition<Facts>[] },
>(rows: readonly Row[], facts: Facts): Row | undefined {
  return rows.find((row) =>
    (row.when as readonly AnyCondition[]).every((condition) =>
      meets(facts as Record<PropertyKey, unknown>, condition),
    ),
  );
}
