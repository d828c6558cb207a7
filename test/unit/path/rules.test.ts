import { expect } from "chai";
import { ingressWeight, securityGroupRules } from "../../../path/rules";
import type { PathSpec, Source } from "../../../path/types";
import { h1ViaCloudfrontSpec, h2DirectSpec } from "../../../path/variants";
import { change, h1, h2, vpc, vpcPlain } from "./specs";

const lines = (spec: PathSpec): string[] =>
  securityGroupRules(spec).map((r) => {
    const peer =
      r.peer.kind === "cidr"
        ? r.peer.cidr
        : r.peer.kind === "cloudfront"
          ? `cloudfront-ipv${r.peer.ipVersion}`
          : `group ${r.peer.group}`;
    return `${r.name}: ${r.group} ${r.direction} ${r.port} ${peer}`;
  });

const inside = [
  "load-balancer-to-tasks: load-balancer egress 8080 group tasks",
  "tasks-from-load-balancer: tasks ingress 8080 group load-balancer",
];

describe("security group rules, complete", () => {
  const https = "https-from-cloudfront-ipv4: load-balancer ingress 443 cloudfront-ipv4";
  const cases: [string, PathSpec, string[]][] = [
    ["h1-via-cloudfront", h1, [https]],
    ["h1-via-cloudfront on a VPC origin", vpc, [https]],
    [
      "h1-via-cloudfront on a VPC origin without a certificate",
      vpcPlain,
      ["http-from-cloudfront-ipv4: load-balancer ingress 80 cloudfront-ipv4"],
    ],
    [
      "h1-via-cloudfront, dual-stack",
      h1ViaCloudfrontSpec({
        loadBalancerCertificate: true,
        viewerNames: [],
        originName: "x",
        ipAddressType: "dualstack",
      }),
      [https, "https-from-cloudfront-ipv6: load-balancer ingress 443 cloudfront-ipv6"],
    ],
    ["h2-direct", h2, ["https-from-anywhere-ipv4: load-balancer ingress 443 0.0.0.0/0"]],
    [
      "h2-direct with ranges and a redirect",
      h2DirectSpec({
        loadBalancerCertificate: true,
        allowedCidrs: ["203.0.113.0/24", "::/0", "2001:DB8::/32"],
        redirectHttp: true,
      }),
      [
        "https-from-203-0-113-0-24: load-balancer ingress 443 203.0.113.0/24",
        "https-from-anywhere-ipv6: load-balancer ingress 443 ::/0",
        "https-from-2001_db8__-32: load-balancer ingress 443 2001:DB8::/32",
        "http-from-203-0-113-0-24: load-balancer ingress 80 203.0.113.0/24",
        "http-from-anywhere-ipv6: load-balancer ingress 80 ::/0",
        "http-from-2001_db8__-32: load-balancer ingress 80 2001:DB8::/32",
      ],
    ],
  ];
  for (const [name, spec, expected] of cases)
    it(name, () => expect(lines(spec)).to.deep.equal([...expected, ...inside]));

  it("follow the port of the target group", () =>
    expect(lines(change(h1, { target: { port: 9000 } })).slice(1)).to.deep.equal(
      inside.map((line) => line.replace("8080", "9000")),
    ));

  it("hold no duplicates and describe themselves in EC2's letters", () => {
    const twice: Source[] = [...h2.listener.admits, ...h2.listener.admits];
    const rules = securityGroupRules(
      change(h2, { listener: { admits: twice, redirectsHttp: true } }),
    );
    expect(rules).to.have.length(4);
    for (const { description } of rules)
      expect(description).to.match(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
  });
});

describe("how much of the quota the rules use", () => {
  const weights = (spec: PathSpec): number[] =>
    ([4, 6] as const).map((ipVersion) => ingressWeight(securityGroupRules(spec), ipVersion));
  const dual: Source[] = [
    { kind: "cloudfront", ipVersion: 4 },
    { kind: "cloudfront", ipVersion: 6 },
  ];
  it("55 for the prefix list, in its own family", () => expect(weights(h1)).to.deep.equal([55, 0]));
  it("each family apart", () =>
    expect(weights(change(h1, { listener: { admits: dual } }))).to.deep.equal([55, 55]));
  it("twice on two ports", () =>
    expect(weights(change(h1, { listener: { redirectsHttp: true } }))).to.deep.equal([110, 0]));
  it("one for a range", () => expect(weights(h2)).to.deep.equal([1, 0]));
});
