import { expect } from "chai";
import { isFree } from "../../../cost/free";
import { fixedMonthlyCost, unknownTypes, type Priced } from "../../../cost/monthly";
import { prices, pricesAsOf } from "../../../cost/prices";

const one = (type: string, inputs: object = {}, outputs: object = {}): Priced => ({
  type,
  name: "x",
  inputs: { ...inputs },
  outputs: { ...outputs },
});
const names = (resources: Priced[]): string[] => unknownTypes(resources).map(({ type }) => type);

describe("what the table of prices does not know", () => {
  it("is named and counted", () => {
    const resources = [one("aws:rds/instance:Instance"), one("aws:rds/instance:Instance")];
    expect(unknownTypes(resources)).to.deep.equal([
      { type: "aws:rds/instance:Instance", count: 2 },
    ]);
    expect(names([one("gcp:compute/instance:Instance")])).to.have.length(1);
  });

  it("is neither what is free nor what is paid by use", () => {
    for (const type of [
      "aws:iam/role:Role",
      "aws:ec2/subnet:Subnet",
      "aws:lb/listener:Listener",
      "aws:s3/bucket:Bucket",
      "aws:cloudfront/distribution:Distribution",
      "random:index/randomPassword:RandomPassword",
    ])
      expect(names([one(type)]), type).to.deep.equal([]);
    expect(isFree("aws:ec2/instance:Instance")).to.equal(false);
    expect(isFree("aws:ec2/natGateway:NatGateway")).to.equal(false);
  });

  it("are tasks that run on instances, or whose size is not known", () => {
    const task = one(
      "aws:ecs/taskDefinition:TaskDefinition",
      { cpu: "256", memory: "512" },
      { arn: "t" },
    );
    const service = (inputs: object): Priced =>
      one("aws:ecs/service:Service", { taskDefinition: "t", ...inputs });
    expect(names([task, service({})])).to.deep.equal([]);
    expect(names([task, service({ launchType: "EC2" })])).to.deep.equal([
      "aws:ecs/service:Service",
    ]);
    expect(names([service({})])).to.deep.equal(["aws:ecs/service:Service"]);
  });
});

describe("the table of prices", () => {
  it("takes a load balancer of each module of the provider for one", () => {
    const table = prices["eu-west-1"];
    const cost = (type: string) =>
      table &&
      fixedMonthlyCost([one(type, { internal: true })], table).map(({ dollars }) => dollars);
    expect(cost("aws:alb/loadBalancer:LoadBalancer")).to.deep.equal(
      cost("aws:lb/loadBalancer:LoadBalancer"),
    );
    expect(cost("aws:alb/loadBalancer:LoadBalancer")?.[0]).to.be.closeTo(18.4, 0.01);
  });

  it("has a date and positive prices in every region", () => {
    expect(pricesAsOf).to.match(/^\d{4}-\d{2}-\d{2}$/);
    for (const table of Object.values(prices))
      for (const price of Object.values(table).flatMap((p: number | object) =>
        typeof p === "number" ? [p] : (Object.values(p) as number[]),
      ))
        expect(price).to.be.greaterThan(0);
  });
});
