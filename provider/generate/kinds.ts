/** What kind of type a TypeScript type is, as far as a schema distinguishes them. */
import * as ts from "typescript";

export type Kind =
  | { readonly kind: "output"; readonly of: ts.Type }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "string" | "integer" | "boolean" | "function" | "any" }
  | { readonly kind: "array"; readonly of: ts.Type }
  | { readonly kind: "map"; readonly of: ts.Type }
  | { readonly kind: "resource" | "component"; readonly name: string; readonly type: ts.Type }
  | { readonly kind: "object"; readonly parts: readonly ts.Type[] };

/** `undefined` left out. */
export function present(type: ts.Type): readonly ts.Type[] {
  return members(type).filter(
    ({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)),
  );
}

const members = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

/**
 * The kind of a type, or of several that a value may have.
 * @throws Error for what no schema can express
 */
export function kindOf(types: ts.Type | readonly ts.Type[], checker: ts.TypeChecker): Kind {
  const parts = [types].flat().flatMap(present);
  const all = (flags: ts.TypeFlags): boolean => parts.every((part) => part.flags & flags);
  const output = parts.map((part) => outputOf(part, checker)).find((part) => part !== undefined);
  if (output !== undefined) return { kind: "output", of: output };
  if (parts.some(({ flags }) => flags & ts.TypeFlags.Any))
    throw new Error("has a type of a file that index.ts does not read");
  if (all(ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) return { kind: "any" };
  if (parts.every((part) => part.isStringLiteral()))
    return { kind: "enum", values: [...new Set(parts.map(({ value }) => value))].sort() };
  if (all(ts.TypeFlags.StringLike)) return { kind: "string" };
  // Numbers are counts, ports, seconds and sizes: none of them has a fraction.
  if (all(ts.TypeFlags.NumberLike)) return { kind: "integer" };
  if (all(ts.TypeFlags.BooleanLike)) return { kind: "boolean" };
  const [first] = parts;
  if (first === undefined) throw new Error("has no value");
  if (!all(ts.TypeFlags.Object | ts.TypeFlags.Intersection)) throw new Error("mixes types");
  if (parts.length === 1) return ofObject(first, checker);
  return { kind: "object", parts };
}

function ofObject(type: ts.Type, checker: ts.TypeChecker): Kind {
  if (checker.isArrayType(type)) {
    const [of] = checker.getTypeArguments(type as ts.TypeReference);
    if (of !== undefined) return { kind: "array", of };
  }
  if (type.getCallSignatures().length > 0) return { kind: "function" };
  const base = resourceBase(type, checker);
  if (base !== undefined) return { kind: base, name: type.getSymbol()?.getName() ?? "", type };
  const value = type.getStringIndexType();
  if (value !== undefined) return { kind: "map", of: value };
  return { kind: "object", parts: [type] };
}

/** The `T` of `Output<T>`, or of what makes `Input<T>` take one. */
function outputOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const parts = type.isIntersection() ? type.types : [type];
  const instance = parts.find((part) => part.getSymbol()?.getName() === "OutputInstance");
  return instance && checker.getTypeArguments(instance as ts.TypeReference)[0];
}

function resourceBase(
  type: ts.Type,
  checker: ts.TypeChecker,
): "resource" | "component" | undefined {
  if (!type.isClass()) return undefined;
  for (const base of checker.getBaseTypes(type)) {
    const name = base.getSymbol()?.getName();
    if (name === "CustomResource") return "resource";
    if (name === "ComponentResource") return "component";
    const further = resourceBase(base, checker);
    if (further !== undefined) return further;
  }
  return undefined;
}
