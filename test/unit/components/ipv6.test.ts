/** IPv6 in a created VPC: which subnets have it, and the ways out and in. */
import { expect } from "chai";
import { H1ViaCloudfront, H2Direct, Network, type NetworkArgs } from "../../../components";
import type { Props } from "../../../local/model/types";
import { record, rulesOf, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const egresses = ["nat-single", "nat-per-az", "endpoints", "public-ip"] as const;

const network = (args: NetworkArgs) =>
  record(() => new Network("web", { ipAddressType: "dualstack", ...args }));

describe("IPv6 in a created VPC", () => {
  it("is absent by default", async () => {
    const made = await record(() => new Network("web"));
    expect(made.all("EgressOnlyInternetGateway")).to.deep.equal([]);
    expect(JSON.stringify(made.resources.map(({ inputs }) => inputs))).to.not.match(/ipv6/i);
  });

  for (const egress of egresses)
    it(`with ${egress}: a range for each subnet with a way out over it, and no other`, async () => {
      const made = await network({ egress });
      const nat = egress.startsWith("nat");
      const withRange = made
        .all("Subnet")
        .filter(({ inputs }) => inputs.ipv6CidrBlock !== undefined);
      const names = [
        "web-public-1",
        "web-public-2",
        ...(nat ? ["web-private-1", "web-private-2"] : []),
      ];
      expect(withRange.map(({ name }) => name)).to.have.members(names);
      expect(withRange.every(({ inputs }) => inputs.assignIpv6AddressOnCreation === true)).to.equal(
        true,
      );
      const tables = new Map(made.all("RouteTable").map(({ id, name }) => [id, name]));
      const out = made
        .all("Route")
        .filter(({ inputs }) => inputs.destinationIpv6CidrBlock === "::/0")
        .map(({ inputs }) => {
          const to = inputs.gatewayId === undefined ? "out only" : "in and out";
          return `${tables.get(String(inputs.routeTableId)) ?? ""} ${to}`;
        });
      expect(out).to.have.members(
        names.map((name) => `${name} ${name.includes("public") ? "in and out" : "out only"}`),
      );
      expect(made.all("EgressOnlyInternetGateway")).to.have.lengthOf(nat ? 1 : 0);
    });

  it("opens the load balancer to IPv6 viewers, and the tasks' HTTPS", async () => {
    const made = await record(() => {
      const { placement } = new Network("web", { ipAddressType: "dualstack" });
      const viewers = { allowedCidrs: ["0.0.0.0/0", "::/0"] };
      new H2Direct("web", { placement, service, domain, viewers });
    });
    expect(rulesOf(made)).to.deep.equal([
      "web-alb egress tcp 8080 to group web-tasks",
      "web-alb ingress tcp 443 from 0.0.0.0/0",
      "web-alb ingress tcp 443 from ::/0",
      "web-tasks egress tcp 443 to 0.0.0.0/0",
      "web-tasks egress tcp 443 to ::/0",
      "web-tasks ingress tcp 8080 from group web-alb",
    ]);
    expect(made.one("LoadBalancer").inputs.ipAddressType).to.equal("dualstack");
    expect(made.all("Record").some(({ inputs }) => inputs.type === "AAAA")).to.equal(true);
  });

  it("lets CloudFront call over IPv6, and tasks with endpoints nobody", async () => {
    const made = await record(() => {
      const { placement } = new Network("web", { ipAddressType: "dualstack", egress: "endpoints" });
      new H1ViaCloudfront("web", { placement, service, domain });
    });
    const rules = rulesOf(made).filter((rule) => /tasks egress|ipv6/.test(rule));
    expect(rules.filter((rule) => rule.includes("::/0"))).to.deep.equal([]);
    expect(rules).to.include(
      "web-alb ingress tcp 443 from list com.amazonaws.global.ipv6.cloudfront.origin-facing",
    );
    const [origin] = made.one("Distribution").inputs.origins as Props[];
    expect((origin?.customOriginConfig as Props).ipAddressType).to.equal("dualstack");
  });
});
