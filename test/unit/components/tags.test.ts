/** Tags of every name reach every resource. */
import { expect } from "chai";
import { Network, NginxImage, pathComponents } from "../../../components";
import { withName } from "../../../components/shared/tags";
import { variantNames } from "../../../path/variants";
import { placement, record, service } from "./record";

describe("tags", () => {
  const tags = { toString: "x", constructor: "y", then: "z" };
  const domain = { name: "app.example.com", zoneName: "example.com" };

  for (const variant of variantNames)
    it(`of ${variant} may be called like a method of JavaScript's objects`, async () => {
      const args = {
        placement,
        service,
        domain,
        tags,
        waf: {},
        alarms: {},
        runtimeMonitoring: true,
      };
      const made = await record(() => new pathComponents[variant]("web", args));
      for (const type of ["LoadBalancer", "Role", "TaskDefinition", "Cluster", "Certificate"])
        for (const { inputs } of made.all(type)) expect(inputs.tags).to.include(tags);
    });

  it("of a network and an image may be so, too", async () => {
    const made = await record(() => {
      new Network("web", { tags, egress: "endpoints" });
      new NginxImage("web", { tags });
    });
    expect(made.all("Vpc")[0]?.inputs.tags).to.include(tags);
    expect(made.all("Repository")[0]?.inputs.tags).to.include(tags);
  });

  it("have a Name, unless one is given in whatever case", () => {
    expect(withName("web", { team: "x" })).to.deep.equal({ Name: "web", team: "x" });
    expect(withName("web", { name: "mine" })).to.deep.equal({ name: "mine" });
    expect(withName("web", { Name: "mine" }, { a: "b" })).to.deep.equal({ Name: "mine", a: "b" });
  });
});
