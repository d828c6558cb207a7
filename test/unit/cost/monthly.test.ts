import { expect } from "chai";
import { fixedMonthlyCost, total, usageBasedCosts, type Priced } from "../../../cost/monthly";
import { prices } from "../../../cost/prices";
import { committedStack } from "../evaluated";

const usEast1 = prices["us-east-1"];
if (usEast1 === undefined) throw new Error("the table has no us-east-1");

const priced = (type: string, inputs: object, outputs: object = {}): Priced => ({
  type,
  name: "x",
  inputs: { ...inputs },
  outputs: { ...outputs },
});

/**
 * What CDK's ApplicationLoadBalancedFargateService makes with defaults: a VPC with a NAT gateway in
 * each of two zones, a public load balancer, one task of 256 CPU units and 512 MiB.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs_patterns.ApplicationLoadBalancedFargateService.html
 */
const cdkDefaults: Priced[] = [
  priced("aws:ec2/natGateway:NatGateway", {}),
  priced("aws:ec2/natGateway:NatGateway", {}),
  priced("aws:ec2/eip:Eip", {}),
  priced("aws:ec2/eip:Eip", {}),
  priced("aws:lb/loadBalancer:LoadBalancer", { subnets: ["a", "b"] }),
  priced("aws:ecs/taskDefinition:TaskDefinition", { cpu: "256", memory: "512" }, { arn: "t" }),
  priced("aws:ecs/service:Service", { desiredCount: 1, taskDefinition: "t" }),
];

const group = (name: string) => ({ statement: { managedRuleGroupStatement: { name } } });

const tracking = priced("aws:appautoscaling/policy:Policy", {
  policyType: "TargetTrackingScaling",
});
const half = {
  capacityProviderStrategies: [
    { capacityProvider: "FARGATE", base: 1, weight: 50 },
    { capacityProvider: "FARGATE_SPOT", weight: 50 },
  ],
};
/** A service that is scaled from two tasks to six. */
const scaled = (service: object, ...more: Priced[]): Priced[] => [
  priced("aws:ecs/taskDefinition:TaskDefinition", { cpu: "256", memory: "512" }, { arn: "t" }),
  priced("aws:ecs/service:Service", {
    ...{ desiredCount: 4, taskDefinition: "t", name: "web", ...service },
  }),
  priced("aws:appautoscaling/target:Target", {
    ...{ serviceNamespace: "ecs", resourceId: "service/main/web" },
    ...{ minCapacity: 2, maxCapacity: 6 },
  }),
  ...more,
];
const night = (max: number): Priced =>
  priced("aws:appautoscaling/scheduledAction:ScheduledAction", {
    ...{ serviceNamespace: "ecs", resourceId: "service/main/web", schedule: "rate(1 day)" },
    scalableTargetAction: { minCapacity: 0, maxCapacity: max },
  });

describe("fixed monthly cost", () => {
  const rows: [string, Priced[], number][] = [
    ["nothing", [], 0],
    [
      "an internal load balancer",
      [priced("aws:lb/loadBalancer:LoadBalancer", { internal: true, subnets: ["a", "b"] })],
      16.43,
    ],
    [
      "a public one in two zones",
      [priced("aws:lb/loadBalancer:LoadBalancer", { subnets: ["a", "b"] })],
      23.73,
    ],
    ["a NAT gateway", [priced("aws:ec2/natGateway:NatGateway", {})], 32.85],
    [
      "an interface endpoint in three zones",
      [
        priced("aws:ec2/vpcEndpoint:VpcEndpoint", {
          vpcEndpointType: "Interface",
          subnetIds: ["a", "b", "c"],
        }),
      ],
      21.9,
    ],
    [
      "GuardDuty's interface endpoint, which is free",
      [
        priced("aws:ec2/vpcEndpoint:VpcEndpoint", {
          vpcEndpointType: "Interface",
          subnetIds: ["a", "b"],
          serviceName: "com.amazonaws.us-east-1.guardduty-data",
        }),
      ],
      0,
    ],
    ["a KMS key", [priced("aws:kms/key:Key", {})], 1],
    [
      "a gateway endpoint",
      [priced("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" })],
      0,
    ],
    [
      "a web ACL with four rules",
      [priced("aws:wafv2/webAcl:WebAcl", { rules: [{}, {}, {}, {}] })],
      9,
    ],
    [
      "a web ACL with bot control",
      [
        priced("aws:wafv2/webAcl:WebAcl", {
          rules: [group("AWSManagedRulesCommonRuleSet"), group("AWSManagedRulesBotControlRuleSet")],
        }),
      ],
      17,
    ],
    [
      "ten alarms",
      Array.from({ length: 10 }, () => priced("aws:cloudwatch/metricAlarm:MetricAlarm", {})),
      1,
    ],
    [
      "an alarm on the ratio of two metrics",
      [
        priced("aws:cloudwatch/metricAlarm:MetricAlarm", {
          metricQueries: [{ expression: "100 * a / b" }, { metric: {} }, { metric: {} }],
        }),
      ],
      0.2,
    ],
    [
      "two ARM tasks with an address each",
      [
        priced(
          "aws:ecs/taskDefinition:TaskDefinition",
          { cpu: "512", memory: "1024", runtimePlatform: { cpuArchitecture: "ARM64" } },
          { arn: "t" },
        ),
        priced("aws:ecs/service:Service", {
          desiredCount: 2,
          taskDefinition: "t",
          networkConfiguration: { assignPublicIp: true },
        }),
      ],
      36.13,
    ],
    ["CDK's pattern with defaults", cdkDefaults, 105.74],
    ["two scaling policies, with alarms of their own", [tracking, tracking], 0.4],
    ["two to six tasks, of which there are two", scaled({}), 18.02],
    ["the same on Spot, but for the first one", scaled(half), 13.52],
  ];
  for (const [of, resources, dollars] of rows) {
    it(`of ${of} is ${dollars} dollars in us-east-1`, () => {
      expect(total(fixedMonthlyCost(resources, usEast1))).to.be.closeTo(dollars, 0.005);
    });
  }

  it("of the stack dev is under half of CDK's pattern with defaults", async () => {
    const { resources } = (await committedStack("dev")).evaluation;
    const dev = total(fixedMonthlyCost(resources, usEast1));
    const cdk = total(fixedMonthlyCost(cdkDefaults, usEast1));
    expect(dev).to.be.greaterThan(20);
    expect(dev).to.be.lessThan(cdk / 2);
  });

  const ranges: [string, Priced[], least: number, most: number][] = [
    ["two to six tasks", scaled({}), 18.02, 54.06],
    ["the same with none at night", scaled({}, night(0)), 0, 54.06],
    ["the same with ten in a sale", scaled({}, night(10)), 0, 90.1],
    ["half of them on Spot, but for the first one", scaled(half), 13.52, 31.54],
  ];
  for (const [of, resources, least, most] of ranges)
    it(`of ${of} is ${least} to ${most} dollars`, () => {
      const bill = fixedMonthlyCost(resources, usEast1);
      expect(total(bill)).to.be.closeTo(least, 0.01);
      expect(total(bill.map((item) => item.most ?? item))).to.be.closeTo(most, 0.01);
    });

  it("names Spot's market price, which is in no sum", () => {
    expect(usageBasedCosts(scaled(half))).to.deep.equal([
      "tasks on Fargate Spot, at its market price",
    ]);
    expect(usageBasedCosts(scaled({}))).to.deep.equal([]);
  });

  it("leaves out what depends on use, and names it", () => {
    expect(usageBasedCosts(cdkDefaults)).to.deep.equal([
      "gigabytes through the NAT gateway",
      "load balancer capacity units",
    ]);
  });
});
