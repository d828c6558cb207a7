/** No port is open that nobody uses: the default group of a created VPC, and the tasks' way out. */
import { expect } from "chai";
import { H1ViaCloudfront, H2Direct, Network } from "../../../components";
import { taskEgress } from "../../../components/network/placement";
import type { PlacementArgs, ServiceArgs } from "../../../components";
import { placement, record, recorded, rulesOf, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const https = { cidr: "0.0.0.0/0", port: 443 };
const database = { cidr: "10.20.0.0/16", port: 5432 };
const endpoints = {
  endpointSecurityGroupId: "sg-0123456789abcdef0",
  s3PrefixListId: "pl-0123456789abcdef0",
};

describe("the default security group", () => {
  it("of a created VPC holds no rule", async () => {
    const made = await record(() => new Network("web"));
    const { inputs } = made.one("DefaultSecurityGroup");
    expect(inputs.vpcId).to.equal(made.all("Vpc").find((vpc) => vpc.id !== "")?.id);
    expect(inputs).not.to.have.any.keys("ingress", "egress");
  });

  it("of a VPC that was given is left alone", async () => {
    const made = await recorded(H2Direct, { placement, service, domain });
    expect(made.all("DefaultSecurityGroup")).to.deep.equal([]);
  });
});

describe("the tasks' way out", () => {
  const outOf = async (egress: ServiceArgs["egress"], more: Partial<PlacementArgs> = {}) => {
    const args = { placement: { ...placement, ...more }, service: { ...service, egress }, domain };
    const made = await recorded(H1ViaCloudfront, args);
    return {
      made,
      rules: rulesOf(made)
        .filter((rule) => rule.startsWith("web-tasks egress"))
        .map((rule) => rule.replace("web-tasks egress ", "")),
    };
  };

  it("is HTTPS to anywhere by default, and written out the same rule", async () => {
    const byDefault = await outOf(undefined);
    expect(byDefault.rules).to.deep.equal(["tcp 443 to 0.0.0.0/0"]);
    const written = await outOf([https]);
    expect(
      written.made.all("SecurityGroupEgressRule").map((r) => [r.name, r.inputs]),
    ).to.deep.equal(byDefault.made.all("SecurityGroupEgressRule").map((r) => [r.name, r.inputs]));
  });

  it("is what the list says, IPv4 and IPv6, and nothing else", async () => {
    const { rules, made } = await outOf([https, database, { cidr: "2001:db8::/32", port: 8443 }]);
    expect(rules).to.deep.equal([
      "tcp 443 to 0.0.0.0/0",
      "tcp 5432 to 10.20.0.0/16",
      "tcp 8443 to 2001:db8::/32",
    ]);
    const names = made.all("SecurityGroupEgressRule").map((rule) => rule.name);
    expect(names).to.include.members([
      "web-tasks-to-10.20.0.0-16-5432",
      "web-tasks-to-2001-db8---32-8443",
    ]);
    expect(
      made.named("SecurityGroupEgressRule", "web-tasks-to-10.20.0.0-16-5432").inputs.description,
    ).to.equal("TCP 5432 from the tasks to 10.20.0.0/16");
  });

  it("is the endpoints and the list where there are endpoints", async () => {
    expect((await outOf(undefined, endpoints)).rules).to.have.length(2);
    expect((await outOf([database], endpoints)).rules).to.deep.equal([
      "tcp 443 to group sg-0123456789abcdef0",
      "tcp 443 to list pl-0123456789abcdef0",
      "tcp 5432 to 10.20.0.0/16",
    ]);
  });

  it("names every rule differently", () => {
    const names = taskEgress(endpoints, [https, database, { ...database, port: 5433 }]).map(
      (rule) => rule.name,
    );
    expect(new Set(names).size).to.equal(5);
  });
});
