/** A stack whose DNS is elsewhere: certificates first, the rest once they are validated. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "../engine/stack";

interface Outputs {
  readonly dnsRecords?: readonly { readonly name: string; readonly value: string }[];
  readonly dnsZoneFile?: string;
}

describeWith("pulumi", "a stack whose DNS is elsewhere, by the real engine", () => {
  let stack: Stack;

  const outputs = async (): Promise<Outputs> => {
    const { output } = await stack.ok("stack", "output", "--json");
    return JSON.parse(output.slice(output.indexOf("{"))) as Outputs;
  };

  before(async () => {
    stack = await createStack("dev");
    stack.set("domain.name", "app.example.com");
    stack.set("domain.aliases[0]", "www.example.org");
    stack.set("domain.dns", "elsewhere");
  });

  after(() => (stack as Stack | undefined)?.close());

  it("creates the certificates only, without waiting, and lists their records", async () => {
    expect(steps(await stack.up())).to.have.members([
      "create Certificate web-external",
      "create Certificate web-external-edge",
    ]);
    const { dnsRecords = [], dnsZoneFile = "" } = await outputs();
    expect(dnsRecords).to.have.length(2);
    for (const { name, value } of dnsRecords) {
      expect(name).to.match(/^_[0-9a-f]+\.(app\.example\.com|www\.example\.org)$/);
      expect(dnsZoneFile).to.include(`${name}. 300 IN CNAME ${value}. ;`);
    }
  });

  it("creates the rest once they are validated, and lists what leads viewers there", async () => {
    stack.set("domain.validated", "true");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(calls, "create CertificateValidation web-external-edge", "create Distribution web");
    expect(steps(calls).filter((step) => / (Record|Certificate) /.test(step))).to.be.empty;
    const { dnsRecords = [] } = await outputs();
    const viewers = dnsRecords.filter(({ value }) => value.endsWith(".cloudfront.net"));
    expect(viewers.map(({ name }) => name)).to.deep.equal(["app.example.com", "www.example.org"]);
    expect(dnsRecords).to.have.length(4);
    expect(await stack.up("--expect-no-changes")).to.be.empty;
  });

  it("goes to nothing", async () => {
    await stack.ok("destroy", "--yes", "--skip-preview");
    expect(stack.providers.account.resources).to.deep.equal([]);
  });
});
