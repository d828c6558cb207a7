/** CloudFront's prefix lists by IP version, where that is known and where it is not. */
import { expect } from "chai";
import { describeSources } from "../../../cli/show/hops";
import { judge } from "../../../rules/judge";
import type { PrefixLists } from "../../../topology/pathOf";
import { Stack } from "../../../topology/stack/stack";
import { answer } from "../../../path/answer";
import type { PathRequest } from "../../../path/types";
import { type DeclaredResource, UNKNOWN } from "../../../topology/resource";
import { ids, origin, resource, soundProgram } from "./program";

const v4: PrefixLists = new Map([[ids.prefixList, 4]]);
const v6: PrefixLists = new Map([[ids.prefixList, 6]]);
const s3: PrefixLists = new Map([[ids.prefixList, "com.amazonaws.eu-west-1.s3"]]);
const others: PrefixLists = new Map([["pl-0123456789abcdef0", 4]]);
const request: PathRequest = {
  ...({ protocol: "HTTP/2", tls: true, kind: "http", method: "GET", entry: "front" } as const),
};

/** What is said where CloudFront calls addresses of a kind, and gets. */
function outcome(
  ipAddressType: string | undefined,
  prefixLists: PrefixLists,
  more: readonly DeclaredResource[] = [],
) {
  const program = [...soundProgram({ cdn: { origins: [origin({ ipAddressType })] } }), ...more];
  const stack = Stack.of(program, { region: "eu-west-1", prefixLists });
  const { findings, paths, notChecked } = judge(stack);
  const [path] = paths;
  if (path === undefined) throw new Error("no path");
  const { spec } = path.found;
  const { status } = answer(spec, request);
  const codes = findings.map(({ code }) => code);
  return { codes, status, spec, missing: path.missing, notChecked };
}

/** A list of the program's own, under the id that the load balancer's group names. */
const ownList = (entries: unknown): DeclaredResource =>
  resource(
    "aws:ec2/managedPrefixList:ManagedPrefixList",
    "offices",
    { addressFamily: "IPv4", maxEntries: 2, entries },
    { id: ids.prefixList },
  );

describe("CloudFront's prefix list", () => {
  const cases: [string | undefined, PrefixLists, closed: boolean][] = [
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
    [undefined, s3, true],
  ];
  for (const [type, lists, closed] of cases)
    it(`${lists ? [...lists.values()].join() : "not looked up"}, origin ${type ?? "as AWS has it"}: ${closed ? "504" : "admitted"}`, () => {
      const { codes, status } = outcome(type, lists);
      expect(codes.includes("load-balancer-closed-to-edge")).to.equal(closed);
      expect(status).to.equal(closed ? 504 : 200);
    });

  it("is not taken for CloudFront's where nobody here knows what it holds", () => {
    const { codes, spec, missing, notChecked } = outcome(undefined, others);
    expect(spec.listener.admits).to.deep.equal([]);
    expect(missing.get("listener.admits")?.property).to.include(ids.prefixList);
    expect(codes).not.to.include("load-balancer-closed-to-edge");
    expect(notChecked.flatMap(({ codes: of }) => of)).to.include("load-balancer-closed-to-edge");
  });

  it("of the program's own admits its ranges, and those of its entries", () => {
    const entry = resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "home", {
      ...{ prefixListId: ids.prefixList, cidr: "198.51.100.0/24" },
    });
    const list = ownList([{ cidr: "203.0.113.0/24", description: "Office" }]);
    const { codes, spec } = outcome(undefined, others, [list, entry]);
    expect(spec.listener.admits).to.deep.equal([
      { kind: "cidr", cidr: "203.0.113.0/24" },
      { kind: "cidr", cidr: "198.51.100.0/24" },
    ]);
    expect(codes).to.include("load-balancer-closed-to-edge");
    const { missing } = outcome(undefined, others, [ownList(UNKNOWN)]);
    expect(missing.get("listener.admits")?.property).to.equal("entries");
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
