/** Facts of AWS that settings, rules and the local AWS share. */
import { expect } from "chai";
import { resized } from "../../../path/networks";
import { coveredPatterns, pathPatternCovers } from "../../../path/pathPatterns";
import { printable } from "../../../path/printable";
import { partitionOf, regions } from "../../../path/regions";
import { keysThatDifferInCase } from "../../../path/tags";
import { followsLatest, kibibytesOf, kibibytesText } from "../../../path/taskDefinitions";
import { addressesIn, refusedVpcRange, roomForTasks } from "../../../path/vpcs";

describe("a path pattern", () => {
  const rows: readonly (readonly [outer: string, inner: string, covers: boolean])[] = [
    ["/api/*", "/api/v1/*", true],
    ["/api/*", "/api/*", true],
    ["api/*", "/api/v1", true],
    ["*", "/anything?*", true],
    ["/*.js", "/a/b.js", true],
    ["/a?c", "/abc", true],
    ["/a?c", "/a?c", true],
    ["/a*", "/a?", true],
    ["/a?", "/a*", false],
    ["/a?c", "/a*c", false],
    ["/api/v1/*", "/api/*", false],
    ["/api/*", "/api", false],
    ["/a.c", "/abc", false],
    ["/*.js", "/*", false],
    [`/${"*a".repeat(100)}`, `/${"a".repeat(250)}b`, false],
  ];
  for (const [outer, inner, covers] of rows)
    it(`${outer.slice(0, 20)} ${covers ? "takes all of" : "does not take all of"} ${inner.slice(0, 20)}`, () => {
      expect(pathPatternCovers(outer, inner)).to.equal(covers);
    });

  it("is covered by the first one before it", () => {
    expect(coveredPatterns(["/a/*", "/b", "/a/b", "/a/*"])).to.deep.equal([
      { entry: 2, pattern: "/a/b", by: "/a/*" },
      { entry: 3, pattern: "/a/*", by: "/a/*" },
    ]);
  });
});

describe("a VPC's range", () => {
  it("is refused in what AWS keeps, however little of it", () => {
    expect(refusedVpcRange("127.0.0.0/28")).to.equal("127.0.0.0/8");
    expect(refusedVpcRange("224.0.0.0/16")).to.equal("224.0.0.0/4");
    for (const fine of [
      "10.0.0.0/16",
      "100.64.0.0/16",
      "169.253.0.0/16",
      "1.0.0.0/16",
      "240.0.0.0/16",
    ])
      expect(refusedVpcRange(fine), fine).to.equal(undefined);
  });

  it("has so many addresses for tasks", () => {
    expect(addressesIn("10.0.0.0/28")).to.equal(11);
    expect(addressesIn("10.0.0.0/32")).to.equal(0);
    expect(addressesIn("2001:db8::/64")).to.equal(undefined);
    // Two zones with two subnets each: /27, 32 addresses without five.
    expect(roomForTasks("10.0.0.0/25", 2)).to.equal(2 * 27);
    // Three zones take as much as four.
    expect(roomForTasks("10.0.0.0/24", 3)).to.equal(3 * 27);
    expect(roomForTasks("10.0.0.0", 2)).to.equal(undefined);
  });

  it("begins, or lies at the beginning of, one of another length", () => {
    expect(resized("10.1.2.0/24", 16)).to.equal("10.1.0.0/16");
    expect(resized("10.1.0.0/16", 24)).to.equal("10.1.0.0/24");
  });
});

describe("a task definition", () => {
  it("is measured in bytes, not characters", () => {
    expect(kibibytesOf("語".repeat(1024))).to.be.greaterThan(3);
    expect(kibibytesText(64.01)).to.equal("64.1");
  });

  for (const image of ["nginx", "a/nginx:latest", "r.example.com:5000/nginx"])
    it(`follows latest: ${image}`, () => expect(followsLatest(image)).to.equal(true));
  for (const image of [
    "nginx:1",
    `nginx@sha256:${"0".repeat(64)}`,
    "r.example.com:5000/nginx:1.31-alpine",
  ])
    it(`names one image: ${image.slice(0, 30)}`, () =>
      expect(followsLatest(image)).to.equal(false));
});

describe("other facts", () => {
  it("tell the partition of a region", () => {
    const partitions = ["eu-west-1", "cn-north-1", "us-gov-east-1", "us-isob-east-1"].map(
      partitionOf,
    );
    expect(partitions).to.deep.equal(["aws", "aws-cn", "aws-us-gov", "aws-iso-b"]);
    expect(new Set(regions.map(partitionOf))).to.deep.equal(new Set(["aws"]));
    expect(new Set(regions).size).to.equal(regions.length);
  });

  it("group keys that differ in case", () => {
    expect(keysThatDifferInCase(["a", "B", "A", "b", "c"])).to.deep.equal([
      ["a", "A"],
      ["B", "b"],
    ]);
  });

  it("write control characters out", () => {
    expect(printable("a\u001b[31mb\u009b\u202e\nc")).to.equal("a\\x1b[31mb\\x9b\\u202e\\x0ac");
  });
});
