import { expect } from "chai";
import {
  isForbiddenOriginHeader,
  policiesForwardingHost,
  prefixListNames,
} from "../../../path/cloudfront";
import { fargateProblem, fargateSizes, nearestFargateSize } from "../../../path/fargate";
import { edgeTlsPolicies, loadBalancerTlsPolicies } from "../../../path/tlsPolicies";

describe("Fargate sizes", () => {
  // cpu, lowest, highest, how many: from AWS's table, counted by hand.
  for (const [cpu, low, high, count] of [
    [256, 512, 2048, 3],
    [512, 1024, 4096, 4],
    [1024, 2048, 8192, 7],
    [2048, 4096, 16384, 13],
    [4096, 8192, 30720, 23],
    [8192, 16384, 61440, 12],
    [16384, 32768, 122880, 12],
    [32768, 61440, 249856, 3],
  ])
    it(`cpu ${cpu}: ${low} to ${high}, ${count} amounts`, () => {
      const memory = fargateSizes.find((size) => size.cpu === cpu)?.memory ?? [];
      expect([memory[0], memory.at(-1), memory.length]).to.deep.equal([low, high, count]);
      for (const m of memory) expect(fargateProblem(cpu ?? 0, m)).to.equal(undefined);
    });

  for (const [cpu, memory, nearCpu, nearMemory] of [
    [256, 4096, 256, 2048],
    [256, 1536, 256, 2048],
    [256, 700, 256, 512],
    [300, 512, 256, 512],
    [500, 512, 512, 1024],
    [0, 0, 256, 512],
    [1000000, 1000000, 32768, 249856],
    [32768, 200000, 32768, 249856],
    [8192, 17000, 8192, 16384],
  ] as const)
    it(`cpu ${cpu} and memory ${memory}: the nearest is ${nearCpu} and ${nearMemory}`, () => {
      expect(nearestFargateSize(cpu, memory)).to.deep.equal({ cpu: nearCpu, memory: nearMemory });
      expect(fargateProblem(cpu, memory)).to.include(`cpu ${nearCpu} and memory ${nearMemory}`);
    });

  it("says what is allowed", () => {
    expect(fargateProblem(256, 4096)).to.include("cpu 256 goes with memory 512, 1024, 2048");
    expect(fargateProblem(1024, 512)).to.include("2048 to 8192 in steps of 1024");
    expect(fargateProblem(300, 512)).to.include("cpu is one of 256, 512, 1024");
  });
});

describe("TLS policies", () => {
  it("allow nothing older than the minimum", () => {
    expect(loadBalancerTlsPolicies["1.2"]).to.match(/^ELBSecurityPolicy-TLS13-1-2-Res-/);
    expect(loadBalancerTlsPolicies["1.3"]).to.match(/^ELBSecurityPolicy-TLS13-1-3-/);
    expect(edgeTlsPolicies["1.2"]).to.match(/^TLSv1\.2_/);
    expect(edgeTlsPolicies["1.3"]).to.match(/^TLSv1\.3_/);
  });
});

describe("CloudFront's facts", () => {
  it("tell the prefix lists of both families apart", () => {
    expect(prefixListNames[4]).to.equal("com.amazonaws.global.cloudfront.origin-facing");
    expect(prefixListNames[6]).to.equal("com.amazonaws.global.ipv6.cloudfront.origin-facing");
  });
  it("know the policies that forward Host", () => {
    expect(policiesForwardingHost).to.include("216adef6-5c7f-47e4-b989-5492eafa07d3");
    expect(policiesForwardingHost).to.not.include("b689b0a8-53d0-40ab-baf2-68738e2966ac");
  });
  for (const header of [
    "Host",
    "cookie",
    "X-Amz-Foo",
    "Proxy-Authorization",
    "If-None-Match",
    "X-Real-IP",
  ])
    it(`${header} is no origin custom header`, () =>
      expect(isForbiddenOriginHeader(header)).to.equal(true));
  for (const header of ["X-Hopwise-Secret", "Authorization", "Iffy", "X-Forwarded-Host"])
    it(`${header} may be one`, () => expect(isForbiddenOriginHeader(header)).to.equal(false));
});
