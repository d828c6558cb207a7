import { expect } from "chai";
import { certificateCovers, edgeAcceptsCertificate, nameCovers } from "../../../path/certificates";
import { admits, cidrContains, isPrivateAddress, parseCidr } from "../../../path/networks";
import type { Caller } from "../../../path/networks";
import type { EdgeSpec, Source } from "../../../path/types";
import { h1 } from "./specs";

describe("ranges of addresses", () => {
  const cases: [string, string, boolean][] = [
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.7/32", "203.0.113.7", true],
    ["203.0.113.7/32", "203.0.113.8", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["::/0", "2001:db8::1", true],
    ["::/0", "203.0.113.7", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["nonsense", "203.0.113.7", false],
    ["203.0.113.0/24", "nonsense", false],
  ];
  for (const [cidr, address, expected] of cases)
    it(`${address} is ${expected ? "" : "not "}in ${cidr}`, () =>
      expect(cidrContains(cidr, address)).to.equal(expected));

  for (const bad of [
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0/8",
    "::/129",
    "10.0.0.0/-1",
    "10.0.0.0/8 ",
    "x/8",
  ])
    it(`"${bad}" is no range`, () => expect(parseCidr(bad)).to.equal(undefined));

  it("knows private addresses", () => {
    for (const a of ["10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "fd00::1"])
      expect(isPrivateAddress(a), a).to.equal(true);
    for (const a of ["198.51.100.7", "172.32.0.1", "2001:db8::1"])
      expect(isPrivateAddress(a), a).to.equal(false);
  });
});

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

describe("names on certificates", () => {
  const cases: [string, string, boolean][] = [
    ["www.example.com", "www.example.com", true],
    ["WWW.example.com", "www.EXAMPLE.com", true],
    ["*.example.com", "www.example.com", true],
    ["*.example.com", "example.com", false],
    ["*.example.com", "a.b.example.com", false],
    ["*.example.com", "*.example.com", true],
    ["*.example.com", ".example.com", false],
    ["example.com", "www.example.com", false],
    ["*", "example", false],
  ];
  for (const [name, host, expected] of cases)
    it(`${name} ${expected ? "covers" : "does not cover"} ${host}`, () =>
      expect(nameCovers(name, host)).to.equal(expected));

  it("one of several names is enough", () =>
    expect(certificateCovers(["a.example.com", "*.example.net"], "x.example.net")).to.equal(true));

  const edge: EdgeSpec = {
    ...h1.edge,
    originName: "origin.example.net",
    viewerNames: ["a.example.com"],
  };
  const accepts: [string, Partial<EdgeSpec>, string[] | undefined, boolean][] = [
    ["the origin's name", {}, ["origin.example.net"], true],
    [
      "the origin's name, Host not forwarded",
      { forwardsHost: false },
      ["origin.example.net"],
      true,
    ],
    ["the viewer's name, Host forwarded", {}, ["a.example.com"], true],
    ["the viewer's name, Host not forwarded", { forwardsHost: false }, ["a.example.com"], false],
    [
      "one viewer name of two",
      { viewerNames: ["a.example.com", "b.example.com"] },
      ["a.example.com"],
      false,
    ],
    ["no viewer name known", { viewerNames: [] }, ["a.example.com"], false],
    ["neither", {}, ["c.example.com"], false],
    ["unknown names", {}, undefined, true],
  ];
  for (const [name, more, names, expected] of accepts)
    it(`CloudFront ${expected ? "accepts" : "refuses"} a certificate with ${name}`, () =>
      expect(edgeAcceptsCertificate({ ...edge, ...more }, names)).to.equal(expected));
});
