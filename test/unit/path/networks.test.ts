import { expect } from "chai";
import { certificateCovers, edgeAcceptsCertificate, nameCovers } from "../../../path/certificates";
import {
  cidrContains,
  cidrsOverlap,
  ipv4Bounds,
  ipv4Cidr,
  isPrivateAddress,
  networkAddress,
  parseCidr,
  parseNetwork,
  privateRanges,
  vpcRanges,
} from "../../../path/networks";
import type { EdgeSpec } from "../../../path/types";
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
    ["203.0.113.0/24", "::ffff:203.0.113.9", true],
    ["::/0", "::ffff:203.0.113.9", false],
    ["203.0.113.0/24", "203.0.113.128/25", true],
    ["203.0.113.0/24", "203.0.112.0/23", false],
    ["203.0.113.9/24", "203.0.113.1", true],
    ["fe80::/10", "fe80::1%eth0", false],
    ["10.0.0.0/8", "010.0.0.1", false],
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
    "010.0.0.0/8",
    "10.0.0.0/8/8",
    "fe80::%eth0/10",
  ])
    it(`"${bad}" is no range`, () => expect(parseCidr(bad)).to.equal(undefined));

  const pairs: [string, string, boolean][] = [
    ["10.0.0.0/16", "10.0.128.0/17", true],
    ["10.0.128.0/17", "10.0.0.0/16", true],
    ["10.0.0.0/17", "10.0.128.0/17", false],
    ["10.0.0.0/8", "10.1.2.3", true],
    ["2001:db8::/32", "2001:db8:1::/48", true],
    ["0.0.0.0/0", "::/0", false],
    ["nonsense", "10.0.0.0/8", false],
  ];
  for (const [one, other, expected] of pairs)
    it(`${one} and ${other} ${expected ? "share" : "do not share"} addresses`, () =>
      expect(cidrsOverlap(one, other)).to.equal(expected));

  it("tells a network from a range with host bits", () => {
    expect(parseNetwork("10.0.0.0/16")?.prefix).to.equal(16);
    expect(parseNetwork("2001:DB8:0::/32")?.ipVersion).to.equal(6);
    for (const cidr of ["10.0.0.1/16", "2001:db8::1/32", "10.0.0.0"])
      expect(parseNetwork(cidr), cidr).to.equal(undefined);
    const withHostBits = parseCidr("10.0.3.1/22");
    expect(withHostBits && networkAddress(withHostBits)).to.equal("10.0.0.0");
  });

  it("counts IPv4 addresses as numbers", () => {
    expect(ipv4Bounds("10.0.1.7/24")).to.deep.equal([167772416, 167772671]);
    expect(ipv4Bounds("255.255.255.255")).to.deep.equal([4294967295, 4294967295]);
    expect(ipv4Bounds("::/0")).to.equal(undefined);
    expect(ipv4Cidr(3221225984, 24)).to.equal("192.0.2.0/24");
  });

  it("counts the shared address space among the ranges of a VPC", () => {
    expect(vpcRanges).to.include("100.64.0.0/10");
    expect(privateRanges).to.include.members([...vpcRanges]);
  });

  it("knows private addresses", () => {
    for (const a of ["10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "fd00::1"])
      expect(isPrivateAddress(a), a).to.equal(true);
    for (const a of ["198.51.100.7", "172.32.0.1", "2001:db8::1"])
      expect(isPrivateAddress(a), a).to.equal(false);
  });
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
