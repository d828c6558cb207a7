import { expect } from "chai";
import { H1ViaCloudfront, H2Direct, Network, ThreatDetection } from "../../../components";
import { executionPolicyDocument, guardDutyAgentArn } from "../../../components/service/taskRoles";
import type { Props } from "../../../local/model/types";
import { placement, record, recorded, rulesOf, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const types = ["Detector", "DetectorFeature", "Enabler"];
const counts = (made: Recording) => types.map((type) => made.all(type).length);

describe("ThreatDetection", () => {
  it("is nothing unless it is asked for", async () => {
    const made = await recorded(ThreatDetection, {});
    expect(counts(made)).to.deep.equal([0, 0, 0]);
    const path = await recorded(H2Direct, { placement, service, domain });
    expect(counts(path)).to.deep.equal([0, 0, 0]);
  });

  it("makes a detector that watches Fargate tasks as they run", async () => {
    const made = await recorded(ThreatDetection, { guardDuty: true });
    expect(counts(made)).to.deep.equal([1, 1, 0]);
    const detector = made.one("Detector");
    expect(detector.inputs).to.include({
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    expect(made.one("DetectorFeature").inputs).to.deep.include({
      detectorId: detector.id,
      name: "RUNTIME_MONITORING",
      status: "ENABLED",
      additionalConfigurations: [{ name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" }],
    });
  });

  it("takes the detector that is there, since an account has one a region", async () => {
    const detectorId = "0123456789abcdef0123456789abcdef";
    const made = await recorded(ThreatDetection, { guardDuty: true, detectorId });
    expect(counts(made)).to.deep.equal([0, 1, 0]);
    expect(made.one("DetectorFeature").inputs.detectorId).to.equal(detectorId);
    const off = await recorded(ThreatDetection, { detectorId, inspector: true });
    expect(counts(off)).to.deep.equal([0, 0, 1]);
  });

  it("has Inspector scan the images of the account, and nothing else", async () => {
    const made = await recorded(ThreatDetection, { inspector: true });
    expect(counts(made)).to.deep.equal([0, 0, 1]);
    expect(made.one("Enabler").inputs).to.deep.equal({
      accountIds: ["123456789012"],
      resourceTypes: ["ECR"],
    });
  });
});

describe("what the tasks need for Runtime Monitoring", () => {
  const variants = { H1ViaCloudfront, H2Direct };
  for (const variant of Object.keys(variants) as (keyof typeof variants)[]) {
    const build = (runtimeMonitoring?: boolean) =>
      recorded(variants[variant], { placement, service, domain, runtimeMonitoring });

    it(`${variant}: the cluster's mark and the agent's image, only where it is asked for`, async () => {
      const agent = "arn:aws:ecr:us-east-1:*:repository/aws-guardduty-agent-fargate";
      for (const on of [undefined, false, true]) {
        const made = await build(on);
        const tags = made.one("Cluster").inputs.tags as Props;
        expect(tags.GuardDutyManaged).to.equal(on === true ? "true" : undefined);
        expect(tags.Name).to.equal("web");
        const policy = String(made.one("RolePolicy").inputs.policy);
        expect(policy.includes(agent)).to.equal(on === true);
      }
    });
  }

  it("may pull the agent even where the tasks' own images are in no ECR registry", () => {
    const agent = guardDutyAgentArn("aws-cn", "cn-north-1");
    const document = executionPolicyDocument(["nginx:1"], "arn:logs", "aws-cn", [agent]) as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    };
    expect(document.Statement.map((s) => s.Resource)).to.deep.equal([
      "*",
      ["arn:aws-cn:ecr:cn-north-1:*:repository/aws-guardduty-agent-fargate"],
      "arn:logs:*",
    ]);
    expect(document.Statement[0]?.Action).to.equal("ecr:GetAuthorizationToken");
  });

  it("reach GuardDuty through an endpoint where there are endpoints, with their own group", async () => {
    const services = (made: Recording) =>
      made
        .all("VpcEndpoint")
        .map((e) => String(e.inputs.serviceName).split(".").slice(3).join("."));
    const build = (egress: "endpoints" | "nat-single", guardDutyEndpoint: boolean) =>
      recorded(Network, { egress, guardDutyEndpoint });
    const made = await build("endpoints", true);
    expect(services(made)).to.include("guardduty-data");
    const own = made.named("VpcEndpoint", "web-guardduty-data").inputs;
    expect(own).to.include({ vpcEndpointType: "Interface", privateDnsEnabled: true });
    expect(own.serviceName).to.equal("com.amazonaws.us-east-1.guardduty-data");
    expect(own.securityGroupIds).to.deep.equal([made.one("SecurityGroup").id]);
    expect(services(await build("endpoints", false))).not.to.include("guardduty-data");
    expect(services(await build("nat-single", true))).to.deep.equal([]);
  });

  it("open no port for it except HTTPS to the endpoints", async () => {
    const made = await record(() => {
      const { placement: whole } = new Network("web", {
        egress: "endpoints",
        guardDutyEndpoint: true,
      });
      new H2Direct("web", { placement: whole, service, domain, runtimeMonitoring: true });
    });
    expect(rulesOf(made).filter((rule) => !rule.startsWith("web-alb"))).to.deep.equal([
      "web-endpoints ingress tcp 443 from group web-tasks",
      "web-tasks egress tcp 443 to group web-endpoints",
      rulesOf(made).find((rule) => rule.includes("egress tcp 443 to list")),
      "web-tasks ingress tcp 8080 from group web-alb",
    ]);
  });
});
