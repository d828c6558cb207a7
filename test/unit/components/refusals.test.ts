/** Arguments that cannot work: one error with all of it, and no resource. */
import { expect } from "chai";
import { H1ViaCloudfront, H2Direct } from "../../../components";
import { Account, mocksFor } from "../../../local/model";
import * as pulumi from "@pulumi/pulumi";
import { placement, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };

/** The error's message; also asserts that nothing was made before it. */
async function refusal(program: () => unknown): Promise<string> {
  const account = new Account();
  await pulumi.runtime.setMocks(mocksFor(account), "hopwise", "test", false);
  let message: string | undefined;
  try {
    program();
  } catch (error) {
    expect(pulumi.RunError.isInstance(error), "printed without a stack trace").to.equal(true);
    message = (error as Error).message;
  }
  await pulumi.runtime.disconnect();
  expect(account.resources, "made before the error").to.deep.equal([]);
  if (message === undefined) throw new Error("nothing was refused");
  return message;
}

const cases: { of: string; build: () => unknown; says: string[] }[] = [
  {
    of: "plain HTTP from CloudFront to a public load balancer",
    build: () => new H1ViaCloudfront("web", { placement, service }),
    says: ["plain-http-to-public-load-balancer", "Instead:"],
  },
  {
    of: "h2-direct without a certificate",
    build: () => new H2Direct("web", { placement, service }),
    says: ["listener-without-certificate", "Instead:"],
  },
  {
    of: "a certificate that nobody can make",
    build: () =>
      new H1ViaCloudfront("web", { placement, service, domain: { name: "app.example.com" } }),
    says: ["domain.zoneId or domain.zoneName", "domain.edgeCertificateArn"],
  },
  {
    of: "a task size that Fargate does not have",
    build: () =>
      new H2Direct("web", { placement, service: { ...service, cpu: 256, memory: 4096 }, domain }),
    says: ["cpu 256", "The nearest valid pair is cpu 256 and memory 2048"],
  },
  {
    of: "a name that AWS would cap",
    build: () => new H2Direct("a-name-of-19-letters", { placement, service, domain }),
    says: ["a-name-of-19-letters", "18 characters at most"],
  },
  {
    of: "an address range that is none",
    build: () =>
      new H2Direct("web", {
        placement,
        service,
        domain,
        viewers: { allowedCidrs: ["203.0.113.0/33"] },
      }),
    says: ["invalid-cidr", "203.0.113.0/33"],
  },
  {
    of: "tasks that cannot reach their registry, and a port that is none",
    build: () =>
      new H2Direct("web", {
        placement,
        service: { ...service, egress: [{ cidr: "10.20.0.0/16", port: 0 }] },
        domain,
      }),
    says: ["service.egress[0]: expected a port", "service.egress: expected an entry with port 443"],
  },
];

describe("components refuse", () => {
  for (const { of, build, says } of cases) {
    it(of, async () => {
      const message = await refusal(build);
      for (const words of says) expect(message).to.include(words);
    });
  }

  it("everything at once", async () => {
    const message = await refusal(
      () => new H2Direct("1web", { placement, service: { ...service, cpu: 1 } }),
    );
    for (const words of ['"1web"', "cpu 1 ", "listener-without-certificate"]) {
      expect(message).to.include(words);
    }
  });
});
