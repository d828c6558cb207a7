/** IPv6 ranges of VPCs and subnets on the local AWS. */
import { expect } from "chai";
import { Account, expandVpc } from "../../../local/model";
import type { Props } from "../../../local/model/types";
import { token } from "../../../topology/tokens";
import { make } from "./scene";
import { codesOf } from "./support";

describe("IPv6 on the local AWS", () => {
  const vpcInputs = { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true };
  const scene = () => {
    const account = new Account();
    const vpc = make(account, token.vpc, "net", vpcInputs);
    const range = String(account.read(token.vpc, vpc.id)?.outputs.ipv6CidrBlock);
    const block = (rank: number) => range.replace("00::/56", `0${rank}::/64`);
    const subnet =
      (rank: number, more: Props = {}) =>
      () =>
        make(account, token.subnet, `s${rank}`, {
          vpcId: vpc.id,
          cidrBlock: `10.0.${rank}.0/24`,
          availabilityZone: `us-east-1${"abc"[rank] ?? ""}`,
          ipv6CidrBlock: block(rank),
          ...more,
        });
    return { account, vpc, range, block, subnet };
  };

  it("gives a VPC a /56, on creation and later, and takes none that is in use", () => {
    const { account, vpc, range, subnet } = scene();
    expect(range).to.match(/^2001:db8:[0-9a-f]{4}:[0-9a-f]{2}00::\/56$/);
    const later = make(account, token.vpc, "later", { cidrBlock: "10.1.0.0/16" });
    expect(
      account.update(token.vpc, later.id, { ...vpcInputs, cidrBlock: "10.1.0.0/16" }),
    ).to.have.property("ipv6CidrBlock");
    subnet(0)();
    const without = { cidrBlock: "10.0.0.0/16" };
    expect(codesOf(() => account.update(token.vpc, vpc.id, without))).to.deep.equal([
      "DependencyViolation",
    ]);
  });

  it("refuses a subnet's range outside the VPC's, one taken, and addresses without a range", () => {
    const { subnet, block } = scene();
    expect(codesOf(subnet(0, { ipv6CidrBlock: "2001:db8:ffff:ff00::/64" }))).to.deep.equal([
      "InvalidSubnet.Range",
    ]);
    expect(codesOf(subnet(0, { ipv6CidrBlock: block(0).replace("/64", "/65") }))).to.deep.equal([
      "InvalidSubnet.Range",
    ]);
    const bare = { ipv6CidrBlock: undefined, assignIpv6AddressOnCreation: true };
    expect(codesOf(subnet(0, bare))).to.deep.equal(["InvalidParameterValue"]);
    subnet(0)();
    expect(codesOf(subnet(1, { ipv6CidrBlock: block(0) }))).to.deep.equal([
      "InvalidSubnet.Conflict",
    ]);
    subnet(1)();
  });

  it("refuses a dual-stack load balancer in a subnet without a range", () => {
    const { account, vpc, subnet } = scene();
    make(account, token.internetGateway, "gateway", { vpcId: vpc.id });
    const [one, other] = [subnet(0)(), subnet(1, { ipv6CidrBlock: undefined })()];
    const balancer = (subnets: string[]) => () =>
      make(account, token.loadBalancer, "alb", { ipAddressType: "dualstack", subnets });
    expect(codesOf(balancer([one.id, other.id]))).to.deep.equal(["InvalidSubnet"]);
    balancer([one.id, subnet(2)().id])();
  });

  it("keeps a VPC while an egress-only gateway is in it", () => {
    const { account, vpc } = scene();
    const gateway = make(account, token.egressOnlyGateway, "out", { vpcId: vpc.id });
    const remove = () => {
      account.delete(token.vpc, vpc.id);
    };
    expect(codesOf(remove)).to.deep.equal(["DependencyViolation"]);
    account.delete(token.egressOnlyGateway, gateway.id);
    remove();
  });

  it("numbers awsx's subnets by zone, then by kind", () => {
    const account = new Account();
    const args = {
      numberOfAvailabilityZones: 2,
      assignGeneratedIpv6CidrBlock: true,
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Public" }, { type: "Private" }],
      natGateways: { strategy: "None" },
    };
    expect(
      expandVpc("net", args).filter(({ inputs }) => inputs.assignIpv6AddressOnCreation),
    ).to.have.lengthOf(4);
    make(account, token.awsxVpc, "net", args);
    const shown = account.all(token.subnet).map(({ name, inputs }) => {
      const [, number = ""] = /:..(..)::\/64$/.exec(String(inputs.ipv6CidrBlock)) ?? [];
      return `${name} ${number}`;
    });
    expect(shown).to.have.members([
      "net-public-1 00",
      "net-private-1 02",
      "net-public-2 01",
      "net-private-2 03",
    ]);
  });
});
