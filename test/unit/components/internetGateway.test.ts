/** An existing VPC behind a VPC origin: whether it has an internet gateway, as far as AWS says. */
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { H1ViaCloudfront, Network, type PlacementArgs } from "../../../components";
import { Account, mocksFor } from "../../../local/model";
import { cheapTraces } from "../../../local/program/traces";
import { placement, service } from "./record";

const lookup = "aws:ec2/getInternetGateway:getInternetGateway";

/** What is asked of AWS, and what is printed, where AWS answers so. */
async function build(
  answer: (args: object) => Record<string, unknown>,
  { access, at }: { access: "vpc-origin" | "prefix-list"; at: () => PlacementArgs },
) {
  const mocks = mocksFor(new Account());
  const asked: unknown[] = [];
  const call = mocks.call.bind(mocks);
  mocks.call = (args) => {
    if (args.token !== lookup) return call(args);
    asked.push((args.inputs as { filters?: unknown }).filters);
    return answer(args.inputs as object);
  };
  await pulumi.runtime.setMocks(mocks, "hopwise", "test", false);
  const printed: string[] = [];
  const { log, warn } = console;
  console.log = console.warn = (line: unknown) => printed.push(String(line));
  try {
    const domain = { name: "app.example.com", zoneName: "example.com" };
    await cheapTraces(async () => {
      new H1ViaCloudfront("web", { placement: at(), service, domain, origin: { access } });
      await pulumi.runtime.disconnect();
    });
  } finally {
    Object.assign(console, { log, warn });
  }
  return { asked, warned: printed.join("\n").includes("vpc-origin-without-internet-gateway") };
}

/** As the engine reports a provider's error. */
const fails = (details: string) => () => {
  throw Object.assign(new Error(details), { details });
};
const none = fails("invoking aws:ec2/getInternetGateway: no matching EC2 Internet Gateway found");
const there = (args: object) => ({ ...args, id: "igw-0123456789abcdef0" });
const vpcOrigin = { access: "vpc-origin", at: () => placement } as const;

describe("an existing VPC behind a VPC origin", () => {
  it("without an internet gateway is a warning", async () => {
    const { asked, warned } = await build(none, vpcOrigin);
    expect(asked).to.deep.equal([[{ name: "attachment.vpc-id", values: [placement.vpcId] }]]);
    expect(warned).to.equal(true);
  });

  it("with one is nothing to speak of", async () => {
    expect((await build(there, vpcOrigin)).warned).to.equal(false);
  });

  it("that AWS says nothing about is not known, and gives no finding", async () => {
    const denied = fails("UnauthorizedOperation: ec2:DescribeInternetGateways");
    expect(await build(denied, vpcOrigin)).to.include({ warned: false });
  });

  it("is not asked about without a VPC origin, nor where the program creates it", async () => {
    const created = () => {
      const { placement: made, internalSubnetIds } = new Network("web");
      return { ...made, loadBalancerSubnetIds: internalSubnetIds };
    };
    const publicOne = await build(none, { access: "prefix-list", at: () => placement });
    const own = await build(none, { access: "vpc-origin", at: created });
    expect([...publicOne.asked, ...own.asked]).to.deep.equal([]);
    expect(publicOne.warned || own.warned).to.equal(false);
  });
});
