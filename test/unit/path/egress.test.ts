/** Where tasks may call, judged as a table. */
import { expect } from "chai";
import { egressProblems, type EgressRule, type RegistryRoute } from "../../../path/egress";

const https: EgressRule = { cidr: "0.0.0.0/0", port: 443 };
const database: EgressRule = { cidr: "10.20.0.0/16", port: 5432 };
const many = Array.from({ length: 51 }, (_, i) => ({ cidr: "10.20.0.0/16", port: i + 1 }));

/** `[what, list, route, entries and words of each problem]` */
// prettier-ignore
const table: readonly [string, EgressRule[] | undefined, RegistryRoute, [number | undefined, RegExp][]][] = [
  ["no list", undefined, "public", []],
  ["HTTPS and a database by public addresses", [https, database], "public", []],
  ["a database in addition to endpoints", [database], "endpoints", []],
  ["a database alone, by public addresses", [database], "public", [[undefined, /cidr: 0\.0\.0\.0\/0, port: 443/]]],
  ["some HTTPS addresses only, where all are needed", [{ cidr: "10.0.0.0/8", port: 443 }], "public", [[undefined, /addresses that change/]]],
  ["some HTTPS addresses, which may be endpoints", [{ cidr: "10.0.0.0/8", port: 443 }], "unknown", []],
  ["a database alone in an existing VPC", [database], "unknown", [[undefined, /an entry with port 443/]]],
  ["an entry twice", [database, https, database], "public", [[2, /once/]]],
  ["a range twice with two ports", [database, { ...database, port: 6379 }], "endpoints", []],
  ["a range that is none", [https, { cidr: "10.0.0.0/33", port: 1 }], "public", [[1, /CIDR/]]],
  ["a port that is none", [https, { ...database, port: 0 }], "public", [[1, /1 to 65535/]]],
  ["half a port", [https, { ...database, port: 1.5 }], "public", [[1, /1 to 65535/]]],
  ["IPv6", [https, { cidr: "2001:db8::/32", port: 443 }], "public", []],
  ["51 entries", many, "endpoints", [[undefined, /at most 50/]]],
];

describe("what tasks may call", () => {
  for (const [what, list, route, expected] of table) {
    it(`${what} (${route}): ${expected.length === 0 ? "works" : "is refused"}`, () => {
      const problems = egressProblems(list, route);
      expect(problems.map(({ entry }) => entry)).to.deep.equal(expected.map(([entry]) => entry));
      for (const [i, [, words]] of expected.entries())
        expect(problems[i]?.expected).to.match(words);
    });
  }
});
