import { expect } from "chai";
import { prefixListWeight } from "../../../path/cloudfront";
import {
  admits,
  admitsHost,
  type Caller,
  listWeight,
  opensPort,
  type Host,
  quotaUse,
  type RulePeer,
} from "../../../path/securityGroups";
import type { Source } from "../../../path/types";

describe("who is admitted", () => {
  const list4: Source = { kind: "cloudfront", ipVersion: 4 };
  const all4: Source = { kind: "cidr", cidr: "0.0.0.0/0" };
  const some: Source = { kind: "cidr", cidr: "203.0.113.0/24" };
  const balancer: Source = { kind: "load-balancer" };
  const cloudfront4: Caller = { kind: "cloudfront", ipVersion: 4 };
  const cloudfront6: Caller = { kind: "cloudfront", ipVersion: 6 };
  const cases: [string, Source[], Caller, boolean][] = [
    ["CloudFront by its list", [list4], cloudfront4, true],
    ["CloudFront over IPv6 by the IPv4 list", [list4], cloudfront6, false],
    ["CloudFront by the whole of IPv4", [all4], cloudfront4, true],
    ["CloudFront over IPv6 by the whole of IPv4", [all4], cloudfront6, false],
    ["CloudFront by some range", [some], cloudfront4, false],
    [
      "an address by CloudFront's list",
      [list4],
      { kind: "address", address: "203.0.113.7" },
      false,
    ],
    [
      "an address by the second source",
      [list4, some],
      { kind: "address", address: "203.0.113.7" },
      true,
    ],
    ["the load balancer by its group", [balancer], { kind: "load-balancer" }, true],
    ["the load balancer by some range", [some], { kind: "load-balancer" }, false],
    [
      "an address by the load balancer's group",
      [balancer],
      { kind: "address", address: "10.0.0.10" },
      false,
    ],
    ["anybody by nothing", [], cloudfront4, false],
  ];
  for (const [name, sources, caller, expected] of cases)
    it(`${name}: ${expected}`, () => expect(admits(sources, caller)).to.equal(expected));
});

describe("the ports of a rule", () => {
  const cases: [string, number, number, number, boolean][] = [
    ["tcp", 443, 443, 443, true],
    ["tcp", 80, 443, 443, true],
    ["tcp", 80, 442, 443, false],
    ["tcp", 444, 500, 443, false],
    ["udp", 443, 443, 443, false],
    ["-1", 0, 0, 443, true],
  ];
  for (const [protocol, fromPort, toPort, port, expected] of cases)
    it(`${protocol} ${fromPort}-${toPort} ${expected ? "open" : "do not open"} TCP ${port}`, () =>
      expect(opensPort({ protocol, fromPort, toPort }, port)).to.equal(expected));
});

describe("the peer of a rule", () => {
  const range = (cidr: string): RulePeer => ({ kind: "cidr", cidr });
  const subnet: Host = { cidrs: ["10.0.1.0/24"], groupIds: ["sg-1"] };
  const edge: Host = { cidrs: [], cloudfront: 4, groupIds: [] };
  const cases: [RulePeer, Host, boolean][] = [
    [range("10.0.0.0/16"), subnet, true],
    [range("10.0.1.128/25"), subnet, true],
    [range("10.0.2.0/24"), subnet, false],
    [range("10.0.1.0"), subnet, false],
    [range("0.0.0.0/0"), edge, true],
    [range("::/0"), edge, false],
    [range("0.0.0.0/1"), edge, false],
    [{ kind: "prefix-list", id: "pl-1" }, edge, true],
    [{ kind: "prefix-list", id: "pl-1", ipVersion: 6 }, edge, false],
    [{ kind: "prefix-list", id: "pl-1" }, subnet, false],
    [{ kind: "security-group", id: "sg-1" }, subnet, true],
    [{ kind: "security-group", id: "sg-2" }, subnet, false],
  ];
  for (const [peer, host, expected] of cases)
    it(`${JSON.stringify(peer)} ${expected ? "admits" : "does not admit"} ${JSON.stringify(host)}`, () =>
      expect(admitsHost(peer, host)).to.equal(expected));
});

describe("the quota of a security group", () => {
  const lists = { own: listWeight(4, 10), edge6: listWeight(6, prefixListWeight) };
  const use = (...peers: RulePeer[]): number[] =>
    ([4, 6] as const).map((version) =>
      quotaUse(peers, version, ({ id }) => lists[id as keyof typeof lists]),
    );

  it("counts the IP families apart, and a security group in both", () => {
    const ranges = ["10.0.0.0/8", "192.0.2.0/24", "::/0"].map((cidr): RulePeer => ({
      kind: "cidr",
      cidr,
    }));
    expect(use(...ranges)).to.deep.equal([2, 1]);
    expect(use(...ranges, { kind: "security-group", id: "sg-1" })).to.deep.equal([3, 2]);
  });

  it("counts a prefix list with its weight in its own family", () => {
    const peers = ["own", "edge6"].map((id): RulePeer => ({ kind: "prefix-list", id }));
    expect(use(...peers)).to.deep.equal([10, 55]);
  });
});
