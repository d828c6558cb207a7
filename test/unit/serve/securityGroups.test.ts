import { expect } from "chai";
import { type ConnectionPeer, admission } from "../../../local/serve/securityGroups";
import { readTopology } from "../../../topology";
import { peerText, singleRules } from "../../../topology/securityGroups";
import type { SecurityGroup, SecurityGroupRule } from "../../../topology/types";
import type { LocalResource, Props } from "../../../local/model/types";

const viewer: ConnectionPeer = {
  what: "203.0.113.9 (the internet)",
  cidrs: ["203.0.113.9"],
  groupIds: [],
};
const cloudfront: ConnectionPeer = {
  ...viewer,
  what: "CloudFront",
  cidrs: ["130.176.0.1"],
  cloudfront: 4,
};
const loadBalancer: ConnectionPeer = {
  what: "the load balancer web",
  cidrs: ["10.0.1.0/24"],
  groupIds: ["sg-lb"],
};

interface Written extends Partial<Omit<SecurityGroupRule, "peers">> {
  cidrs?: string[];
  prefixListIds?: string[];
  groupIds?: string[];
}

const rule = ({ cidrs, prefixListIds, groupIds, ...change }: Written): SecurityGroupRule => ({
  id: "sgr-1",
  name: "in",
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  peers: [
    ...(cidrs ?? []).map((cidr) => ({ kind: "cidr", cidr }) as const),
    ...(prefixListIds ?? []).map((id) => ({ kind: "prefix-list", id }) as const),
    ...(groupIds ?? []).map((id) => ({ kind: "security-group", id }) as const),
  ],
  ...change,
});
const groups = (...ingress: SecurityGroupRule[]): ReadonlyMap<string, SecurityGroup> =>
  new Map([["sg-1", { id: "sg-1", name: "web-sg", ingress, egress: [] }]]);

describe("security groups", () => {
  // prettier-ignore
  const cases: [string, Written, ConnectionPeer, number, boolean][] = [
    ["the whole internet", { cidrs: ["0.0.0.0/0"] }, viewer, 443, true],
    ["the caller's range", { cidrs: ["203.0.113.0/24"] }, viewer, 443, true],
    ["the caller alone", { cidrs: ["203.0.113.9/32"] }, viewer, 443, true],
    ["another range", { cidrs: ["203.0.112.0/24"] }, viewer, 443, false],
    ["only IPv6", { cidrs: ["::/0"] }, viewer, 443, false],
    ["another port", { cidrs: ["0.0.0.0/0"] }, viewer, 80, false],
    ["a range of ports", { cidrs: ["0.0.0.0/0"], fromPort: 80, toPort: 500 }, viewer, 443, true],
    ["a port above the range", { cidrs: ["0.0.0.0/0"], fromPort: 80, toPort: 442 }, viewer, 443, false],
    ["UDP only", { cidrs: ["0.0.0.0/0"], protocol: "udp" }, viewer, 443, false],
    ["all protocols, whatever the ports say", { cidrs: ["0.0.0.0/0"], protocol: "-1", fromPort: 0, toPort: 0 }, viewer, 443, true],
    ["CloudFront's prefix list, CloudFront calling", { prefixListIds: ["pl-1"] }, cloudfront, 443, true],
    ["CloudFront's prefix list, a viewer calling", { prefixListIds: ["pl-1"] }, viewer, 443, false],
    ["the caller's security group", { groupIds: ["sg-lb"] }, loadBalancer, 443, true],
    ["another security group", { groupIds: ["sg-other"] }, loadBalancer, 443, false],
    ["the range of the caller's subnets", { cidrs: ["10.0.0.0/16"] }, loadBalancer, 443, true],
    ["part of the range of the caller's subnets", { cidrs: ["10.0.1.128/25"] }, loadBalancer, 443, true],
    ["another private range", { cidrs: ["10.1.0.0/16"] }, loadBalancer, 443, false],
    ["nothing", {}, viewer, 443, false],
  ];
  for (const [title, change, peer, port, admitted] of cases) {
    it(`admitting ${title}: port ${port} is ${admitted ? "open" : "closed"}`, () => {
      const found = admission("ingress", ["sg-1"], groups(rule(change)), peer, port);
      expect(found.admitted).to.equal(admitted);
    });
  }

  it("names the rule that admits", () => {
    const found = admission(
      "ingress",
      ["sg-1"],
      groups(rule({ name: "web", cidrs: ["0.0.0.0/0"] })),
      viewer,
      443,
    );
    expect(found).to.deep.equal({ admitted: true, rule: "web" });
  });

  it("says which rule is missing, for whom, and what is there instead", () => {
    const found = admission(
      "ingress",
      ["sg-1"],
      groups(rule({ prefixListIds: ["pl-1"] })),
      viewer,
      443,
    );
    expect(found).to.deep.equal({
      admitted: false,
      missing:
        "web-sg has no ingress rule for TCP 443 from 203.0.113.9 (the internet) (it has: TCP 443 pl-1)",
    });
  });

  it("counts the rules of all groups", () => {
    const both = new Map([
      ...groups(),
      [
        "sg-2",
        { id: "sg-2", name: "b", ingress: [rule({ cidrs: ["0.0.0.0/0"] })], egress: [] },
      ] as const,
    ]);
    expect(admission("ingress", ["sg-1"], both, viewer, 443).admitted).to.be.false;
    expect(admission("ingress", ["sg-1", "sg-2"], both, viewer, 443).admitted).to.be.true;
  });

  it("admits nobody without a group, and takes an unknown group to admit", () => {
    expect(admission("ingress", [], groups(), viewer, 443).admitted).to.be.false;
    expect(admission("ingress", ["sg-given"], groups(), viewer, 443).admitted).to.be.true;
  });
});

describe("security groups of a program", () => {
  const resource = (type: string, name: string, inputs: Props, id = name): LocalResource => ({
    urn: `urn:pulumi:s::p::${type}::${name}`,
    type,
    name,
    id,
    inputs,
    outputs: { ...inputs },
  });
  const standalone = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const older = "aws:ec2/securityGroupRule:SecurityGroupRule";

  /** The ingress rules of the group `sg-1`, without their names. */
  const ingress = (inline: Props, ...rules: LocalResource[]): unknown => {
    const group = resource("aws:ec2/securityGroup:SecurityGroup", "web", inline, "sg-1");
    const found = readTopology([group, ...rules]).securityGroups.get("sg-1")?.ingress ?? [];
    return found.map(({ protocol, fromPort, toPort, peers }) =>
      [protocol, `${fromPort}-${toPort}`, ...peers.map(peerText)].join(" "),
    );
  };

  it("reads inline rules, each with all its peers", () => {
    const rules = [
      {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["10.0.0.0/8"],
        ipv6CidrBlocks: ["::/0"],
      },
      {
        protocol: "6",
        fromPort: 80,
        toPort: 81,
        prefixListIds: ["pl-1"],
        securityGroups: ["sg-2"],
        self: true,
      },
    ];
    expect(ingress({ ingress: rules })).to.deep.equal([
      "tcp 443-443 10.0.0.0/8 ::/0",
      "tcp 80-81 pl-1 sg-2 sg-1",
    ]);
  });

  it("reads rule resources of both generations", () => {
    const rules = [
      resource(standalone, "a", {
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 1,
        toPort: 2,
        prefixListId: "pl-1",
      }),
      resource(standalone, "b", {
        securityGroupId: "sg-1",
        ipProtocol: "-1",
        referencedSecurityGroupId: "sg-2",
      }),
      resource(older, "c", {
        securityGroupId: "sg-1",
        type: "ingress",
        protocol: "tcp",
        fromPort: 5,
        toPort: 5,
        cidrBlocks: ["10.0.0.0/8"],
      }),
      resource(older, "d", {
        securityGroupId: "sg-1",
        type: "egress",
        protocol: "tcp",
        fromPort: 6,
        toPort: 6,
        cidrBlocks: ["0.0.0.0/0"],
      }),
      resource(standalone, "e", {
        securityGroupId: "sg-9",
        ipProtocol: "tcp",
        fromPort: 7,
        toPort: 7,
        cidrIpv4: "0.0.0.0/0",
      }),
    ];
    expect(ingress({}, ...rules)).to.deep.equal([
      "tcp 1-2 pl-1",
      "-1 0-65535 sg-2",
      "tcp 5-5 10.0.0.0/8",
    ]);
  });

  it("takes a rule for all protocols for one of all ports, and keeps descriptions", () => {
    const all = { protocol: "ALL", fromPort: 0, toPort: 0, self: true, description: "each other" };
    const group = resource("aws:ec2/securityGroup:SecurityGroup", "web", { egress: [all] }, "sg-1");
    expect(readTopology([group]).securityGroups.get("sg-1")?.egress).to.deep.equal([
      {
        id: "sg-1",
        name: "web: egress[0]",
        description: "each other",
        protocol: "-1",
        fromPort: 0,
        toPort: 65535,
        peers: [{ kind: "security-group", id: "sg-1" }],
      },
    ]);
  });

  it("holds each range of ports and peer once, as EC2 does", () => {
    const rules = [
      rule({ name: "a", cidrs: ["10.0.0.0/8", "::/0"] }),
      rule({ name: "b", cidrs: ["10.0.0.0/8"] }),
      rule({ name: "c", cidrs: ["10.0.0.0/8"], toPort: 444 }),
    ];
    const singles = [...singleRules(rules).values()];
    expect(singles.map(({ toPort, peer }) => `${toPort} ${peerText(peer)}`)).to.deep.equal([
      "443 10.0.0.0/8",
      "443 ::/0",
      "444 10.0.0.0/8",
    ]);
  });
});
