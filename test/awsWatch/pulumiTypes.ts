/** Watched entries of @pulumi/aws, from its type declarations. */
import ts from "typescript";
import { Collected, Entries } from "./entries";
import { ResourceType } from "./watched";

/** Text of a file of the package; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

interface Member {
  readonly name: string;
  readonly form: string;
  readonly words: string;
  /** Types that it is made of: `cloudfront.DistributionOrigin`. */
  readonly types: readonly string[];
}

/** Arguments of these resources and what they are made of. Resources that are not there are left out. */
export function pulumiEntries(read: ReadFile, resources: readonly ResourceType[]): Entries {
  const entries = new Collected();
  const inputs = inputTypes(read("types/input.d.ts") ?? "");
  for (const { module, file, name } of resources) {
    const args = interfaces(parse(read(`${module}/${file}.d.ts`) ?? "")).get(`${name}Args`);
    const seen = new Set<string>();
    const visit = (type: string, from: string, declared: ts.InterfaceDeclaration | undefined) => {
      if (declared === undefined || entries.has(type)) return;
      const members = membersOf(declared);
      // Statements of web ACLs nest, and have types of their own at every depth, all alike.
      const form = members.map((one) => `${one.name} ${one.form}`.replaceAll(type, "")).join("\n");
      const key = `${withoutPrefix(type, from)}\n${form}`;
      if (seen.has(key)) return;
      seen.add(key);
      for (const member of members) {
        entries.add(type, member.name, member.form, member.words);
        for (const inner of member.types) visit(inner, type, inputs.get(inner));
      }
    };
    visit(`${module}.${name}`, "", args);
  }
  return entries;
}

const withoutPrefix = (name: string, prefix: string): string =>
  name.startsWith(prefix) ? name.slice(prefix.length) : name;

const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, true);

function interfaces({
  statements,
}: Pick<ts.SourceFile, "statements">): Map<string, ts.InterfaceDeclaration> {
  return new Map(statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]));
}

/** `export declare namespace cloudfront { interface DistributionOrigin { ... } }` */
function inputTypes(text: string): ReadonlyMap<string, ts.InterfaceDeclaration> {
  const namespaces = parse(text).statements.filter(ts.isModuleDeclaration);
  return new Map(
    namespaces.flatMap(({ name, body }) =>
      body !== undefined && ts.isModuleBlock(body)
        ? [...interfaces(body)].map(([type, one]) => [`${name.text}.${type}`, one] as const)
        : [],
    ),
  );
}

function membersOf(declared: ts.InterfaceDeclaration): Member[] {
  return declared.members.filter(ts.isPropertySignature).map((member) => {
    const types: string[] = [];
    const type = member.type ? typeText(member.type, types) : "any";
    return {
      name: member.name.getText(),
      form: `${member.questionToken ? "" : "required "}${type}`,
      words: ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member)[0]?.comment) ?? "",
      types,
    };
  });
}

/** A type without `pulumi.Input` and `undefined`; `types` gets the names of input types. */
function typeText(node: ts.TypeNode, types: string[]): string {
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.getText();
    const [of] = node.typeArguments ?? [];
    if (name === "pulumi.Input" && of) return typeText(of, types);
    if (!name.startsWith("inputs.")) return node.getText();
    const type = name.slice("inputs.".length);
    types.push(type);
    return type;
  }
  if (ts.isArrayTypeNode(node)) return `${typeText(node.elementType, types)}[]`;
  if (ts.isUnionTypeNode(node))
    return node.types
      .filter((one) => one.kind !== ts.SyntaxKind.UndefinedKeyword)
      .map((one) => typeText(one, types))
      .join(" | ");
  if (ts.isTypeLiteralNode(node))
    return `map of ${node.members
      .filter(ts.isIndexSignatureDeclaration)
      .map((one) => typeText(one.type, types))
      .join()}`;
  return node.getText();
}
