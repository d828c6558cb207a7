/** The policy pack as people run it: `--policy-pack` of the real engine, in previews and updates. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { Account } from "../../local/model";
import { createProject, type Project } from "./cli";
import { PACK, startPolicyPacks, textsOf, verdictsIn } from "./policyPack";
import { createStack } from "./stack";

const ROOT = path.join(__dirname, "../..");
const ARTICLE = path.join(ROOT, "examples/article-464");

const caught = [
  "[mandatory] [severity: high] edge-http1-to-http2-target nginx",
  "[mandatory] [severity: medium] load-balancer-open-behind-edge alb",
  "[mandatory] [severity: medium] no-secret-header https",
  "[advisory] [severity: low] access-logs-off test-alb",
];

describeWith("pulumi", "the policy pack, by the real engine", () => {
  let stop: () => void;
  before(() => {
    stop = startPolicyPacks();
  });
  after(() => {
    stop();
  });

  describe("on the article's program", () => {
    let project: Project;
    const configuration = (config: object): string[] => {
      const file = path.join(project.directory, "..", "policy.json");
      fs.writeFileSync(file, JSON.stringify(config));
      return ["--policy-pack", PACK, "--policy-pack-config", file];
    };
    before(async () => {
      const files = fs.readdirSync(ARTICLE).filter((file) => file !== "node_modules");
      const account = new Account({ region: "ap-northeast-1" });
      project = await createProject(ARTICLE, files, account, { kept: true });
      await project.ok("stack", "init", "dev");
    });
    after(() => (project as Project | undefined)?.close());

    it("stops the preview of what would answer 464, and says what to write instead", async () => {
      const { code, output } = await project.run("preview", "--policy-pack", PACK);
      expect(code, output).to.equal(1);
      expect(verdictsIn(output)).to.have.members([
        ...caught,
        "[advisory] [severity: low] not-checked-at-preview nginx",
      ]);
      expect(textsOf(output, "edge-http1-to-http2-target")[0]?.split("\n")).to.deep.equal([
        "Distribution main (*) -> load balancer test-alb, listener https -> target group nginx -> service nginx:",
        "Every request gets 464: CloudFront speaks HTTP/1.1 to origins by default, and the target group nginx takes HTTP/2 only.",
        'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup nginx.',
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html",
      ]);
      expect(textsOf(output, "not-checked-at-preview")[0]).to.match(
        /^Not known before the deployment: containerDefinitions of the task definition nginx\./,
      );
      expect(project.providers.calls.all).to.deep.equal([]);
    });

    it("wants a reason for an exception", async () => {
      const exceptions = [{ urn: "*" }];
      const args = configuration({ "no-secret-header": { exceptions } });
      const { code, output } = await project.run("preview", ...args);
      expect(code).not.to.equal(0);
      expect(output).to.match(/no-secret-header: exceptions.*reason is required/);
    });

    it("without a preview, stops a single resource before it is created", async () => {
      const args = configuration({ all: "disabled", "access-logs-off": "mandatory" });
      const { code, output } = await project.run("up", "--yes", "--skip-preview", ...args);
      expect(code, output).to.equal(1);
      expect(verdictsIn(output)).to.deep.equal([
        "[mandatory] [severity: low] access-logs-off test-alb",
      ]);
      const made = project.providers.calls.all.map(({ type }) => type);
      expect(made).to.include("aws:ec2/securityGroup:SecurityGroup");
      expect(made).not.to.include("aws:lb/loadBalancer:LoadBalancer");
    });

    it("lets pass what the configuration excepts, and asks again after the update", async () => {
      const reason = "to show what happens";
      const exceptions = [{ urn: "urn:pulumi:dev::article-464::*", reason }];
      const args = configuration({
        all: "mandatory",
        "access-logs-off": "disabled",
        "edge-http1-to-http2-target": { enforcementLevel: "advisory" },
        "load-balancer-open-behind-edge": { exceptions },
        "no-secret-header": { exceptions },
      });
      const { code, output } = await project.run("up", "--yes", ...args);
      expect(code, output).to.equal(0);
      const [preview = "", update = ""] = output.split("Updating (dev)");
      const warned = "[advisory] [severity: high] edge-http1-to-http2-target nginx";
      // How much the update before it has made, and so is known, is a matter of chance.
      const reported = verdictsIn(preview).filter((one) => !one.includes("not-checked-at-preview"));
      expect(reported).to.deep.equal([warned]);
      expect(verdictsIn(update)).to.deep.equal([warned]);
    });

    it("says the same of what is deployed, where everything is known", async () => {
      const { code, output } = await project.run("preview", "--policy-pack", PACK);
      expect(code, output).to.equal(1);
      expect(verdictsIn(output)).to.have.members(caught);
    });
  });

  it("lets a preview of HTTP/2 to the container pass, with advice on the fallback", async () => {
    const stack = await createStack("h2cf", { knowing: ["customOriginConfig"] });
    try {
      const { output } = await stack.ok("preview", "--policy-pack", PACK);
      const said = verdictsIn(output).filter((one) => !one.includes("not-checked-at-preview"));
      expect(said).to.deep.equal(["[advisory] [severity: medium] edge-http2-fallback web-tasks"]);
    } finally {
      stack.close();
    }
  });

  for (const name of ["grpc", "mixed"])
    it(`lets a preview of the stack ${name} pass without advice to change anything`, async () => {
      const stack = await createStack(name);
      try {
        const { output } = await stack.ok("preview", "--policy-pack", PACK);
        const said = verdictsIn(output).filter((one) => !one.includes("not-checked-at-preview"));
        expect(said.filter((one) => !one.includes("severity: low"))).to.deep.equal([]);
      } finally {
        stack.close();
      }
    });
});
