/** IPv6 of a living stack with a VPC of its own: switched on in place, and not taken away. */
import { expect } from "chai";
import { token } from "../../topology/tokens";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "../engine/stack";

for (const name of ["prod", "h2"]) {
  describeWith("pulumi", `IPv6 of the stack ${name}, by the real engine`, () => {
    let stack: Stack;

    before(async () => {
      stack = await createStack(name);
      stack.set("deletionProtection", "false");
      await stack.up();
    });

    after(() => (stack as Stack | undefined)?.close());

    it("is switched on in place: subnets, then the load balancer, then its name", async () => {
      stack.set("network.ipAddressType", "dualstack");
      if (name === "h2") stack.set("viewers.allowedCidrs", '["0.0.0.0/0", "::/0"]');
      const calls = await stack.up();
      expectWhole(stack);
      const aaaa = name === "h2" ? "web-viewers-aaaa" : "web-origin-aaaa";
      expectOrder(
        calls,
        "update Vpc web",
        "update Subnet web-public-1",
        "update LoadBalancer web-alb",
        `create Record ${aaaa}`,
      );
      const others = steps(calls).filter((step) => !/^(create|update) /.test(step));
      expect(others).to.deep.equal([]);
    });

    it("is left alone by a second update", async () => {
      expect(await stack.up("--expect-no-changes")).to.be.empty;
    });

    it("is not taken away, because subnets use it", async () => {
      stack.set("network.ipAddressType", "ipv4");
      if (name === "h2") stack.set("viewers.allowedCidrs", '["0.0.0.0/0"]');
      const refused = await stack.run("up", "--yes", "--skip-preview");
      expect(refused.code).to.not.equal(0);
      expect(refused.output).to.include("DependencyViolation");
      const [balancer] = stack.providers.account.all(token.loadBalancer);
      expect(balancer?.inputs.ipAddressType).to.equal("dualstack");
    });

    it("is destroyed to nothing", async () => {
      await stack.ok("destroy", "--yes", "--skip-preview");
      expect(stack.providers.account.resources).to.be.empty;
    });
  });
}
