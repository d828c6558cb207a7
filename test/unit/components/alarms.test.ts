import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import {
  Alarms,
  H1ViaCloudfront,
  H2Direct,
  type AlarmsArgs,
  type H1ViaCloudfrontArgs,
  type PathAlarmsArgs,
} from "../../../components";
import { Account } from "../../../local/model";
import type { LocalResource, Props } from "../../../local/model/types";
import { judge } from "../../../rules/judge";
import { Stack } from "../../../topology/stack/stack";
import { placement, record, recorded, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const types = ["MetricAlarm", "Topic", "TopicPolicy", "TopicSubscription", "Key"];
const h1 = (alarms?: PathAlarmsArgs, more: Partial<H1ViaCloudfrontArgs> = {}) =>
  recorded(H1ViaCloudfront, { placement, service, domain, alarms, ...more });
const h2 = (alarms?: PathAlarmsArgs) => recorded(H2Direct, { placement, service, domain, alarms });
const topic = (region: string) => `arn:aws:sns:${region}:123456789012:ops`;

const own: AlarmsArgs = {
  loadBalancerArnSuffix: "app/web/0123456789abcdef",
  targetGroupArnSuffix: "targetgroup/web/0123456789abcdef",
  edgeCertificateArn:
    "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
};
const alone = (args: Partial<AlarmsArgs> = {}) =>
  recorded(Alarms, { ...own, ...args }, "eu-west-1");

/** `name region topic` of every alarm, the topic by its logical name where it was made here. */
function notified(made: Recording): string[] {
  const nameOf = (arn: unknown) =>
    made.all("Topic").find((t) => t.outputs.arn === arn)?.name ?? String(arn);
  return made
    .all("MetricAlarm")
    .map((a) => {
      const actions = (a.inputs.alarmActions as unknown[]).map(nameOf).join();
      return `${a.name} ${String(a.outputs.region)} ${actions}`;
    })
    .sort();
}

describe("Alarms", () => {
  it("are not there, and nor is anything of theirs, unless they are asked for", async () => {
    for (const made of [await h1(), await h2()]) {
      for (const type of types) expect(made.all(type), type).to.deep.equal([]);
    }
  });

  it("watch the path's own load balancer and target group, by the ends of their ARNs", async () => {
    const made = await h1({});
    const LoadBalancer = made.one("LoadBalancer").outputs.arnSuffix;
    const TargetGroup = made.one("TargetGroup").outputs.arnSuffix;
    const dimensions = (name: string) => made.named("MetricAlarm", `web-${name}`).inputs.dimensions;
    expect(LoadBalancer).to.match(/^app\//);
    expect(TargetGroup).to.match(/^targetgroup\//);
    expect(dimensions("load-balancer-4xx")).to.deep.equal({ LoadBalancer });
    expect(dimensions("load-balancer-5xx")).to.deep.equal({ LoadBalancer });
    expect(dimensions("target-5xx")).to.deep.equal({ LoadBalancer, TargetGroup });
    expect(dimensions("unhealthy-targets")).to.deep.equal({ LoadBalancer, TargetGroup });
  });

  it("carry every property of the table", async () => {
    const alarm = (await h1({})).named("MetricAlarm", "web-load-balancer-4xx").inputs;
    expect(alarm).to.include({
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_ELB_4XX_Count",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: 10,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
    expect(alarm.alarmDescription).to.include("464");
    expect(alarm).not.to.have.any.keys("name", "place", "description");
    expect(alarm.okActions).to.deep.equal(alarm.alarmActions);
  });

  it("take thresholds", async () => {
    const made = await h1({ thresholds: { loadBalancer4xx: 3, certificateDays: 14 } });
    const threshold = (name: string) => made.named("MetricAlarm", `web-${name}`).inputs.threshold;
    expect(threshold("load-balancer-4xx")).to.equal(3);
    expect(threshold("edge-certificate-expiry")).to.equal(14);
    expect(threshold("target-5xx")).to.equal(10);
  });

  it("watch both certificates behind CloudFront, each where it is", async () => {
    const made = await h1({});
    const arn = (name: string) => made.named("Certificate", name).outputs.arn;
    const of = (name: string) => made.named("MetricAlarm", `web-${name}-certificate-expiry`).inputs;
    expect(of("load-balancer").dimensions).to.deep.equal({ CertificateArn: arn("web-alb") });
    expect(of("edge").dimensions).to.deep.equal({ CertificateArn: arn("web-edge") });
    expect(of("edge").region).to.equal("us-east-1");
  });

  it("watch certificates that were given as well, and none where there is none", async () => {
    const given = own.edgeCertificateArn as string;
    const made = await h1({}, { domain: { ...domain, edgeCertificateArn: given } });
    expect(
      made.named("MetricAlarm", "web-edge-certificate-expiry").inputs.dimensions,
    ).to.deep.equal({ CertificateArn: given });
    const without = await h1({}, { domain: undefined, origin: { access: "vpc-origin" } });
    expect(without.all("MetricAlarm").filter(({ name }) => name.includes("certificate"))).to.be
      .empty;
  });

  it("of h2-direct have nothing in another region", async () => {
    const made = await h2({});
    expect(made.all("MetricAlarm")).to.have.length(8);
    expect(made.all("Topic").map((t) => t.name)).to.deep.equal(["web-alarms"]);
    for (const type of types) {
      for (const resource of made.all(type)) expect(resource.inputs.region).to.equal(undefined);
    }
  });

  it("leave nothing that AWS accepts and that is never heard", async () => {
    const account = new Account({ region: "eu-west-1" });
    await record(() => new Alarms("web", { ...own, email: "ops@example.com" }), account);
    const { findings } = judge(Stack.of(account.resources));
    expect(findings.filter(({ code }) => code.startsWith("alarm-"))).to.deep.equal([]);
  });
});

describe("topics of the alarms", () => {
  it("are two: alarms reach those of their own region", async () => {
    const made = await alone();
    expect(notified(made)).to.deep.equal([
      "web-edge-certificate-expiry us-east-1 web-edge-alarms",
      "web-load-balancer-4xx eu-west-1 web-alarms",
      "web-load-balancer-5xx eu-west-1 web-alarms",
      "web-target-5xx eu-west-1 web-alarms",
      "web-target-p99 eu-west-1 web-alarms",
      "web-unhealthy-targets eu-west-1 web-alarms",
    ]);
    for (const type of ["Topic", "TopicPolicy", "Key"]) {
      expect(made.all(type).map((r) => `${r.name} ${String(r.outputs.region)}`)).to.have.members([
        "web-alarms eu-west-1",
        "web-edge-alarms us-east-1",
      ]);
    }
  });

  it("are one where the stack is known to be in us-east-1", async () => {
    const made = await recorded(Alarms, { ...own, region: "us-east-1" });
    expect(made.all("Topic").map((t) => t.name)).to.deep.equal(["web-alarms"]);
    expect(notified(made)[0]).to.equal("web-edge-certificate-expiry us-east-1 web-alarms");
  });

  it("can be given: none is made then, and nobody is subscribed", async () => {
    const given = { topicArn: topic("eu-west-1"), edgeTopicArn: topic("us-east-1") };
    const made = await alone({ ...given, email: "ops@example.com" });
    for (const type of types.slice(1)) expect(made.all(type), type).to.deep.equal([]);
    expect(notified(made)[0]).to.equal(
      `web-edge-certificate-expiry us-east-1 ${topic("us-east-1")}`,
    );
    expect(notified(made)[1]).to.equal(`web-load-balancer-4xx eu-west-1 ${topic("eu-west-1")}`);
  });

  it("can be given for one region only", async () => {
    const made = await alone({ topicArn: topic("eu-west-1"), email: "ops@example.com" });
    expect(made.all("Topic").map((t) => t.name)).to.deep.equal(["web-edge-alarms"]);
    expect(made.all("TopicSubscription").map((t) => t.name)).to.deep.equal([
      "web-edge-alarms-email",
    ]);
    const other = await alone({ edgeTopicArn: topic("us-east-1") });
    expect(other.all("Topic").map((t) => t.name)).to.deep.equal(["web-alarms"]);
  });

  it("tell an address, and nobody where none is given", async () => {
    const made = await alone({ email: "ops@example.com" });
    const subscriptions = made.all("TopicSubscription");
    expect(subscriptions.map((s) => [s.inputs.protocol, s.inputs.endpoint])).to.deep.equal([
      ["email", "ops@example.com"],
      ["email", "ops@example.com"],
    ]);
    expect(subscriptions.map((s) => s.inputs.topic)).to.have.members(
      made.all("Topic").map((t) => t.outputs.arn),
    );
    expect((await alone()).all("TopicSubscription")).to.deep.equal([]);
  });

  it("are encrypted with a key that turns, which CloudWatch of this account may use", async () => {
    const made = await alone();
    const key = made.named("Key", "web-alarms");
    expect(made.named("Topic", "web-alarms").inputs.kmsMasterKeyId).to.equal(key.outputs.arn);
    expect(key.inputs.enableKeyRotation).to.equal(true);
    const [account, alarms] = statements(key);
    expect(account?.Principal).to.deep.equal({ AWS: "arn:aws:iam::123456789012:root" });
    expect(alarms).to.deep.include({
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("take messages of this account's alarms only, over TLS", async () => {
    const [allow, deny, ...more] = statements((await alone()).named("TopicPolicy", "web-alarms"));
    expect(allow).to.deep.include({
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
    expect(deny).to.deep.include({ Effect: "Deny", Principal: "*", Action: "sns:Publish" });
    expect(deny?.Condition).to.deep.equal({ Bool: { "aws:SecureTransport": "false" } });
    expect(more).to.deep.equal([]);
  });

  const wrong: [what: string, args: Partial<AlarmsArgs>, says: RegExp][] = [
    ["text that is no ARN", { topicArn: "ops" }, /topicArn is "ops"/],
    ["a queue", { topicArn: "arn:aws:sqs:eu-west-1:123456789012:ops" }, /ARN of an SNS topic/],
    [
      "a topic that alarms of the stack do not reach",
      { topicArn: topic("us-east-1"), region: "eu-west-1" },
      /topicArn is a topic in us-east-1.*that is eu-west-1/,
    ],
    [
      "a topic that the edge's alarm does not reach",
      { edgeTopicArn: topic("eu-west-1") },
      /edgeTopicArn is a topic in eu-west-1.*that is us-east-1/,
    ],
  ];
  for (const [what, args, says] of wrong) {
    it(`cannot be ${what}`, () => {
      expect(() => new Alarms("web", { ...own, ...args })).to.throw(pulumi.RunError, says);
    });
  }
});

function statements(resource: LocalResource): Props[] {
  return (JSON.parse(resource.inputs.policy as string) as { Statement: Props[] }).Statement;
}
