/** What breaks the generators of SDKs, or what they leave out, is not in provider/schema.json. */
import { expect } from "chai";
import type { PackageSpec, PropertySpec, TypeSpec } from "../../../provider/spec";
import { read } from "../document";

const { types, resources } = JSON.parse(read("provider/schema.json")) as PackageSpec;
const nameOf = (token: string): string => token.split(":")[2] ?? "";

/** Properties of types and components by `Type.property`; `own`: those that a class of C# has. */
const all = (["properties", "inputProperties"] as const).flatMap((kind) =>
  Object.entries({ ...types, ...resources }).flatMap(([token, spec]) => {
    const properties = (spec as Partial<Record<typeof kind, Record<string, PropertySpec>>>)[kind];
    return Object.entries(properties ?? {}).map(([key, property]) => ({
      ...{ type: nameOf(token), key, property, own: kind === "properties" },
    }));
  }),
);
const which = (wrong: (one: (typeof all)[number]) => boolean): string[] =>
  all.filter(wrong).map(({ type, key }) => `${type}.${key}`);

describe("an SDK of provider/schema.json", () => {
  it("fills in no defaults, because Go's then does not compile", () => {
    expect(which(({ property }) => "default" in property)).to.be.empty;
  });

  it("has no two types whose names only differ in case, because Java's makes one of them", () => {
    const names = Object.keys({ ...types, ...resources }).map((token) => token.toLowerCase());
    expect(names).to.deep.equal([...new Set(names)]);
  });

  it("has no member with the name of its class, because C#'s then does not compile", () => {
    const same = ({ type, key, property, own }: (typeof all)[number]): boolean =>
      own && type.toLowerCase() === (property.language?.csharp?.name ?? key).toLowerCase();
    expect(which(same)).to.be.empty;
  });

  it("has none of the names that every resource has", () => {
    const components = new Set(Object.keys(resources).map(nameOf));
    expect(which(({ type, key }) => components.has(type) && ["id", "urn"].includes(key))).to.be
      .empty;
  });

  it("takes outputs in lists and maps, because Java's takes none where they are plain", () => {
    const elements = ({ items, additionalProperties }: TypeSpec): TypeSpec | undefined =>
      items ?? additionalProperties;
    const refuses = ({ property }: (typeof all)[number]): boolean =>
      property.plain === true && elements(property) !== undefined && !elements(property)?.plain;
    expect(which(refuses)).to.be.empty;
    const known = which(({ property }) => property.language?.hopwise?.known === true);
    expect(known).to.include("App.secretEnvironment");
  });
});
