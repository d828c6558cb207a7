/** What holds for every variant: each is built with the same arguments. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Network, NginxImage, pathComponents } from "../../../components";
import type { Props } from "../../../local/model/types";
import { type Variant, variantNames, variants } from "../../../path/variants";
import { placement, plainPlaces, record, recorded, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };

const build = (variant: Variant, more: object = {}): Promise<Recording> =>
  recorded(pathComponents[variant], { placement, service, domain, ...more });

describe("the variants' components", () => {
  it("are those that the table of variants names", () => {
    const classes = Object.entries(pathComponents).map(([variant, { name }]) => [variant, name]);
    const named = variantNames.map((variant) => [variant, variants[variant].component]);
    expect(classes, "pathComponents in components/index.ts").to.have.deep.members(named);
  });

  for (const variant of variantNames) {
    it(`keep the children of every other variant: ${variant}`, async () => {
      const made: { __aliases?: pulumi.Input<string>[] }[] = [];
      await record(() => {
        made.push(new pathComponents[variant]("web", { placement, service, domain }) as object);
      });
      const urns = await Promise.all(
        (made[0]?.__aliases ?? []).map(
          (urn) => new Promise<string>((resolve) => void pulumi.output(urn).apply(resolve)),
        ),
      );
      const others = variantNames.filter((other) => other !== variant);
      expect(urns.map((urn) => urn.split("::")[2])).to.deep.equal(
        others.map((other) => `hopwise:index:${variants[other].component}`),
      );
    });
  }
});

for (const variant of variantNames) {
  describe(`${variant}: hardening`, () => {
    let made: Recording;
    let container: Props;
    before(async () => {
      made = await build(variant);
      container = made.containers[0] ?? {};
    });

    it("drops invalid headers and mitigates desync strictly", () => {
      expect(made.one("LoadBalancer").inputs).to.include({
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "strictest",
        idleTimeout: 60,
      });
    });

    it("runs nginx as a user, on a read-only root file system, without capabilities", () => {
      expect(container).to.include({
        user: "101",
        readonlyRootFilesystem: true,
      });
      // Fargate has no such parameter; absent is not privileged.
      expect(container).not.to.have.property("privileged");
      expect(container.linuxParameters).to.deep.equal({
        capabilities: { drop: ["ALL"] },
        tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["mode=1777"] }],
      });
      expect(made.one("TaskDefinition").inputs).not.to.have.property("volumes");
    });

    it("gives each container a /tmp of the chosen size", async () => {
      const app = { image: "app:1", port: 3000 };
      const sized = await build(variant, { service: { ...service, app, tmpMiB: 128 } });
      const sizes = sized.containers.map(
        ({ linuxParameters }) => (linuxParameters as { tmpfs: { size: number }[] }).tmpfs[0]?.size,
      );
      expect(sizes).to.deep.equal([128, 128]);
    });

    it("stops a container later than nginx ends its drain, and a target as late as that", () => {
      expect(Number(container.stopTimeout)).to.be.greaterThan(
        Number(made.environment("nginx").HOPWISE_DRAIN_SECONDS),
      );
      expect(made.one("TargetGroup").inputs.deregistrationDelay).to.equal(30);
    });

    it("rolls a failing deployment back, keeps the old tasks till then, and spreads over zones", () => {
      const { inputs } = made.one("Service");
      expect(inputs.deploymentCircuitBreaker).to.deep.equal({ enable: true, rollback: true });
      // Without it the provider reports a deployment that was rolled back as a success.
      expect(inputs.deploymentController).to.deep.equal({ type: "ECS" });
      expect(inputs).to.include({
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        availabilityZoneRebalancing: "ENABLED",
        launchType: "FARGATE",
        desiredCount: 2,
      });
      expect(inputs.networkConfiguration).to.include({ assignPublicIp: false });
    });

    it("keeps logs for the configured time", async () => {
      expect(made.one("LogGroup").inputs.retentionInDays).to.equal(30);
      const more = { service: { ...service, logRetentionDays: 7 } };
      expect((await build(variant, more)).one("LogGroup").inputs.retentionInDays).to.equal(7);
    });

    it("lets the execution role pull this image and write this log group, and nothing else", () => {
      const policy = JSON.parse(made.one("RolePolicy").inputs.policy as string) as {
        Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
      };
      const logs = String(made.one("LogGroup").outputs.arn);
      expect(policy.Statement.map((s) => [s.Action, s.Resource])).to.deep.equal([
        ["ecr:GetAuthorizationToken", "*"],
        [
          ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          ["arn:aws:ecr:us-east-1:123456789012:repository/web"],
        ],
        [["logs:CreateLogStream", "logs:PutLogEvents"], `${logs}:*`],
      ]);
      expect(made.all("RolePolicyAttachment")).to.deep.equal([]);
    });

    it("gives the containers' own role no permission", () => {
      expect(made.one("RolePolicy").inputs.role).to.equal(made.named("Role", "web-execution").id);
    });

    it("trusts ECS tasks of this account only", () => {
      for (const role of made.all("Role")) {
        const trust = JSON.parse(role.inputs.assumeRolePolicy as string) as {
          Statement: { Principal: object; Condition: Record<string, object> }[];
        };
        expect(trust.Statement).to.have.length(1);
        expect(trust.Statement[0]?.Principal).to.deep.equal({ Service: "ecs-tasks.amazonaws.com" });
        expect(trust.Statement[0]?.Condition.StringEquals).to.deep.equal({
          "aws:SourceAccount": "123456789012",
        });
      }
    });

    it("gives nothing that AWS replaces a fixed name", () => {
      for (const type of ["LoadBalancer", "TargetGroup", "SecurityGroup", "Cluster", "Role"]) {
        for (const resource of made.all(type)) {
          expect(resource.inputs, `${type} ${resource.name}`).not.to.have.any.keys(
            "name",
            "namePrefix",
          );
        }
      }
    });

    it("protects what cannot be got back only if configured", async () => {
      const kept = (of: Recording) => of.resources.filter((r) => r.protect === true);
      expect(made.one("LoadBalancer").inputs.enableDeletionProtection).to.equal(false);
      expect(kept(made)).to.deep.equal([]);
      const protecting = await build(variant, { deletionProtection: true });
      expect(protecting.one("LoadBalancer").inputs.enableDeletionProtection).to.equal(true);
      const names = kept(protecting).map(
        ({ type, name }) => `${type.split(":").pop() ?? ""} ${name}`,
      );
      const edge = variants[variant].edge === undefined ? [] : ["Distribution web"];
      expect(names).to.have.members(["LoadBalancer web-alb", ...edge]);
    });

    it("puts the tags on everything that takes them", async () => {
      const tagged = await build(variant, { tags: { team: "edge" } });
      const untagged = tagged.resources
        .filter((r) => r.id !== "" && (r.inputs.tags as Props | undefined)?.team !== "edge")
        .map((r) => r.type.split(":").pop());
      // What has no tags in AWS, and the VPC origin, whose tags cannot change while it is used.
      const without = ["CertificateValidation", "RandomPassword", "Record", "RolePolicy"];
      expect([...new Set(untagged)].sort()).to.deep.equal(
        without.filter((type) => tagged.all(type).length > 0).sort(),
      );
    });

    it("passes requests on to an app, which starts first and is reachable from its task only", async () => {
      const app = { image: "public.ecr.aws/acme/shop:1", port: 3000, environment: { A: "b" } };
      const withApp = await build(variant, { service: { ...service, app } });
      const [nginx, behind] = withApp.containers;
      expect(withApp.environment("nginx").HOPWISE_APP).to.equal("127.0.0.1:3000");
      expect(nginx?.dependsOn).to.deep.equal([{ containerName: "app", condition: "START" }]);
      expect(behind).to.include({ name: "app", user: "1000", readonlyRootFilesystem: true });
      expect(behind?.portMappings).to.deep.equal([]);
      expect(withApp.environment("app")).to.deep.equal({ A: "b" });
    });

    it("keeps a secret in the app's environment secret", async () => {
      const environment = { TOKEN: pulumi.secret("swordfish"), PLAIN: "herring" };
      const app = { image: "public.ecr.aws/acme/shop:1", port: 3000, environment };
      const withApp = await build(variant, { service: { ...service, app } });
      expect(withApp.environment("app").TOKEN).to.equal("swordfish");
      expect(plainPlaces(withApp, "swordfish")).to.deep.equal([]);
    });

    it("takes an existing cluster and makes none", async () => {
      const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared";
      const shared = await build(variant, { service: { ...service, clusterArn } });
      expect(shared.all("Cluster")).to.deep.equal([]);
      expect(shared.one("Service").inputs.cluster).to.equal(clusterArn);
    });

    it("prints what is worth knowing about the path", async () => {
      const plain = await build(variant, { sharedVpc: true });
      expect(plain.logs.join("\n")).to.include("plain-text-shared-vpc");
      expect(made.logs.join("\n")).not.to.include("plain-text-shared-vpc");
    });

    it("keeps its names: a rename here is a replacement in somebody's environment", async () => {
      const whole = await record(() => {
        const { placement: made } = new Network("web", { egress: "endpoints" });
        const { imageUri } = new NginxImage("web");
        new pathComponents[variant]("web", {
          placement: made,
          service: { image: imageUri },
          domain,
        });
      });
      const file = path.join(__dirname, "names", `${variants[variant].component}.txt`);
      const actual = `${whole.tree.join("\n")}\n`;
      if (process.env.UPDATE === "1") fs.writeFileSync(file, actual);
      const kept = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
      expect(actual, "on purpose? run this test with UPDATE=1").to.equal(kept);
    });
  });
}
