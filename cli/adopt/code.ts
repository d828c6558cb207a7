/** The table that a program passes to `adopted`, as TypeScript. Pure. */
import type { Adopted, Adoption } from "./adoption";
import type { Matchable } from "./match";

/** The end of a URN, from its type on. */
const endOf = ({ urn }: Matchable): string => urn.split("::").slice(2).join("::");

/** Its name in the program. */
export const nameOf = ({ urn }: Matchable): string => urn.split("::").slice(3).join("::");

const atFirst = " // first deployment only";

/** The call of `adopted`; lines that the second deployment leaves out say so. */
export function tableCode({ adopted }: Adoption): string[] {
  return ["adopted({", ...adopted.flatMap(childCode), "})"];
}

function childCode({ child, was, keeps, keepsAtFirst, addsAtFirst }: Adopted): string[] {
  const list = (values: readonly string[]): string =>
    `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  const adds = Object.entries(addsAtFirst).map(([key, values]) => `${key}: ${list(values)}`);
  return [
    `  ${JSON.stringify(`${child.type}::${nameOf(child)}`)}: {`,
    `    was: ${JSON.stringify(endOf(was))},`,
    ...(keeps.length > 0 ? [`    keeps: ${list(keeps)},`] : []),
    ...(keepsAtFirst.length > 0
      ? [`    keeps: ${list([...keeps, ...keepsAtFirst])},${atFirst}`]
      : []),
    ...(adds.length > 0 ? [`    adds: { ${adds.join(", ")} },${atFirst}`] : []),
    "  },",
  ];
}
