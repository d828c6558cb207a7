/** Athena over the logs: tables that find them, a workgroup with a limit, the saved queries. */
import { expect } from "chai";
import { LogBucket, LogQueries, type LogQueriesArgs } from "../../../components";
import { catalogName } from "../../../components/logs/logQueries";
import { loadBalancerLogKey } from "../../../local/serve/loadBalancer/logFile";
import type { Props } from "../../../local/model/types";
import { albColumns } from "../../../logs/sql/albTable";
import { albQueries, connectionQueries, edgeQueries } from "../../../logs/sql/queries";
import { record } from "./record";

const make = (args: Partial<LogQueriesArgs> = {}) =>
  record(() => {
    const bucketName = new LogBucket("web", { writers: { loadBalancer: true } }).writableName;
    new LogQueries("web", { bucketName, ...args });
  });

const parametersOf = (table: { readonly inputs: Props }) =>
  table.inputs.parameters as Record<string, string>;

describe("LogQueries", () => {
  it("has a table whose partitions are the load balancer's folders", async () => {
    const made = await make();
    const bucket = made.one("Bucket").id;
    const table = made.one("CatalogTable");
    const parameters = parametersOf(table);
    const arn =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188";
    const key = loadBalancerLogKey(
      { prefix: "", loadBalancerArn: arn, nodeAddress: "10.0.1.25" },
      new Date("2026-11-20T10:15:00Z"),
      "x",
    );
    const template = parameters["storage.location.template"] ?? "";
    expect(`s3://${bucket}/${key}`).to.contain(`${template.replace("${day}", "2026/11/20")}/`);
    expect(parameters).to.include({
      "projection.enabled": "true",
      "projection.day.type": "date",
      "projection.day.range": "NOW-90DAYS,NOW",
    });
    const storage = table.inputs.storageDescriptor as {
      columns: { name: string }[];
      location: string;
    };
    expect(storage.columns.map(({ name }) => name)).to.deep.equal(
      albColumns.map(({ name }) => name),
    );
    expect(template.startsWith(storage.location)).to.equal(true);
  });

  it("looks where the load balancer's prefix is, and as far back as logs are kept", async () => {
    const made = await make({ prefix: "/alb/", retentionDays: 7 });
    const parameters = parametersOf(made.one("CatalogTable"));
    expect(parameters["storage.location.template"]).to.match(/^s3:\/\/[^/]+\/alb\/AWSLogs\//);
    expect(parameters["projection.day.range"]).to.equal("NOW-7DAYS,NOW");
  });

  it("limits what a query may read, and encrypts its answer into the bucket", async () => {
    const made = await make({ maxGigabytes: 2 });
    const { configuration } = made.one("Workgroup").inputs as { configuration: Props };
    expect(configuration).to.deep.include({
      enforceWorkgroupConfiguration: true,
      bytesScannedCutoffPerQuery: 2 * 1024 ** 3,
      resultConfiguration: {
        outputLocation: `s3://${made.one("Bucket").id}/queries/`,
        encryptionConfiguration: { encryptionOption: "SSE_S3" },
      },
    });
  });

  it("saves every query in it, about its own database", async () => {
    const made = await make();
    const queries = made.all("NamedQuery");
    expect(queries.map(({ inputs }) => inputs.name)).to.have.members(
      albQueries.map(({ name }) => name),
    );
    for (const { inputs } of queries) {
      expect(inputs.workgroup).to.equal(made.one("Workgroup").id);
      expect(inputs.database).to.equal(made.one("CatalogDatabase").inputs.name);
    }
  });

  for (const format of ["w3c", "json"] as const)
    it(`reads CloudFront's logs as ${format}`, async () => {
      const made = await make({ edge: { distributionId: "E1ABCDEFGHIJKL", format } });
      const table = made.named("CatalogTable", "web-edge");
      expect(parametersOf(table)["storage.location.template"]).to.match(
        /AWSLogs\/123456789012\/CloudFront\/E1ABCDEFGHIJKL\/\$\{hour\}$/,
      );
      expect(parametersOf(table)["skip.header.line.count"]).to.equal(
        format === "w3c" ? "2" : undefined,
      );
      const { serDeInfo } = table.inputs.storageDescriptor as {
        serDeInfo: { serializationLibrary: string };
      };
      expect(serDeInfo.serializationLibrary).to.match(
        format === "json" ? /JsonSerDe$/ : /LazySimpleSerDe$/,
      );
      expect(made.all("NamedQuery").length).to.equal(albQueries.length + edgeQueries.length);
    });

  it("reads connection logs in the same folder, where they are on", async () => {
    const made = await make({ connections: true });
    const table = made.named("CatalogTable", "web-connections");
    const template = "storage.location.template";
    expect(table.inputs.name).to.equal("connections");
    expect(parametersOf(table)[template]).to.equal(
      parametersOf(made.named("CatalogTable", "web-load-balancer"))[template],
    );
    expect(made.all("NamedQuery").length).to.equal(albQueries.length + connectionQueries.length);
  });

  it("names its database so that SQL takes it", () => {
    expect(catalogName("hopwise", "my-org.Prod", "web")).to.equal("hopwise_my_org_prod_web");
  });

  it("keeps its names: a rename would replace", async () => {
    const made = await make({ connections: true, edge: { distributionId: "E1ABCDEFGHIJKL" } });
    expect(made.tree.filter((line) => line.endsWith(" hopwise:index:LogQueries"))).to.deep.equal([
      "aws:athena/namedQuery:NamedQuery web-464-by-mismatch hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-CloudFront-causes hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-CloudFront-paths hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-causes hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-clients hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-failed-connections hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-over-time hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-paths hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-target-groups hopwise:index:LogQueries",
      "aws:athena/namedQuery:NamedQuery web-targets-own-errors hopwise:index:LogQueries",
      "aws:athena/workgroup:Workgroup web-log-queries hopwise:index:LogQueries",
      "aws:glue/catalogDatabase:CatalogDatabase web-log-queries hopwise:index:LogQueries",
      "aws:glue/catalogTable:CatalogTable web-connections hopwise:index:LogQueries",
      "aws:glue/catalogTable:CatalogTable web-edge hopwise:index:LogQueries",
      "aws:glue/catalogTable:CatalogTable web-load-balancer hopwise:index:LogQueries",
    ]);
  });
});
