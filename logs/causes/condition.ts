/**
 * Conditions as data, so that one table of causes is read twice: here, to judge a line, and in
 * `logs/sql/`, which writes the same conditions as SQL.
 */

/** What a condition asks of a field. Text is compared as it stands, letter by letter. */
export type CauseCondition<Facts> = {
  readonly [Field in keyof Facts]-?: {
    readonly field: Field;
  } & Ask<NonNullable<Facts[Field]>>;
}[keyof Facts];

type Ask<Value> =
  | { readonly is: Value }
  | { readonly oneOf: readonly Value[] }
  | { readonly isNot: Value }
  /** The log does not have the field. */
  | { readonly absent: true }
  | (Value extends number
      ? { readonly below: number } | { readonly atLeast: number }
      : { readonly begins: string } | { readonly ends: string } | { readonly has: string });

/** A condition without the types of its field, as both readers take it. */
export type AnyCondition = { readonly field: PropertyKey } & Readonly<
  Partial<Record<"is" | "isNot", string | number>> &
    Partial<Record<"oneOf", readonly (string | number)[]>> &
    Partial<Record<"absent", true>> &
    Partial<Record<"below" | "atLeast", number>> &
    Partial<Record<"begins" | "ends" | "has", string>>
>;

/** True when the facts meet a condition. What a line does not say meets none but `absent`. */
function meets(facts: Readonly<Record<PropertyKey, unknown>>, condition: AnyCondition): boolean {
  const value = facts[condition.field];
  if (condition.absent) return value === undefined;
  if (value === undefined) return false;
  if (condition.is !== undefined) return value === condition.is;
  if (condition.isNot !== undefined) return value !== condition.isNot;
  if (condition.oneOf !== undefined) return condition.oneOf.includes(value as string);
  if (condition.below !== undefined) return (value as number) < condition.below;
  if (condition.atLeast !== undefined) return (value as number) >= condition.atLeast;
  const text = typeof value === "string" ? value : "";
  if (condition.begins !== undefined) return text.startsWith(condition.begins);
  if (condition.ends !== undefined) return text.endsWith(condition.ends);
  return text.includes(condition.has ?? "");
}

/** The first row whose conditions all hold. */
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
