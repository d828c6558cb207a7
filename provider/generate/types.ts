/** The types of a package's schema, made of TypeScript's. */
import * as ts from "typescript";
import { documented } from "./docs";
import { kindOf, present, type Kind } from "./kinds";
import { constantName, isOurs, ownerOf, ownName } from "./names";
import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "../spec";

/** What programs need of a resource: the rest of it can be read by its id. */
const identifiers = {
  id: "Its id.",
  arn: "Its ARN.",
  arnSuffix: "The end of its ARN, as CloudWatch's metrics have it.",
  name: "Its name.",
  dnsName: "Its DNS name.",
  domainName: "Its domain name.",
  zoneId: "The hosted zone for alias records that point to it.",
  hostedZoneId: "The hosted zone for alias records that point to it.",
};

/** Where a type is used: it is named after that where it has no name. */
interface Place {
  readonly property: ts.Symbol;
  readonly input: boolean;
}

/** Collects the named types that properties refer to. */
export class Types {
  readonly specs: Record<string, ObjectSpec | EnumSpec> = {};
  readonly problems: string[] = [];
  /** What each name was first given to. */
  private readonly named = new Map<string, unknown>();

  constructor(
    private readonly pkg: string,
    private readonly checker: ts.TypeChecker,
    private readonly components: ReadonlySet<string>,
  ) {}

  /**
   * The properties of a type, without those that only TypeScript can have (functions). Of several
   * types: what only some have is optional.
   */
  properties(
    types: readonly ts.Type[],
    input: boolean,
  ): Required<Omit<ObjectSpec, "type" | "description">> {
    const properties: Record<string, PropertySpec> = {};
    const required: string[] = [];
    const names = types.flatMap((type) => this.fieldsOf(type).map((field) => field.getName()));
    for (const name of new Set(names)) {
      const found = types.map((type) => this.checker.getPropertyOfType(type, name));
      const symbols = found.filter((one) => one !== undefined);
      const spec = this.property(symbols, input);
      if (spec === undefined) continue;
      properties[name] = spec;
      const always =
        symbols.length === found.length && !symbols.some((one) => this.isOptional(one));
      if (always) required.push(name);
    }
    return { properties, required: required.sort() };
  }

  private fieldsOf(type: ts.Type): ts.Symbol[] {
    return this.checker.getPropertiesOfType(type).filter((symbol) => {
      const declaration = symbol.declarations?.[0];
      if (declaration === undefined || !isOurs(declaration)) return false;
      if (symbol.flags & ts.SymbolFlags.Method) return false;
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
      return !(ts.getCombinedModifierFlags(declaration) & hidden);
    });
  }

  private isOptional(symbol: ts.Symbol): boolean {
    if (symbol.flags & ts.SymbolFlags.Optional) return true;
    const type = this.checker.getTypeOfSymbol(symbol);
    return present(type).length < (type.isUnion() ? type.types.length : 1);
  }

  private property(symbols: readonly ts.Symbol[], input: boolean): PropertySpec | undefined {
    const [property] = symbols;
    if (property === undefined) return undefined;
    const place = { property, input };
    const types = symbols.map((symbol) => this.checker.getTypeOfSymbol(symbol));
    const type = this.typeSpec(types, place);
    if (type === undefined) return undefined;
    const { text = this.descriptionOf(type), given } = documented(property, this.checker);
    if (input && text === undefined) this.report(place, "has no doc comment");
    const description = [text, given && `Default: ${given}.`].filter((one) => one).join(" ");
    return { ...withElements(type), ...(description !== "" && { description }) };
  }

  /** What the type says of itself, for a property that says nothing. */
  private descriptionOf({ $ref }: TypeSpec): string | undefined {
    return $ref && this.specs[$ref.replace("#/types/", "")]?.description;
  }

  /** Undefined for a function, which no other language can pass. */
  private typeSpec(type: ts.Type | readonly ts.Type[], place: Place): TypeSpec | undefined {
    let kind: Kind;
    try {
      kind = kindOf(type, this.checker);
    } catch (error) {
      this.report(place, (error as Error).message);
      return undefined;
    }
    if (kind.kind === "output") {
      const spec = this.typeSpec(kind.of, place);
      if (spec === undefined) return undefined;
      const { plain, ...lifted } = spec;
      return plain ? lifted : spec;
    }
    const spec = this.kindSpec(kind, place);
    return spec && (place.input ? { ...spec, plain: true } : spec);
  }

  private kindSpec(kind: Exclude<Kind, { kind: "output" }>, place: Place): TypeSpec | undefined {
    switch (kind.kind) {
      case "function":
        return undefined;
      case "any":
        return { $ref: "pulumi.json#/Any" };
      case "string":
      case "integer":
      case "boolean":
        return { type: kind.kind };
      case "array": {
        const items = this.typeSpec(kind.of, place);
        return items && { type: "array" as const, items };
      }
      case "map": {
        const additionalProperties = this.typeSpec(kind.of, place);
        return additionalProperties && { type: "object" as const, additionalProperties };
      }
      case "enum": {
        const named = this.namedBy(place, kind.values);
        const name = named?.getName() ?? ownName(place.property);
        return this.reference(name, String(kind.values), () => this.enumSpec(kind.values, named));
      }
      case "object":
        return this.ofObject(kind.parts, place);
      case "resource":
        return this.ofResource(kind, place);
      case "component":
        // Of awsx: what programs need of it is among the component's own outputs.
        if (!isOurs(kind.type.getSymbol()?.declarations?.[0])) return undefined;
        return this.reference(`${kind.name}Outputs`, kind.type, () =>
          this.object([kind.type], place),
        );
    }
  }

  private ofResource({ name, type }: { name: string; type: ts.Type }, place: Place) {
    if (place.input) {
      this.report(place, `takes a ${name}; let it take its id or ARN`);
      return undefined;
    }
    const known = Object.entries(identifiers).filter(([key]) => {
      const property = this.checker.getPropertyOfType(type, key);
      if (property === undefined) return false;
      const kind = kindOf(this.checker.getTypeOfSymbol(property), this.checker);
      return kind.kind === "output" && kindOf(kind.of, this.checker).kind === "string";
    });
    return this.reference(`${name}Ids`, String(known), () => ({
      type: "object",
      description: `What identifies a ${name} of AWS.`,
      properties: Object.fromEntries(
        known.map(([key, description]) => [key, { type: "string", description }]),
      ),
      required: known.map(([key]) => key).sort(),
    }));
  }

  private object(types: readonly ts.Type[], { input }: Place): ObjectSpec {
    const [type] = types;
    const symbol = type?.aliasSymbol ?? type?.getSymbol();
    return { type: "object", ...this.describe(symbol), ...this.properties(types, input) };
  }

  private enumSpec(values: readonly string[], named: ts.Symbol | undefined): EnumSpec {
    const list = values.map((value) => ({ name: constantName(value), value }));
    return { type: "string", ...this.describe(named), enum: list };
  }

  /** The alias that a property's declaration writes for these values: the type itself forgets it. */
  private namedBy({ property }: Place, values: readonly string[]): ts.Symbol | undefined {
    const aliases = (node: ts.Node): ts.Symbol[] => {
      const own = ts.isTypeReferenceNode(node) && this.checker.getSymbolAtLocation(node.typeName);
      const symbol =
        own && own.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(own) : own;
      const below: ts.Symbol[] = [];
      node.forEachChild((child) => void below.push(...aliases(child)));
      return [...(symbol && symbol.flags & ts.SymbolFlags.TypeAlias ? [symbol] : []), ...below];
    };
    return (property.declarations ?? []).flatMap(aliases).find((symbol) => {
      const parts = present(this.checker.getDeclaredTypeOfSymbol(symbol));
      const literals = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
      return String(literals.sort()) === String(values);
    });
  }

  private describe(symbol: ts.Symbol | undefined): { description?: string } {
    const { text } = symbol ? documented(symbol, this.checker) : {};
    return text === undefined ? {} : { description: text };
  }

  /** Refers to a named type, which is made at its first use. */
  private reference(name: string, of: unknown, make: () => ObjectSpec | EnumSpec): TypeSpec {
    const token = `${this.pkg}:index:${name}`;
    const named = this.named.get(name);
    if (named === undefined) {
      this.named.set(name, of);
      this.specs[token] = { type: "object", properties: {} };
      this.specs[token] = make();
    } else if (named !== of) {
      this.problems.push(`${name} would be the name of two types: rename one of them`);
    }
    return { $ref: `#/types/${token}` };
  }

  /** By its own name without `Args`, which the SDKs add; else by that of its owner and property. */
  private ofObject(parts: readonly ts.Type[], place: Place): TypeSpec {
    const [type] = parts;
    const symbol = type?.aliasSymbol ?? type?.getSymbol();
    const own = symbol?.declarations?.some((one) => isOurs(one)) ? symbol.getName() : "__type";
    const short = own.replace(/Args$/, "");
    const name = this.components.has(short) ? `${short}Settings` : short;
    const [declaration] = place.property.declarations ?? [];
    const make = (): ObjectSpec => this.object(parts, place);
    return own === "__type"
      ? this.reference(ownName(place.property), declaration, make)
      : this.reference(name, symbol, make);
  }

  private report({ property }: Place, what: string): void {
    this.problems.push(`${ownerOf(property)}.${property.getName()} ${what}`);
  }
}

/** A property's type; see `known` for a list or map of outputs. */
function withElements(type: TypeSpec): PropertySpec {
  const { plain, ...spec } = type;
  const elements = type.items ?? type.additionalProperties;
  if (plain === undefined || elements === undefined || elements.plain) return type;
  return { ...spec, language: { hopwise: { known: true } } };
}
