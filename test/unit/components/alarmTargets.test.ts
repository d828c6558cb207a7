/** What notifies the topics in addition to alarms, and where topics post to. */
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { Alarms, type AlarmsArgs, H1ViaCloudfront, type PathAlarmsArgs } from "../../../components";
import { Account } from "../../../local/model";
import type { LocalResource, Props } from "../../../local/model/types";
import { judge } from "../../../rules/judge";
import { Stack } from "../../../topology/stack/stack";
import { domain, placement, record, recorded, service, type Recording } from "./record";

const own: AlarmsArgs = {
  loadBalancerArnSuffix: "app/web/0123456789abcdef",
  targetGroupArnSuffix: "targetgroup/web/0123456789abcdef",
};
const arnOf = (name: string) => `arn:aws:ecs:eu-west-1:123456789012:service/web/${name}`;
const watched = (name: string) => ({
  ...{ clusterName: "web", serviceName: name, serviceArn: arnOf(name) },
});
const alone = (args: Partial<AlarmsArgs> = {}) =>
  recorded(Alarms, { ...own, ...args }, "eu-west-1");
const path = (alarms: PathAlarmsArgs, more: object = {}) =>
  recorded(H1ViaCloudfront, { ...{ placement, service, domain, alarms }, ...more }, "eu-west-1");
const statements = ({ inputs }: LocalResource): Props[] =>
  (JSON.parse(inputs.policy as string) as { Statement: Props[] }).Statement;
const sids = (resource: LocalResource): unknown[] => statements(resource).map(({ Sid }) => Sid);
const extras = ["EventRule", "EventTarget", "Budget", "SlackChannelConfiguration"];
extras.push("TeamsChannelConfiguration", "Role");

const slack = { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" };
const teams = {
  tenantId: "74361522-da01-538d-aa2e-ac7918c6bb92",
  teamId: "84361522-da01-538d-aa2e-ac7918c6bb92",
  channelId: "19%3aab6ef35e%40thread.tacv2",
};

describe("what notifies the alarms' topic", () => {
  it("is nothing but alarms, unless there is a service or a budget", async () => {
    const made = await alone();
    for (const type of extras) expect(made.all(type), type).to.deep.equal([]);
    expect(sids(made.named("TopicPolicy", "web-alarms"))).to.deep.equal(["Alarms", "TlsOnly"]);
    expect(sids(made.named("Key", "web-alarms"))).to.deep.equal(["Account", "Alarms"]);
  });

  it("is each failed deployment of the path's services, and of no others", async () => {
    const made = await path({}, { services: { api: { ...service, paths: ["/api/*"] } } });
    const rule = made.one("EventRule");
    const pattern = JSON.parse(rule.inputs.eventPattern as string) as Props;
    expect(pattern).to.deep.include({
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    });
    expect(pattern.resources).to.have.members(made.all("Service").map(({ id }) => id));
    const target = made.one("EventTarget");
    expect(target.inputs.rule).to.equal(rule.outputs.name);
    expect(target.inputs.arn).to.equal(made.named("Topic", "web-alarms").outputs.arn);
    // ECS sends the event only for services with a circuit breaker.
    for (const { inputs } of made.all("Service"))
      expect(inputs.deploymentCircuitBreaker).to.deep.equal({ enable: true, rollback: true });
  });

  it("admits EventBridge without a condition, which EventBridge could not meet", async () => {
    const made = await alone({ service: watched("web") });
    for (const type of ["TopicPolicy", "Key"]) {
      const events = statements(made.named(type, "web-alarms")).find(({ Sid }) => Sid === "Events");
      expect(events?.Principal).to.deep.equal({ Service: "events.amazonaws.com" });
      expect(events).to.not.have.property("Condition");
    }
  });

  it("does not admit EventBridge at the edge's topic, which gets no events", async () => {
    const made = await path({});
    expect(sids(made.named("TopicPolicy", "web-edge-alarms"))).to.deep.equal(["Alarms", "TlsOnly"]);
  });

  it("are no failed deployments if they are not wanted", async () => {
    const made = await alone({ service: watched("web"), without: ["failed-deployments"] });
    expect(made.all("EventRule")).to.deep.equal([]);
    expect(sids(made.named("TopicPolicy", "web-alarms"))).to.deep.equal(["Alarms", "TlsOnly"]);
  });

  it("is a budget, for the whole account or for what has a tag", async () => {
    const whole = (await alone({ budget: { monthlyDollars: 200 } })).one("Budget").inputs;
    expect(whole).to.include({ limitAmount: "200", limitUnit: "USD", timeUnit: "MONTHLY" });
    expect(whole).to.not.have.property("costFilters");
    const tags = { environment: "prod" };
    const made = await alone({ tags, budget: { monthlyDollars: 50, tag: "environment" } });
    const { inputs } = made.one("Budget");
    expect(inputs.costFilters).to.deep.equal([
      { name: "TagKeyValue", values: ["user:environment$prod"] },
    ]);
    const topic = made.named("Topic", "web-alarms").outputs.arn;
    expect(
      (inputs.notifications as Props[]).map((n) => [n.notificationType, n.threshold]),
    ).to.deep.equal([
      ["ACTUAL", 80],
      ["ACTUAL", 100],
      ["FORECASTED", 100],
    ]);
    for (const { subscriberSnsTopicArns } of inputs.notifications as Props[])
      expect(subscriberSnsTopicArns).to.deep.equal([topic]);
    const budgets = statements(made.named("TopicPolicy", "web-alarms"))[1];
    expect(budgets).to.deep.include({
      Principal: { Service: "budgets.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("leaves nothing that AWS accepts and that is never heard", async () => {
    const account = new Account({ region: "eu-west-1" });
    const args = { ...own, service: watched("web"), budget: { monthlyDollars: 10 }, slack, teams };
    await record(() => new Alarms("web", args), account);
    const { findings } = judge(Stack.of(account.resources));
    expect(findings.filter(({ code }) => code.startsWith("alarm-"))).to.deep.equal([]);
  });

  const wrong: readonly (readonly [string, PathAlarmsArgs, RegExp])[] = [
    [
      "a tag without a value",
      { budget: { monthlyDollars: 5, tag: "team" } },
      /budget\.tag is "team"/,
    ],
    ["no dollars", { budget: { monthlyDollars: 0 } }, /monthlyDollars has to be more than 0/],
  ];
  for (const [what, alarms, says] of wrong) {
    it(`cannot be a budget with ${what}`, () => {
      expect(() => new Alarms("web", { ...own, ...alarms })).to.throw(pulumi.RunError, says);
      const args = { placement, service, domain, alarms, tags: { environment: "prod" } };
      expect(() => new H1ViaCloudfront("web", args)).to.throw(pulumi.RunError, says);
    });
  }
});

describe("channels that topics post to", () => {
  const all = ["web-slack", "web-teams"];
  const channels = (made: Recording) => [
    ...made.all("SlackChannelConfiguration"),
    ...made.all("TeamsChannelConfiguration"),
  ];

  it("get both topics, where the service's API is", async () => {
    const made = await path({ slack, teams });
    expect(channels(made).map(({ name }) => name)).to.deep.equal(all);
    const topics = made.all("Topic").map(({ outputs }) => outputs.arn);
    expect(topics).to.have.length(2);
    for (const { inputs } of channels(made)) {
      expect(inputs.snsTopicArns).to.have.members(topics);
      expect(inputs.region).to.equal("us-east-2");
    }
    expect(made.one("SlackChannelConfiguration").inputs).to.include({
      ...{ slackTeamId: "T07EA123LEP", slackChannelId: "C07EZ1ABC23" },
      configurationName: "hopwise-test-web-slack",
    });
    expect(made.one("TeamsChannelConfiguration").inputs).to.include(teams);
  });

  it("get one topic where there is one, given or made", async () => {
    const topicArn = "arn:aws:sns:eu-west-1:123456789012:ops";
    const { inputs } = (await alone({ slack, topicArn })).one("SlackChannelConfiguration");
    expect(inputs.snsTopicArns).to.deep.equal([topicArn]);
  });

  it("may read metrics and alarms, and nothing else", async () => {
    const made = await alone({ slack, teams });
    const role = made.one("Role");
    const policy = made.one("RolePolicy").inputs;
    expect(policy.role).to.equal(role.id);
    expect(statements(made.one("RolePolicy"))).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*"],
        Resource: "*",
      },
    ]);
    for (const { inputs } of channels(made)) {
      expect(inputs.iamRoleArn).to.equal(role.outputs.arn);
      // AWS's default would be AdministratorAccess.
      expect(inputs.guardrailPolicyArns).to.deep.equal([
        "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess",
      ]);
    }
  });
});

describe("alarms that are not wanted", () => {
  it("are left out, of each service and target group", async () => {
    const names = async (without: AlarmsArgs["without"]) =>
      (await path({ without }, { services: { api: { ...service, paths: ["/api/*"] } } }))
        .all("MetricAlarm")
        .map(({ name }) => name);
    const every = await names([]);
    const gone = ["web-cpu", "web-api-cpu", "web-target-p99", "web-api-target-p99"];
    expect(every).to.include.members(gone);
    const fewer = await names(["cpu", "target-p99"]);
    expect([...fewer, ...gone]).to.have.members(every);
  });

  it("leave no topic at the edge if none there is wanted", async () => {
    const made = await path({ without: ["edge-5xx", "edge-certificate-expiry"] });
    expect(made.all("Topic").map(({ name }) => name)).to.deep.equal(["web-alarms"]);
  });
});
