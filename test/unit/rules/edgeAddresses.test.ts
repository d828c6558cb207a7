/** CloudFront's prefix lists by IP version, where that is known and where it is not. */
import { expect } from "chai";
import { describeSources } from "../../../cli/show/hops";
import { judge } from "../../../rules/judge";
import type { PrefixLists } from "../../../topology/pathOf";
import { Stack } from "../../../topology/stack/stack";
import { answer } from "../../../path/answer";
import type { PathRequest } from "../../../path/types";
import { ids, origin, soundProgram } from "./program";

const v4: PrefixLists = new Map([[ids.prefixList, 4]]);
const v6: PrefixLists = new Map([[ids.prefixList, 6]]);
const request: PathRequest = {
  ...({ protocol: "HTTP/2", tls: true, kind: "http", method: "GET", entry: "front" } as const),
};

/** What is said where CloudFront calls addresses of a kind, and gets. */
function outcome(ipAddressType: string | undefined, prefixLists: PrefixLists | undefined) {
  const program = soundProgram({ cdn: { origins: [origin({ ipAddressType })] } });
  const { findings, paths } = judge(Stack.of(program, { region: "eu-west-1", prefixLists }));
  const spec = paths[0]?.found.spec;
  if (spec === undefined) throw new Error("no path");
  const { status } = answer(spec, request);
  return { codes: findings.map(({ code }) => code), status, spec };
}

describe("CloudFront's prefix list", () => {
  const cases: [string | undefined, PrefixLists | undefined, closed: boolean][] = [
    [undefined, v4, false],
    [undefined, v6, true],
    ["ipv4", v6, true],
    ["ipv6", v6, false],
    ["ipv6", v4, true],
    ["dualstack", v4, false],
    ["dualstack", v6, false],
    // Only AWS knows which list it is: the policy pack sees ids.
    [undefined, undefined, false],
    ["ipv4", undefined, false],
    ["ipv6", undefined, false],
  ];
  for (const [type, lists, closed] of cases)
    it(`${lists ? `of IPv${[...lists.values()].join()}` : "not looked up"}, origin ${type ?? "as AWS has it"}: ${closed ? "504" : "admitted"}`, () => {
      const { codes, status } = outcome(type, lists);
      expect(codes.includes("load-balancer-closed-to-edge")).to.equal(closed);
      expect(status).to.equal(closed ? 504 : 200);
    });

  it("is said to be of an IP version only where that is known", () => {
    const words = (lists?: PrefixLists): string =>
      describeSources(outcome(undefined, lists).spec.listener);
    expect([words(v4), words(v6), words()]).to.deep.equal([
      "CloudFront (IPv4)",
      "CloudFront (IPv6)",
      "CloudFront",
    ]);
  });
});
