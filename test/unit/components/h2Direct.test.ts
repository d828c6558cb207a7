import { expect } from "chai";
import { H2Direct, type H2DirectArgs } from "../../../components";
import { placement, recorded, rulesOf, service } from "./record";

const domain = { name: "h2.example.com", zoneName: "example.com" };
const build = (args: Partial<H2DirectArgs> = {}) =>
  recorded(H2Direct, { placement, service, domain, ...args });

describe("H2Direct", () => {
  it("speaks HTTP/2 from the load balancer to nginx, in plain text", async () => {
    const made = await build();
    const group = made.one("TargetGroup").inputs;
    expect(group).to.include({ protocol: "HTTP", protocolVersion: "HTTP2", port: 8080 });
    expect(group.healthCheck).to.include({ protocol: "HTTP", path: "/healthz", matcher: "200" });
    expect(made.environment("nginx")).to.include({ HOPWISE_HTTP2: "on", HOPWISE_TLS: "off" });
  });

  it("speaks HTTP/2 over TLS to the tasks where the origin's protocol is https", async () => {
    const made = await build({ origin: { protocol: "https" } });
    expect(made.one("TargetGroup").inputs).to.include({
      protocol: "HTTPS",
      protocolVersion: "HTTP2",
    });
    expect(made.environment("nginx")).to.include({ HOPWISE_HTTP2: "on", HOPWISE_TLS: "on" });
  });

  it("offers HTTP/2 on an HTTPS listener with a policy of today, and forwards by default", async () => {
    const made = await build();
    expect(made.one("LoadBalancer").inputs).to.include({ internal: false, enableHttp2: true });
    expect(made.one("Listener").inputs).to.include({
      protocol: "HTTPS",
      port: 443,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    });
    expect(made.one("Listener").inputs.defaultActions).to.deep.equal([
      { type: "forward", targetGroupArn: made.one("TargetGroup").outputs.arn },
    ]);
  });

  it("asks for TLS 1.3 where viewers must have it", async () => {
    const made = await build({ viewers: { minimumTls: "1.3" } });
    expect(made.one("Listener").inputs.sslPolicy).to.equal(
      "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    );
  });

  it("makes nothing of CloudFront's, and no secret", async () => {
    const made = await build();
    for (const type of ["Distribution", "VpcOrigin", "ListenerRule", "RandomPassword"]) {
      expect(made.all(type), type).to.deep.equal([]);
    }
    expect(made.all("Certificate").map((c) => c.name)).to.deep.equal(["web-alb"]);
  });

  describe("security groups", () => {
    it("admit the internet on 443, and on nothing else, by default", async () => {
      expect(rulesOf(await build())).to.deep.equal([
        "web-alb egress tcp 8080 to group web-tasks",
        "web-alb ingress tcp 443 from 0.0.0.0/0",
        "web-tasks egress tcp 443 to 0.0.0.0/0",
        "web-tasks ingress tcp 8080 from group web-alb",
      ]);
    });

    it("admit the given ranges instead, IPv4 and IPv6", async () => {
      const viewers = { allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"] };
      const rules = rulesOf(await build({ viewers }));
      expect(rules.filter((rule) => rule.startsWith("web-alb ingress"))).to.deep.equal([
        "web-alb ingress tcp 443 from 2001:db8::/32",
        "web-alb ingress tcp 443 from 203.0.113.0/24",
      ]);
    });

    it("open port 80 for the redirect, where it is asked for", async () => {
      const made = await build({ viewers: { redirectHttp: true } });
      expect(rulesOf(made)).to.include("web-alb ingress tcp 80 from 0.0.0.0/0");
      expect(made.named("Listener", "web-redirect").inputs).to.include({
        port: 80,
        protocol: "HTTP",
      });
      expect(made.named("Listener", "web-redirect").inputs.defaultActions).to.deep.equal([
        {
          type: "redirect",
          redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
        },
      ]);
    });

    it("leave port 80 closed otherwise", async () => {
      expect((await build()).all("Listener").map((l) => l.inputs.port)).to.deep.equal([443]);
    });
  });

  it("points the name at the load balancer, over IPv4 only unless it is dual-stack", async () => {
    const records = (made: Awaited<ReturnType<typeof build>>) =>
      made
        .all("Record")
        .filter((r) => r.inputs.type !== "CNAME")
        .map((r) => `${String(r.inputs.type)} ${String(r.inputs.name)}`)
        .sort();
    expect(records(await build())).to.deep.equal(["A h2.example.com"]);
    const dual = await build({ placement: { ...placement, ipAddressType: "dualstack" } });
    expect(records(dual)).to.deep.equal(["A h2.example.com", "AAAA h2.example.com"]);
  });

  it("tells nginx that one hop forwarded the request", async () => {
    expect((await build()).environment("nginx").HOPWISE_TRUSTED_HOPS).to.equal("1");
  });
});
