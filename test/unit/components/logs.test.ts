/** Logs of the load balancer, of CloudFront and of the VPC: off, on, and where they may go. */
import { expect } from "chai";
import {
  FlowLogs,
  H1ViaCloudfront,
  H2Direct,
  LogBucket,
  type H1LogsArgs,
  type LogWriters,
} from "../../../components";
import { placement, record, recorded, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const everyone: LogWriters = { loadBalancer: true, edge: "v2", flow: true };

const off = { bucket: "", enabled: false };

describe("the load balancer's logs", () => {
  const logsOf = (made: Recording) => {
    const { accessLogs, connectionLogs, healthCheckLogs } = made.one("LoadBalancer").inputs;
    return [accessLogs, connectionLogs, healthCheckLogs];
  };
  const direct = (logs?: ConstructorParameters<typeof H2Direct>[1]["logs"]) =>
    recorded(H2Direct, { placement, service, domain, logs });

  it("are off, and say so: a missing one would be left as it was", async () => {
    expect(logsOf(await direct())).to.deep.equal([off, off, off]);
    expect(logsOf(await direct({ bucketName: "logs" }))).to.deep.equal([off, off, off]);
  });

  const on = { bucket: "logs", enabled: true };
  const kinds = ["access", "connections", "healthChecks"] as const;
  for (const [index, kind] of kinds.entries()) {
    it(`${kind}: are on one by one`, async () => {
      const made = await direct({ bucketName: "logs", [kind]: true });
      expect(logsOf(made)).to.deep.equal([0, 1, 2].map((i) => (i === index ? on : off)));
    });
  }

  it("are accepted by AWS in a bucket that is made for them", async () => {
    const made = await record(() => {
      const bucketName = new LogBucket("web", { writers: { loadBalancer: true } }).writableName;
      const logs = { bucketName, access: true, connections: true, healthChecks: true };
      return new H2Direct("web", { placement, service, domain, logs });
    });
    const on = { bucket: made.one("Bucket").id, enabled: true };
    expect(logsOf(made)).to.deep.equal([on, on, on]);
  });
});

describe("CloudFront's logs", () => {
  const withLogs = (logs?: Partial<H1LogsArgs>, writers: LogWriters = everyone) =>
    record(() => {
      const bucketName = new LogBucket("web", { writers }).writableName;
      const args = { placement, service, domain, logs: logs && { bucketName, ...logs } };
      return new H1ViaCloudfront("web", args);
    });
  const deliveryTypes = ["LogDeliverySource", "LogDeliveryDestination", "LogDelivery"];

  for (const [what, logs] of [
    ["no logs", undefined],
    ["the load balancer's only", { access: true }],
    ["off", { edge: "off" }],
  ] as const) {
    it(`${what}: are nowhere`, async () => {
      const made = await withLogs(logs);
      for (const type of deliveryTypes) expect(made.all(type), type).to.deep.equal([]);
      expect(made.one("Distribution").inputs.loggingConfig).to.equal(undefined);
    });
  }

  it("v2: are delivered from us-east-1 to the bucket", async () => {
    const made = await withLogs({ edge: "v2" });
    expect(deliveryTypes.map((type) => made.one(type).inputs.region)).to.deep.equal(
      deliveryTypes.map(() => "us-east-1"),
    );
    expect(made.one("LogDeliverySource").inputs).to.include({
      logType: "ACCESS_LOGS",
      resourceArn: made.one("Distribution").outputs.arn,
    });
    expect(made.one("LogDeliveryDestination").inputs).to.deep.include({
      outputFormat: "w3c",
      deliveryDestinationConfiguration: {
        destinationResourceArn: made.one("Bucket").outputs.arn,
      },
    });
    expect(made.one("LogDelivery").inputs).to.deep.include({
      deliverySourceName: made.one("LogDeliverySource").id,
      deliveryDestinationArn: made.one("LogDeliveryDestination").outputs.arn,
      s3DeliveryConfigurations: [
        { suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}", enableHiveCompatiblePath: false },
      ],
    });
    expect(made.one("Distribution").inputs.loggingConfig).to.equal(undefined);
  });

  it("v2: are JSON where that is asked for", async () => {
    const made = await withLogs({ edge: "v2", edgeFormat: "json" });
    expect(made.one("LogDeliveryDestination").inputs.outputFormat).to.equal("json");
  });

  it("legacy: are written by the distribution, into a bucket that takes ACLs", async () => {
    const made = await withLogs({ edge: "legacy" }, { edge: "legacy" });
    expect(made.one("Distribution").inputs.loggingConfig).to.deep.equal({
      bucket: `${made.one("Bucket").id}.s3.amazonaws.com`,
      prefix: "cloudfront/",
      includeCookies: false,
    });
    for (const type of deliveryTypes) expect(made.all(type), type).to.deep.equal([]);
  });

  it("legacy: go to the bucket apart where there is one", async () => {
    const made = await record(() => {
      const bucketName = new LogBucket("web", { writers: { loadBalancer: true } }).writableName;
      const legacyBucketName = new LogBucket("old", { writers: { edge: "legacy" } }).writableName;
      const logs = { bucketName, legacyBucketName, access: true, edge: "legacy" } as const;
      return new H1ViaCloudfront("web", { placement, service, domain, logs });
    });
    const { bucket } = made.one("Distribution").inputs.loggingConfig as { bucket: string };
    expect(bucket).to.equal(`${made.named("Bucket", "old-logs").id}.s3.amazonaws.com`);
    expect(made.one("LoadBalancer").inputs.accessLogs).to.deep.include({
      bucket: made.named("Bucket", "web-logs").id,
    });
  });

  it("are refused by AWS where the bucket was not made for them", async () => {
    const refused = async (logs: Partial<H1LogsArgs>, writers: LogWriters) => {
      try {
        await withLogs(logs, writers);
        return "accepted";
      } catch (error) {
        return String(error);
      }
    };
    expect(await refused({ edge: "legacy" }, { edge: "v2" })).to.match(/does not enable ACL/);
    expect(await refused({ edge: "v2" }, { edge: "legacy" })).to.match(/AccessDenied/);
    expect(await refused({ access: true }, { edge: "v2" })).to.match(/Access Denied for bucket/);
  });
});

describe("FlowLogs", () => {
  const build = (traffic: "rejected" | "all") =>
    record(() => {
      const bucketName = new LogBucket("web", { writers: { flow: true } }).writableName;
      return new FlowLogs("web", { vpcId: "vpc-0123456789abcdef0", bucketName, traffic });
    });

  for (const [traffic, trafficType] of [
    ["rejected", "REJECT"],
    ["all", "ALL"],
  ] as const) {
    it(`${traffic}: ${trafficType} into the bucket`, async () => {
      const made = await build(traffic);
      expect(made.one("FlowLog").inputs).to.deep.include({
        vpcId: "vpc-0123456789abcdef0",
        trafficType,
        logDestinationType: "s3",
        logDestination: made.one("Bucket").outputs.arn,
        maxAggregationInterval: 600,
      });
    });
  }
});
