/** The web ACL of a living stack: on, changed, to the other variant and its other scope, off. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "../engine/stack";

describeWith("pulumi", "a web ACL of a living stack, by the real engine", () => {
  let stack: Stack;
  const live = (type: string) =>
    stack.providers.account.resources.filter((r) => r.type.endsWith(`:${type}`));

  before(async () => {
    stack = await createStack("dev");
    await stack.up();
  });

  after(() => (stack as Stack | undefined)?.close());

  it("is switched on: first its addresses, then the rules, then CloudFront", async () => {
    stack.set("waf.enabled", "true");
    stack.set("waf.blockCidrs[0]", "192.0.2.0/24");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(
      calls,
      "create IpSet web-blocked-ipv4",
      "create WebAcl web",
      "update Distribution web",
    );
    expectOrder(
      calls,
      "create LogGroup web-waf",
      "create LogResourcePolicy web-waf",
      "create WebAclLoggingConfiguration web",
    );
    expect(steps(calls).filter((step) => !step.startsWith("create"))).to.deep.equal([
      "update Distribution web",
    ]);
  });

  it("is left alone by a second update, and has not drifted", async () => {
    expect(await stack.up("--expect-no-changes")).to.be.empty;
    await stack.ok("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("changes in place, and lets go of a list before the list is deleted", async () => {
    stack.set("waf.mode", "count");
    stack.set("waf.inspectedBodyKiB", "64");
    stack.remove("waf.blockCidrs");
    const calls = await stack.up();
    expectWhole(stack);
    expect(steps(calls)).to.deep.equal(["update WebAcl web", "delete IpSet web-blocked-ipv4"]);
  });

  it("refuses a budget that its rules exceed, and changes nothing", async () => {
    stack.set("waf.capacityBudget", "900");
    const stopped = await stack.run("up", "--yes", "--skip-preview");
    expect(stopped.code).not.to.equal(0);
    expect(stopped.output).to.include("927 capacity units");
    stack.remove("waf.capacityBudget");
    expect(await stack.up("--expect-no-changes")).to.be.empty;
  });

  it("is replaced at the load balancer when the variant changes, and the old one is deleted last", async () => {
    stack.remove("waf.inspectedBodyKiB");
    stack.set("variant", "h2-direct");
    stack.set("domain.name", "h2.example.com");
    stack.remove("origin.access");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(calls, "create WebAcl web", "delete Distribution web", "delete WebAcl web");
    expectOrder(calls, "create WebAcl web", "create WebAclAssociation web", "delete WebAcl web");
    expect(live("WebAcl").map((acl) => acl.inputs.scope)).to.include("REGIONAL");
  });

  it("goes back to CloudFront with the variant", async () => {
    stack.set("variant", "h1-via-cloudfront");
    stack.remove("domain");
    stack.set("origin.access", "vpc-origin");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(calls, "delete WebAclAssociation web", "delete WebAcl web");
    expect(live("Distribution")[0]?.inputs.webAclId).to.include(":global/webacl/");
  });

  it("is switched off, and nothing of it is left", async () => {
    stack.remove("waf");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(calls, "update Distribution web", "delete WebAcl web");
    const types = stack.providers.account.resources.map((resource) => resource.type);
    expect(types.filter((type) => /wafv2|logResourcePolicy/.test(type))).to.deep.equal([]);
    expect(live("LogGroup")).to.have.length(1);
    expect(live("Distribution")[0]?.inputs).to.not.have.property("webAclId");
  });

  it("goes with the stack", async () => {
    stack.set("waf.enabled", "true");
    await stack.up();
    await stack.ok("destroy", "--yes", "--skip-preview");
    expect(stack.providers.account.resources).to.deep.equal([]);
  });
});
