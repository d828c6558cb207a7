/** CloudFront's standard logs (v2), where a delivery declares them. */
import { expect } from "chai";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { edgeEntryOf } from "../../logs/edge/entry";
import { edgeFields, fieldKey, headerFieldsOf } from "../../logs/edge/fields";
import { edgeLogKey } from "../../local/serve/edge/log/logs";
import type { Props } from "../../local/model/types";
import {
  TestOrigin,
  distributionArn,
  edgeOver,
  endEdges,
  type EdgeChange,
  type EdgeUnderTest,
} from "./edge-support";
import { eventually } from "../eventually";

const delivering = (outputFormat: string, more: Props = {}): EdgeChange => ({
  more: (stack) => {
    const source = { name: "source", logType: "ACCESS_LOGS", resourceArn: distributionArn };
    stack.add("aws:cloudwatch/logDeliverySource:LogDeliverySource", "edge", source);
    const destination = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
    const deliveryDestinationConfiguration = { destinationResourceArn: "arn:aws:s3:::logs" };
    const inputs = { outputFormat, deliveryDestinationConfiguration };
    stack.add(destination, "edge", inputs, { arn: "destination" });
    stack.add("aws:cloudwatch/logDelivery:LogDelivery", "edge", {
      deliverySourceName: "source",
      deliveryDestinationArn: "destination",
      s3DeliveryConfigurations: [{ suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}" }],
      ...more,
    });
  },
});

function files({ s3Dir }: EdgeUnderTest): string[] {
  if (!existsSync(s3Dir)) return [];
  return readdirSync(s3Dir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".gz"))
    .map((file) => file.split(path.sep).join("/"));
}

/** The lines of the one file, once it has so many records. */
async function lines(edge: EdgeUnderTest, records: number): Promise<string[]> {
  const read = (): string[] =>
    files(edge).flatMap((file) =>
      gunzipSync(readFileSync(path.join(edge.s3Dir, file)))
        .toString()
        .trimEnd()
        .split("\n"),
    );
  await eventually(
    `${records} records`,
    () => read().filter((l) => !l.startsWith("#")).length === records,
  );
  return read();
}

describe("CloudFront's standard logs", () => {
  afterEach(endEdges);
  const origin = (): TestOrigin =>
    new TestOrigin((request, response) => {
      response.writeHead(request.url === "/missing" ? 404 : 200, { "content-type": "text/plain" });
      response.end("text");
    });

  it("are lines under a header, in AWS's place, with all 33 fields", async () => {
    const edge = await edgeOver({ web: origin() }, delivering("w3c"));
    await edge.get("/a?b=c", { headers: { "user-agent": "a browser/1.0", referer: "https://x/" } });
    await edge.get("/a?b=c");
    await edge.get("/missing");
    const [version, header = "", ...records] = await lines(edge, 3);
    expect(version).to.equal("#Version: 1.0");
    expect(header).to.equal(`#Fields: ${edgeFields.join(" ")}`);
    const [file = ""] = files(edge);
    expect(file).to.match(
      /^logs\/AWSLogs\/123456789012\/CloudFront\/E1A2B3C4D5E6F7\/\d{4}\/\d\d\/\d\d\/\d\d\/E1A2B3C4D5E6F7\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]{8}\.gz$/,
    );
    const keys = headerFieldsOf(header) ?? [];
    const read = records.map((line) => {
      const values = line.split("\t");
      expect(values).to.have.lengthOf(33);
      return (key: string) => values[keys.indexOf(fieldKey(key))];
    });
    const [first, second, third] = read;
    expect(first && edgeEntryOf(first)).to.deep.include({
      status: 200,
      method: "GET",
      path: "/a",
      host: "www.example.com",
      protocol: "https",
      version: "HTTP/1.1",
      userAgent: "a browser/1.0",
      result: "Miss",
    });
    const of = (name: string) => first?.(name);
    expect(of("cs-uri-query")).to.equal("b=c");
    expect(of("cs(Host)")).to.equal("d111111abcdef8.cloudfront.net");
    expect(of("c-ip")).to.equal("198.51.100.7");
    expect(of("sc-content-type")).to.equal("text/plain");
    expect(of("ssl-protocol")).to.equal("TLSv1.3");
    expect(of("cs(User-Agent)")).to.equal("a%20browser/1.0");
    expect([second, third].map((f) => f?.("x-edge-result-type"))).to.deep.equal(["Hit", "Error"]);
  });

  it("have the fields that the delivery names, as JSON", async () => {
    const recordFields = [
      "timestamp(ms)",
      "sc-status",
      "cs-uri-stem",
      "cache-behavior-path-pattern",
      "asn",
    ];
    const edge = await edgeOver({ web: origin() }, delivering("json", { recordFields }));
    await edge.get("/a");
    const [line = ""] = await lines(edge, 1);
    const record = JSON.parse(line) as Record<string, string>;
    expect(Object.keys(record)).to.deep.equal(recordFields);
    expect(record).to.include({
      "sc-status": "200",
      "cs-uri-stem": "/a",
      "cache-behavior-path-pattern": "*",
      asn: "-",
    });
    expect(Number(record["timestamp(ms)"])).to.be.closeTo(Date.now(), 60_000);
  });

  // prettier-ignore
  const causes: [string, TestOrigin | "down", Props, string][] = [
    ["the origin cannot be connected to", "down", {}, "OriginConnectError"],
    ["the origin breaks off", new TestOrigin((request) => request.socket.destroy()), {}, "OriginReadError"],
    ["the origin speaks no HTTP", new TestOrigin((request) => request.socket.end("no HTTP\r\n\r\n")), {}, "OriginInvalidResponseError"],
  ];
  for (const [title, web, more, expected] of causes) {
    it(`say ${expected} where ${title}`, async () => {
      const recordFields = ["x-edge-detailed-result-type", "sc-status"];
      const edge = await edgeOver(
        { web },
        delivering("plain", { recordFields, fieldDelimiter: ",", ...more }),
      );
      await edge.get("/");
      expect(await lines(edge, 1)).to.deep.equal([`${expected},502`]);
    });
  }

  it("are not written where nothing declares them", async () => {
    const edge = await edgeOver({ web: origin() });
    await edge.get("/");
    await endEdges();
    expect(files(edge)).to.deep.equal([]);
  });

  it("can have paths as Hive wants them", () => {
    const distribution = { id: "E1", arn: distributionArn };
    const place = { prefix: "edge", suffixPath: "/{DistributionId}/{yyyy}/{MM}", hivePaths: true };
    expect(edgeLogKey(place, distribution, new Date("2026-01-02T03:04:05Z"), "0a")).to.equal(
      "edge/AWSLogs/aws-account-id=123456789012/CloudFront/DistributionId=E1/year=2026/month=01/E1.2026-01-02-03.0a.gz",
    );
  });
});
