/** What a VPC must be for a VPC origin, as far as the program says it. */
import { expect } from "chai";
import { Account } from "../../../local/model";
import type { Props } from "../../../local/model/types";
import { token } from "../../../topology/tokens";
import { make } from "./scene";
import { codesOf } from "./support";

const region = "us-east-1";

/** A VPC origin of an internal load balancer in two subnets. */
function origin(
  zones: readonly [Props, Props],
  gateway: (account: Account, vpcId: string) => void,
) {
  const account = new Account({ region });
  const vpcId = make(account, token.vpc, "network", { cidrBlock: "10.0.0.0/16" }).id;
  gateway(account, vpcId);
  const subnets = zones.map(
    (zone, i) =>
      make(account, token.subnet, `s${i}`, { vpcId, cidrBlock: `10.0.${i}.0/24`, ...zone }).id,
  );
  const { arn } = make(account, token.loadBalancer, "alb", { subnets, internal: true }).outputs;
  return codesOf(() =>
    make(account, token.vpcOrigin, "inside", {
      vpcOriginEndpointConfig: {
        ...{ name: "inside", arn, httpPort: 80, httpsPort: 443 },
        originProtocolPolicy: "http-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
      },
    }),
  );
}

const attached = (account: Account, vpcId: string): void => {
  make(account, token.internetGateway, "gateway", { vpcId });
};
const is = (availabilityZoneId: string): Props => ({ availabilityZoneId });

describe("a VPC origin", () => {
  it("is refused in a zone that has none, by the zone's id", () => {
    expect(origin([is("use1-az1"), is("use1-az3")], attached)).to.deep.equal(["InvalidArgument"]);
    expect(origin([is("use1-az1"), is("use1-az2")], attached)).to.deep.equal([]);
  });

  it("is not refused for the name of a zone, which means another zone in each account", () => {
    const named = (letter: string): Props => ({ availabilityZone: `${region}${letter}` });
    expect(origin([named("a"), named("e")], attached)).to.deep.equal([]);
  });

  it("needs an internet gateway, made in the VPC or attached to it", () => {
    const zones: [Props, Props] = [is("use1-az1"), is("use1-az2")];
    expect(origin(zones, () => undefined)).to.deep.equal(["InvalidArgument"]);
    const later = (account: Account, vpcId: string): void => {
      const internetGatewayId = make(account, token.internetGateway, "gateway", {}).id;
      make(account, token.internetGatewayAttachment, "attached", { vpcId, internetGatewayId });
    };
    expect(origin(zones, later)).to.deep.equal([]);
  });
});

describe("the zones of a region", () => {
  const subnet = (availabilityZone: string) =>
    codesOf(() => {
      const account = new Account({ region: "ap-northeast-1" });
      const vpcId = make(account, token.vpc, "network", { cidrBlock: "10.0.0.0/16" }).id;
      make(account, token.subnet, "s", { vpcId, cidrBlock: "10.0.0.0/24", availabilityZone });
    });

  it("are those of older accounts as well, and local ones", () => {
    for (const name of ["ap-northeast-1a", "ap-northeast-1b", "ap-northeast-1-tpe-1a"])
      expect(subnet(name), name).to.deep.equal([]);
  });

  it("are not those of another region, nor any letter", () => {
    for (const name of ["ap-northeast-2a", "ap-northeast-1z"])
      expect(subnet(name), name).to.deep.equal(["InvalidParameterValue"]);
  });
});

describe("a lookup of an internet gateway", () => {
  const lookup = "aws:ec2/getInternetGateway:getInternetGateway";
  const of = (id: string): Props => ({ filters: [{ name: "attachment.vpc-id", values: [id] }] });

  it("finds that of the program's VPC, and knows nothing of another VPC", () => {
    const account = new Account({ region });
    const vpcId = make(account, token.vpc, "network", { cidrBlock: "10.0.0.0/16" }).id;
    const gateway = make(account, token.internetGateway, "gateway", { vpcId });
    expect(account.invoke(lookup, of(vpcId)).internetGatewayId).to.equal(gateway.id);
    const other = codesOf(() => account.invoke(lookup, of("vpc-0123456789abcdef0")));
    expect(other).to.deep.equal(["FunctionNotModelled"]);
  });
});
