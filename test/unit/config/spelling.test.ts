import { expect } from "chai";
import { nearest, nearestKey } from "../../../config/spelling";

describe("the nearest spelling", () => {
  const words = ["endpoints", "nat-single", "nat-per-az", "public-ip"];
  const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ["endpoint", words, "endpoints"],
    ["NAT_SINGLE", words, "nat-single"],
    ["publicip", words, "public-ip"],
    ["pub", words, "public-ip"],
    ["nat", words, undefined], // two begin with it
    ["zzz", words, undefined],
    ["", words, undefined],
    ["amd64", ["x86_64", "arm64"], undefined], // two letters from arm64, and its opposite
    ["x86-64", ["x86_64", "arm64"], "x86_64"],
    ["e".repeat(101), words, undefined],
  ];
  for (const [word, candidates, expected] of cases) {
    it(`of "${word.slice(0, 12)}" is ${expected ?? "none"}`, () => {
      expect(nearest(word, candidates)).to.equal(expected);
    });
  }

  const egress = { usual: "nat-single", synonyms: { endpoints: ["privatelink"] } };
  const meant: readonly (readonly [string, string | undefined])[] = [
    ["nat", "nat-single"], // the usual one of two
    ["nat-per", "nat-per-az"],
    ["PrivateLink", "endpoints"],
    ["vpc-endpoints", "endpoints"], // holds one
    ["single", "nat-single"], // is part of one
    ["endpoints", "endpoints"],
    ["zzz", undefined],
    ["", undefined],
  ];
  for (const [word, expected] of meant)
    it(`of "${word}" in meaning is ${expected ?? "none"}`, () => {
      expect(nearest(word, words, egress)).to.equal(expected);
    });

  it("of a key is one beside it before one elsewhere", () => {
    expect(nearestKey(["service", "prt"])).to.deep.equal(["service", "port"]);
    expect(nearestKey(["service", "app", "imag"])).to.deep.equal(["service", "app", "image"]);
    expect(nearestKey(["zone_name"])).to.deep.equal(["domain", "zoneName"]);
    expect(nearestKey(["network", "minimumTls"])).to.deep.equal(["viewers", "minimumTls"]);
    expect(nearestKey(["qqqq"])).to.equal(undefined);
    expect(nearestKey(["domain.name"])).to.deep.equal(["domain", "name"]);
    expect(nearestKey(["domain.nam"])).to.deep.equal(["domain", "name"]);
    expect(nearestKey(["origin.secret.accept[1]"])).to.deep.equal([
      "origin",
      "secret",
      "accept",
      1,
    ]);
    expect(nearestKey(["no.such"])).to.equal(undefined);
  });
});
