/** What a program names and does not make, in one line. */
import type { LocalResource } from "../../local/model/types";
import { token } from "../../topology/tokens";

/** What AWS itself has in every account. */
const ofAws = (resource: LocalResource): boolean =>
  resource.type === token.prefixList || resource.outputs.default === true;

/** Undefined where the program makes everything that it names. */
export function outsideLine(resources: readonly LocalResource[]): string | undefined {
  const byKind = new Map<string, string[]>();
  for (const one of resources.filter((resource) => !ofAws(resource))) {
    const { type, id, outputs } = one;
    const kind = wordsOf(type);
    const own = typeof outputs.name === "string" ? outputs.name : (id.split("/").at(-1) ?? id);
    const name = one.name === id ? own : one.name;
    byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  }
  if (byKind.size === 0) return undefined;
  const listed = [...byKind].map(([kind, [first = "", ...others]]) =>
    others.length === 0 ? `the ${kind} ${first}` : `${others.length + 1} ${kind}s`,
  );
  return `Made elsewhere: ${listed.join(", ")}.`;
}

/** `security group` of `aws:ec2/securityGroup:SecurityGroup`. */
function wordsOf(type: string): string {
  const name = type.split(":").at(-1) ?? type;
  if (/^[A-Z]+$/.test(name) || name === "Vpc") return name.toUpperCase();
  return name.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
