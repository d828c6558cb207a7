/** The web ACL: absent, at CloudFront, at a load balancer, by itself; each property that matters. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import {
  H1ViaCloudfront,
  H2Direct,
  WebAcl,
  type WafArgs,
  type WebAclArgs,
} from "../../../components";
import { deliveryPolicy } from "../../../components/security/webAclLog";
import { prices } from "../../../cost/prices";
import { Account } from "../../../local/model";
import type { Props } from "../../../local/model/types";
import { managedGroupNames, managedGroups, wafPrices } from "../../../path/waf";
import { webAclCapacity } from "../../../path/webAclRules";
import { judge } from "../../../rules/judge";
import { Stack } from "../../../topology/stack/stack";
import { placement, record, recorded, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const region = "eu-west-1";
const types = ["WebAcl", "IpSet", "WebAclAssociation", "WebAclLoggingConfiguration"];

const h1 = (waf?: WafArgs) =>
  recorded(H1ViaCloudfront, { placement, service, domain, waf }, region);
const h2 = (waf?: WafArgs) => recorded(H2Direct, { placement, service, domain, waf }, region);
const alone = (args: Partial<WebAclArgs> = {}) =>
  recorded(WebAcl, { scope: "CLOUDFRONT", ...args }, region);
const regional = (args: Partial<WebAclArgs> = {}) => alone({ scope: "REGIONAL", ...args });

const aclOf = (made: Recording) => made.all("WebAcl").find((r) => r.type.startsWith("aws:"));
const rulesOf = (made: Recording) => (aclOf(made)?.inputs.rules ?? []) as Props[];
const ruleOf = (made: Recording, name: string) => rulesOf(made).find((r) => r.name === name) ?? {};
const statementOf = (made: Recording, name: string) => ruleOf(made, name).statement as Props;
const ours = (made: Recording) =>
  made.tree.filter((line) => /waf|WebAcl/i.test(line) && !line.startsWith("hopwise:index:H"));

describe("a web ACL that nobody asked for", () => {
  for (const [variant, build] of Object.entries({ h1, h2 })) {
    it(`is not there: ${variant}`, async () => {
      const made = await build();
      for (const type of types) expect(made.all(type), type).to.deep.equal([]);
      expect(made.all("LogGroup")).to.have.length(1);
      expect(made.all("LogResourcePolicy")).to.deep.equal([]);
      for (const distribution of made.all("Distribution"))
        expect(distribution.inputs.webAclId).to.equal(undefined);
    });
  }
});

describe("a web ACL at CloudFront", () => {
  let made: Recording;
  before(async () => {
    made = await h1({});
  });

  it("is in us-east-1 with all of its own, and the distribution has its ARN", () => {
    const acl = aclOf(made);
    expect(acl?.inputs).to.include({ scope: "CLOUDFRONT", region: "us-east-1" });
    expect(made.one("Distribution").inputs.webAclId).to.equal(acl?.outputs.arn);
    expect(made.all("WebAclAssociation")).to.deep.equal([]);
    for (const type of ["WebAclLoggingConfiguration", "LogResourcePolicy"])
      expect(made.one(type).inputs.region, type).to.equal("us-east-1");
    expect(made.named("LogGroup", "web-waf").inputs.region).to.equal("us-east-1");
  });

  it("says nothing of a load balancer in its findings", () => {
    expect(made.logs.join()).not.to.include("direct-waf-inside-vpc");
  });

  it("logs without Authorization, Cookie and the secret header, in samples as well", () => {
    const redacted = ["authorization", "cookie", "x-hopwise-origin-secret"];
    expect(made.one("WebAclLoggingConfiguration").inputs.redactedFields).to.deep.equal(
      redacted.map((name) => ({ singleHeader: { name } })),
    );
    expect(aclOf(made)?.inputs.dataProtectionConfig).to.deep.equal({
      dataProtections: [
        {
          action: "SUBSTITUTION",
          field: { fieldType: "SINGLE_HEADER", fieldKeys: redacted },
        },
      ],
    });
  });

  it("keeps its names: a rename here is a replacement in somebody's environment", () => {
    expect(ours(made)).to.deep.equal([
      "aws:cloudwatch/logGroup:LogGroup web-waf hopwise:index:WebAclLog",
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy web-waf hopwise:index:WebAclLog",
      "aws:wafv2/webAcl:WebAcl web hopwise:index:WebAcl",
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration web hopwise:index:WebAclLog",
      "hopwise:index:WebAcl web hopwise:index:H1ViaCloudfront",
      "hopwise:index:WebAclLog web hopwise:index:WebAcl",
    ]);
  });

  it("is accepted and used: nothing of it is dead", async () => {
    const account = new Account({ region });
    await record(
      () => new H1ViaCloudfront("web", { placement, service, domain, waf: {} }),
      account,
    );
    const { findings } = judge(Stack.of(account.resources));
    expect(findings.filter(({ code }) => code.startsWith("web-acl-"))).to.deep.equal([]);
  });
});

describe("a web ACL at the load balancer of h2-direct", () => {
  let made: Recording;
  before(async () => {
    made = await h2({});
  });

  it("is of the stack's region, and associated with the load balancer", () => {
    const acl = aclOf(made);
    expect(acl?.inputs.scope).to.equal("REGIONAL");
    expect(acl?.outputs.region).to.equal(region);
    expect(made.named("LogGroup", "web-waf").outputs.region).to.equal(region);
    expect(made.one("WebAclAssociation").inputs).to.deep.include({
      resourceArn: made.one("LoadBalancer").outputs.arn,
      webAclArn: acl?.outputs.arn,
    });
  });

  it("counts by the connection's address, which is the viewer's", () => {
    expect(statementOf(made, "rate-limit")).to.deep.equal({
      rateBasedStatement: { limit: 2000, evaluationWindowSec: 300, aggregateKeyType: "IP" },
    });
  });

  it("comes with the drawback in the article's words", () => {
    expect(made.logs.join()).to.include("The web ACL acts at the load balancer");
  });

  it("has no secret header to leave out", () => {
    expect(made.one("WebAclLoggingConfiguration").inputs.redactedFields).to.have.length(2);
  });
});

describe("WebAcl", () => {
  it("is never empty, and each rule has a metric of its name", async () => {
    const made = await alone({ managedGroups: managedGroupNames, blockCidrs: ["192.0.2.0/24"] });
    const rules = rulesOf(made);
    expect(rules).to.have.length(10);
    for (const { name, visibilityConfig } of rules)
      expect(visibilityConfig).to.deep.equal({
        metricName: name,
        cloudwatchMetricsEnabled: true,
        sampledRequestsEnabled: true,
      });
    expect(aclOf(made)?.inputs.visibilityConfig).to.include({ cloudwatchMetricsEnabled: true });
    expect(aclOf(made)?.inputs.defaultAction).to.deep.equal({ allow: {} });
  });

  it("asks AWS's groups by AWS's names, and leaves their decisions to them", async () => {
    const made = await alone({ managedGroups: managedGroupNames });
    for (const group of managedGroupNames) {
      const { awsName } = managedGroups[group];
      const statement = statementOf(made, group).managedRuleGroupStatement;
      expect(statement, group).to.include({ vendorName: "AWS", name: awsName });
      expect(ruleOf(made, group).overrideAction, group).to.deep.equal({ none: {} });
      expect(ruleOf(made, group).action, group).to.equal(undefined);
    }
  });

  it("takes from AWS the capacity that was added up before", async () => {
    const choices: Partial<WebAclArgs>[] = [
      {},
      { managedGroups: managedGroupNames, allowCidrs: ["192.0.2.0/24", "2001:db8::/32"] },
      { rateLimit: { enabled: false }, blockCidrs: ["2001:db8::/32"] },
    ];
    for (const args of choices)
      expect(aclOf(await alone(args))?.outputs.capacity).to.equal(webAclCapacity(args));
  });

  it("counts instead of blocking, to begin with", async () => {
    const made = await alone({ mode: "count", blockCidrs: ["192.0.2.0/24"] });
    expect(ruleOf(made, "rate-limit").action).to.deep.equal({ count: {} });
    expect(ruleOf(made, "blocked-addresses").action).to.deep.equal({ count: {} });
    expect(ruleOf(made, "common").overrideAction).to.deep.equal({ count: {} });
    const blocking = await alone({ blockCidrs: ["192.0.2.0/24"] });
    expect(ruleOf(blocking, "rate-limit").action).to.deep.equal({ block: {} });
    expect(ruleOf(blocking, "blocked-addresses").action).to.deep.equal({ block: {} });
  });

  it("keeps IPv4 and IPv6 in sets apart, and asks both", async () => {
    const made = await alone({
      allowCidrs: ["2001:db8:1::/48"],
      blockCidrs: ["192.0.2.0/24", "2001:db8::/32", "198.51.100.0/24"],
    });
    const sets = made.all("IpSet").map(({ name, inputs, outputs }) => ({
      name,
      version: inputs.ipAddressVersion,
      addresses: inputs.addresses,
      scope: inputs.scope,
      region: outputs.region,
    }));
    const edge = { scope: "CLOUDFRONT", region: "us-east-1" };
    expect(sets).to.have.deep.members([
      { name: "web-allowed-ipv6", version: "IPV6", addresses: ["2001:db8:1::/48"], ...edge },
      {
        name: "web-blocked-ipv4",
        version: "IPV4",
        ...edge,
        addresses: ["192.0.2.0/24", "198.51.100.0/24"],
      },
      { name: "web-blocked-ipv6", version: "IPV6", addresses: ["2001:db8::/32"], ...edge },
    ]);
    const arn = (name: string) => made.named("IpSet", name).outputs.arn;
    const reference = (name: string) => ({ ipSetReferenceStatement: { arn: arn(name) } });
    expect(statementOf(made, "allowed-addresses")).to.deep.equal(reference("web-allowed-ipv6"));
    expect(ruleOf(made, "allowed-addresses").action).to.deep.equal({ allow: {} });
    expect(statementOf(made, "blocked-addresses")).to.deep.equal({
      orStatement: { statements: [reference("web-blocked-ipv4"), reference("web-blocked-ipv6")] },
    });
  });

  it("behind CloudFront reads the address that CloudFront wrote", async () => {
    const made = await regional({
      addressFrom: "x-forwarded-for",
      allowCidrs: ["192.0.2.0/24"],
      blockCidrs: ["198.51.100.0/24"],
    });
    const config = (name: string) =>
      (statementOf(made, name).ipSetReferenceStatement as Props).ipSetForwardedIpConfig;
    const header = { headerName: "X-Forwarded-For", position: "LAST" };
    expect(config("allowed-addresses")).to.deep.equal({ ...header, fallbackBehavior: "NO_MATCH" });
    expect(config("blocked-addresses")).to.deep.equal({ ...header, fallbackBehavior: "MATCH" });
    expect(statementOf(made, "rate-limit").rateBasedStatement).to.deep.include({
      aggregateKeyType: "FORWARDED_IP",
      forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
    });
    expect(ruleOf(made, "ip-reputation")).to.deep.equal({});
  });

  it("changes single rules of a group", async () => {
    const overrides = { common: { SizeRestrictions_BODY: "count", NoUserAgent_HEADER: "allow" } };
    const made = await alone({ overrides: overrides as WafArgs["overrides"] });
    const of = (name: string) =>
      (statementOf(made, name).managedRuleGroupStatement as Props).ruleActionOverrides;
    expect(of("common")).to.deep.equal([
      { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
      { name: "NoUserAgent_HEADER", actionToUse: { allow: {} } },
    ]);
    expect(of("known-bad-inputs")).to.equal(undefined);
  });

  it("limits as configured, or not at all", async () => {
    const limited = await alone({ rateLimit: { requests: 100, windowSeconds: 60 } });
    expect(statementOf(limited, "rate-limit").rateBasedStatement).to.include({
      limit: 100,
      evaluationWindowSec: 60,
    });
    expect(ruleOf(await alone({ rateLimit: { enabled: false } }), "rate-limit")).to.deep.equal({});
  });

  it("has names that AWS takes and that can be replaced", async () => {
    const made = await alone({ blockCidrs: ["192.0.2.0/24"] });
    for (const type of ["WebAcl", "IpSet"])
      for (const { inputs } of made.all(type)) expect(inputs).not.to.have.any.keys("name");
    expect(made.one("LogGroup").outputs.name).to.match(/^aws-waf-logs-web-\w{7}$/);
  });

  it("tags everything that takes tags", async () => {
    const made = await alone({ blockCidrs: ["192.0.2.0/24"], tags: { team: "edge" } });
    const untagged = made.resources
      .filter((r) => r.id !== "" && (r.inputs.tags as Props | undefined)?.team !== "edge")
      .map((r) => r.type.split(":").pop());
    expect(untagged).to.have.members(["WebAclLoggingConfiguration", "LogResourcePolicy"]);
  });
});

describe("what a web ACL reads of a body", () => {
  it("is AWS's default without a setting", async () => {
    for (const waf of [{}, { inspectedBodyKiB: 16 }])
      for (const made of [await h1(waf), await h2(waf)])
        expect(aclOf(made)?.inputs).not.to.have.property("associationConfig");
  });

  it("is more at CloudFront", async () => {
    expect(aclOf(await h1({ inspectedBodyKiB: 48 }))?.inputs.associationConfig).to.deep.equal({
      requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: "KB_48" } }],
    });
  });
});

describe("the web ACL's log", () => {
  it("lets log delivery of this account write to its group, and to nothing else", async () => {
    const made = await alone();
    const group = made.one("LogGroup").outputs.arn as string;
    const { resourceArn, policyDocument } = made.one("LogResourcePolicy").inputs;
    expect(resourceArn).to.equal(group);
    expect(JSON.parse(policyDocument as string)).to.deep.equal(deliveryPolicy(group));
    expect(made.one("WebAclLoggingConfiguration").inputs.logDestinationConfigs).to.deep.equal([
      group,
    ]);
    expect(deliveryPolicy("arn:aws-cn:logs:cn-north-1:123456789012:log-group:x")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AWSLogDeliveryWrite20150319",
          Effect: "Allow",
          Principal: { Service: ["delivery.logs.amazonaws.com"] },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: ["arn:aws-cn:logs:cn-north-1:123456789012:log-group:x:log-stream:*"],
          Condition: {
            StringEquals: { "aws:SourceAccount": ["123456789012"] },
            ArnLike: { "aws:SourceArn": ["arn:aws-cn:logs:cn-north-1:123456789012:*"] },
          },
        },
      ],
    });
  });

  it("is kept for the configured time", async () => {
    expect((await alone()).one("LogGroup").inputs.retentionInDays).to.equal(30);
    const short = await alone({ logRetentionDays: 7 });
    expect(short.one("LogGroup").inputs.retentionInDays).to.equal(7);
  });

  it("goes to an existing destination, and no group is made", async () => {
    const logDestinationArn = "arn:aws:s3:::aws-waf-logs-shared";
    const made = await alone({ logDestinationArn });
    expect(made.all("LogGroup")).to.deep.equal([]);
    expect(made.all("LogResourcePolicy")).to.deep.equal([]);
    expect(made.one("WebAclLoggingConfiguration").inputs.logDestinationConfigs).to.deep.equal([
      logDestinationArn,
    ]);
  });

  it("is not there where it is switched off", async () => {
    const made = await alone({ logging: false });
    expect(made.all("WebAclLoggingConfiguration")).to.deep.equal([]);
    expect(made.all("LogGroup")).to.deep.equal([]);
  });
});

describe("a web ACL that cannot be", () => {
  const logs = (where: string, name: string) =>
    `arn:aws:logs:${where}:123456789012:log-group:${name}`;
  const cases: [string, () => unknown, RegExp[]][] = [
    [
      "beyond its budget, with what it is made of",
      () => new WebAcl("web", { scope: "REGIONAL", capacityBudget: 900 }),
      [/waf\.capacityBudget: expected 927 .*common 700/],
    ],
    [
      "with everything that is wrong at once",
      () => new WebAcl("web", { scope: "REGIONAL", allowCidrs: ["0.0.0.0/0"], capacityBudget: 1 }),
      [/waf\.allowCidrs\[0\]/, /waf\.capacityBudget/],
    ],
    [
      "for CloudFront and a load balancer",
      () => new WebAcl("web", { scope: "CLOUDFRONT", loadBalancerArn: "arn:x" }),
      [/scope CLOUDFRONT cannot protect a load balancer/],
    ],
    [
      "for CloudFront, reading what the viewer wrote",
      () => new WebAcl("web", { scope: "CLOUDFRONT", addressFrom: "x-forwarded-for" }),
      [/addressFrom: at CloudFront the connection is the viewer's own/],
    ],
    [
      "with a size of bodies that only CloudFront has",
      () => new H2Direct("web", { placement, service, domain, waf: { inspectedBodyKiB: 32 } }),
      [/waf\.inspectedBodyKiB: at a load balancer the rules read 8 KiB/],
    ],
    [
      "with a size of bodies that AWS has not",
      () => new WebAcl("web", { scope: "CLOUDFRONT", inspectedBodyKiB: 20 }),
      [/waf\.inspectedBodyKiB: expected one of 16, 32, 48, 64, not 20/],
    ],
    [
      "with a log of another name",
      () => new WebAcl("web", { scope: "REGIONAL", logDestinationArn: logs(region, "web") }),
      [/starts with aws-waf-logs-, not arn/],
    ],
    [
      "with CloudFront's log in another region",
      () =>
        new WebAcl("web", {
          scope: "CLOUDFRONT",
          logDestinationArn: logs(region, "aws-waf-logs-web"),
        }),
      [/one in us-east-1.*not in eu-west-1/],
    ],
    [
      "in front of a path: before anything of the path exists",
      () =>
        new H1ViaCloudfront("web", { placement, service, domain, waf: { capacityBudget: 900 } }),
      [/h1-via-cloudfront "web" cannot work/, /waf\.capacityBudget/],
    ],
    [
      "in front of a path without CloudFront",
      () => new H2Direct("web", { placement, service, domain, waf: { blockCidrs: ["192.0.2.1"] } }),
      [/h2-direct "web" cannot work/, /waf\.blockCidrs\[0\]/],
    ],
  ];
  for (const [what, build, says] of cases) {
    it(what, async () => {
      const account = new Account({ region });
      let message = "";
      await record(() => {
        try {
          build();
        } catch (error) {
          expect(pulumi.RunError.isInstance(error), "without a stack trace").to.equal(true);
          message = (error as Error).message;
        }
      }, account);
      for (const words of says) expect(message).to.match(words);
      expect(account.resources).to.deep.equal([]);
    });
  }

  it("but a destination that is not known yet is AWS's to judge", async () => {
    const later = pulumi.output("arn:aws:s3:::aws-waf-logs-later");
    const made = await alone({ logDestinationArn: later });
    expect(made.all("WebAclLoggingConfiguration")).to.have.length(1);
  });
});

describe("docs/waf.md", () => {
  const page = fs.readFileSync(path.join(__dirname, "../../../docs/waf.md"), "utf8");
  const row = (first: string) =>
    page
      .split("\n")
      .find((line) => line.startsWith(`| ${first}`))
      ?.split("|")
      .map((cell) => cell.trim())
      .slice(1, -1) ?? [];

  for (const group of managedGroupNames) {
    it(`has AWS's name and capacity of ${group}`, () => {
      const [, does, capacity] = row(`\`${group}\``);
      expect(does).to.include(managedGroups[group].awsName);
      expect(capacity).to.equal(String(managedGroups[group].capacity));
      const { fees } = managedGroups[group];
      if (fees === undefined) return;
      const fee = row(`\`${group}\`, in addition`);
      expect(fee.slice(1)).to.deep.equal([String(fees.month), String(fees.millionRequests)]);
    });
  }

  it("has the prices, their date and where to check them", () => {
    const { webAclMonth, webAclRuleMonth } = prices["us-east-1"] ?? {};
    expect(row("web ACL").slice(1)).to.deep.equal([
      String(webAclMonth),
      String(wafPrices.millionRequests),
    ]);
    expect(row("each rule")[1]).to.equal(String(webAclRuleMonth));
    expect(row("every 500 WCU")[2]).to.equal(String(wafPrices.millionRequestsPer500Units));
    expect(page).to.include(wafPrices.asOf).and.to.include(wafPrices.source);
    expect(page).to.include("**check them**");
  });

  it("has the sums right", () => {
    const every = { managedGroups: managedGroupNames, ...bothLists };
    expect(page).to.include(`all rules in the table together need ${webAclCapacity(every)}`);
    const { webAclMonth = 0, webAclRuleMonth = 0 } = prices["us-east-1"] ?? {};
    expect(page).to.include(`four rules: ${webAclMonth + 4 * webAclRuleMonth} a month`);
  });

  const both = ["192.0.2.0/24", "2001:db8::/32"];
  const bothLists = { allowCidrs: both, blockCidrs: both };
});
