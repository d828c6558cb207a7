/** Names for what TypeScript has no name for, or another. */
import * as ts from "typescript";

export const isOurs = (node: ts.Node | undefined): boolean =>
  node !== undefined && !node.getSourceFile().fileName.includes("/node_modules/");

/** The interface, class or alias that declares a property. */
export function ownerOf(property: ts.Symbol): string {
  let node: ts.Node | undefined = property.declarations?.[0]?.parent;
  while (node !== undefined && !isNamed(node)) node = node.parent;
  return node?.name?.text ?? "";
}

const isNamed = (
  node: ts.Node,
): node is ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** The name of a property's type, after its owner and itself. */
export const ownName = (property: ts.Symbol): string =>
  `${ownerOf(property).replace(/Args$/, "")}${capital(property.getName())}`;

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** A name for a value, e.g. `PrefixList` for `prefix-list`, and `V1_2` for `1.2`. */
export function constantName(value: string): string {
  const words = value.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const name = words.map(capital).reduce((all, word) => {
    return /\d$/.test(all) && /^\d/.test(word) ? `${all}_${word}` : `${all}${word}`;
  });
  return /^\d/.test(name) ? `V${name}` : name;
}
