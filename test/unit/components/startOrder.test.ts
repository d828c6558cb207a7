/** What the service waits for: everything that a first task needs before it can start. */
import { expect } from "chai";
import { H2Direct, Network, type ServiceArgs } from "../../../components";
import type { NetworkEgress } from "../../../components/network/networkPlan";
import { domain, record, type Recording } from "./record";

const build = (egress: NetworkEgress, app?: ServiceArgs["app"]) =>
  record(() => {
    const { placement } = new Network("web", { egress });
    new H2Direct("web", { placement, domain, service: { image: "nginx", app } });
  });

/** URNs of what the resource waits for: its own dependencies, its parents', and theirs. */
function waitsFor(made: Recording, urn: string): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (one: string): void => {
    const resource = made.resources.find((r) => r.urn === one);
    for (const next of [...(resource?.dependsOn ?? []), resource?.parent ?? ""]) {
      if (next === "" || found.has(next)) continue;
      found.add(next);
      follow(next);
    }
  };
  follow(urn);
  return found;
}

const rules = ["SecurityGroupIngressRule", "SecurityGroupEgressRule"];

const expectToWaitForRules = (made: Recording, service: string, ...types: string[]): void => {
  const waits = waitsFor(made, made.named("Service", service).urn);
  const own = (name: string): boolean => name.startsWith(`${service}-tasks`);
  for (const type of types) {
    const awaited = made.all(type).filter(({ name }) => own(name));
    expect(awaited, type).not.to.be.empty;
    for (const { name, urn } of awaited) expect(waits.has(urn), `${type} ${name}`).to.equal(true);
  }
};

describe("the service starts after", () => {
  const cases: [string, NetworkEgress, ServiceArgs["app"], string[]][] = [
    ["its rules, its permissions and its log group", "nat-single", undefined, []],
    ["VPC endpoints, where there are any", "endpoints", undefined, ["VpcEndpoint"]],
    [
      "the values of its secrets",
      "nat-single",
      { image: "app", port: 3000, secretEnvironment: { TOKEN: "s3cr3t" } },
      ["SecretVersion"],
    ],
  ];
  for (const [what, egress, app, more] of cases) {
    it(what, async () => {
      const made = await build(egress, app);
      const waits = waitsFor(made, made.one("Service").urn);
      for (const type of [...rules, "LogGroup", "RolePolicy", "Listener", ...more]) {
        expect(made.all(type), type).not.to.be.empty;
        for (const { name, urn } of made.all(type))
          expect(waits.has(urn), `${type} ${name}`).to.equal(true);
      }
    });
  }

  it("its own rules, where it gets some of the requests", async () => {
    const made = await record(() => {
      const { placement } = new Network("web", { egress: "endpoints" });
      const service = { image: "nginx" };
      const services = { api: { ...service, paths: ["/api/*"] } };
      new H2Direct("web", { placement, domain, service, services });
    });
    expectToWaitForRules(made, "web-api", ...rules);
  });
});
