/** The saved queries of Athena give the answers of `hopwise explain`, on the same lines. */
import { expect } from "chai";
import { fewestFields } from "../../../logs/alb/columns";
import { edgeFields } from "../../../logs/edge/fields";
import type { CauseReport } from "../../../logs/report";
import { albColumns, albRegex } from "../../../logs/sql/albTable";
import { edgeColumns, edgeMappings } from "../../../logs/sql/edgeTable";
import { albQueries, edgeQueries, type SavedQuery } from "../../../logs/sql/queries";
import { makeReport } from "../../../logs/report";
import { albLine, cases, groupArn, notSent, traffic } from "./lines";
import { Engine, type SqlRow } from "./engine";
import { read } from "./reading";

const today = "2026-11-21";

/** Lines of every cause in every age of the log, traffic, and lines that are no access log. */
const others = [
  '2026-11-20T10:15:30.123456Z 198.51.100.7 41234 443 TLSv1.3 TLS_AES_128_GCM_SHA256 0.012 "-" - - Success TID_1234abcd5678ef90',
  `http 2026-11-20T10:15:00.000000Z 0.004 10.0.1.17:8080 targetgroup/web/73e2 FAIL 500 ResponseCodeMismatch app/web/50dc 10.0.1.25`,
  "not a log line",
];
const h2 = { type: "h2", target_group_arn: groupArn("known") };
const lines: readonly string[] = [
  ...cases.flatMap(({ fields }) => [
    albLine(fields),
    albLine(fields).replaceAll('"-"', "-"),
    `${albLine(fields)} "-" 17 "new"`,
  ]),
  ...cases
    .filter(({ cause }) => cause !== "502-stream-reset")
    .flatMap(({ fields }) => [fewestFields, 30, 33, 34].map((count) => albLine(fields, count))),
  albLine({ ...h2, request: "GET https://a:443/ HTTP/2.0" }),
  albLine({ ...notSent, elb_status_code: "464", target_group_arn: groupArn("known") }),
  // CloudFront's HTTP/2 to this group was lost; to the other it came.
  ...["lost", "came"].flatMap((name) => {
    const edge = { target_group_arn: groupArn(name), user_agent: "Amazon CloudFront" };
    const before = { time: "2026-11-20T00:00:00.000000Z" };
    const over2 = { ...h2, ...edge, request: "GET https://a:443/ HTTP/2.0" };
    const refused = { ...edge, ...notSent, elb_status_code: "464" };
    const lost = name === "lost";
    return [
      albLine({ ...over2, ...(lost && before) }),
      albLine({ ...refused, ...(!lost && before) }),
    ];
  }),
  ...[...traffic(6000, 11, 6)].map(({ line }) => line),
];

const query = (name: string, from: readonly SavedQuery[] = albQueries): string => {
  const found = from.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no query ${name}`);
  return found.sql;
};

/** Every name and count of a ranking, by cause. */
const byCause = (
  causes: readonly CauseReport[],
  of: (cause: CauseReport) => readonly { readonly name: string; readonly count: number }[],
) =>
  causes
    .flatMap((cause) => of(cause).map(({ name, count }) => `${cause.code} ${name} ${count}`))
    .sort();

const texts = (rows: readonly SqlRow[], ...columns: string[]): string[] =>
  rows.map((row) => columns.map((column) => String(row[column])).join(" ")).sort();

describe("the table over the load balancer's logs", () => {
  it("has a column for each group of its regular expression: else all of it is NULL", () => {
    const groups = (new RegExp(`${albRegex}|`).exec("")?.length ?? 0) - 1;
    expect(albColumns.length).to.equal(groups);
    expect(new Set(albColumns.map(({ name }) => name)).size).to.equal(groups);
  });

  it("matches every access log line, of any age, and nothing else", () => {
    const whole = new RegExp(`^(?:${albRegex})$`);
    for (const line of lines) expect(whole.test(line), line).to.equal(true);
    for (const line of others) expect(whole.test(line), line).to.equal(false);
  });

  it("puts each field into its own column", () => {
    const match = new RegExp(`^(?:${albRegex})$`).exec(
      albLine({ target_error_code: "0x2", elb_error_code: "E1" }),
    );
    const cell = (name: string) =>
      match?.[albColumns.findIndex((column) => column.name === name) + 1];
    expect(cell("client_ip")).to.equal("198.51.100.23");
    expect(cell("client_port")).to.equal("41234");
    expect(cell("target_ip")).to.equal("10.0.1.17");
    expect(cell("request_url")).to.equal("https://app.example.com:443/orders/17?page=2");
    expect(cell("request_proto")).to.equal("HTTP/1.1");
    expect(cell("user_agent")).to.match(/^Mozilla.*128\.0$/);
    expect(cell("actions_executed")).to.equal("forward");
    expect(cell("ip_address")).to.equal("10.0.1.25");
    expect(cell("target_error_code")).to.equal("0x2");
    expect(cell("elb_error_code")).to.equal("E1");
  });
});

describe("the saved queries agree with hopwise explain", () => {
  let engine: Engine;
  let causes: readonly CauseReport[];
  let report: ReturnType<typeof makeReport>;
  const rows = (name: string) => engine.query(query(name), today);

  before(async () => {
    engine = await Engine.start();
    await engine.loadAlb([...lines, ...others], "2026/11/20");
    const { tally } = await read(lines.join("\n"));
    report = makeReport({
      tally,
      files: 1,
      problems: [],
      top: 100_000,
      place: ({ line }) => ({ file: "log", line }),
    });
    causes = report.loadBalancer?.causes ?? [];
    expect(causes.length).to.be.above(30);
  });
  after(() => {
    engine.stop();
  });

  it("on causes", async () => {
    const found = new Map<string, number>();
    for (const { cause, requests } of await rows("causes"))
      found.set(String(cause), (found.get(String(cause)) ?? 0) + Number(requests));
    expect(Object.fromEntries(found)).to.deep.equal(
      Object.fromEntries(causes.map(({ code, count }) => [code, count])),
    );
  });

  it("on the 464s: from where, and into which target group", async () => {
    const found = await rows("464 by mismatch");
    const mine = causes.filter(({ statuses }) => statuses.top[0]?.name === "464");
    const sum = (of: (row: SqlRow) => string) => {
      const sums = new Map<string, number>();
      for (const row of found) sums.set(of(row), (sums.get(of(row)) ?? 0) + Number(row.requests));
      return [...sums].map(([key, n]) => `${key} ${n}`).sort();
    };
    expect(
      sum((row) => `${String(row.cause)} ${String(row.target_group_arn)}`).filter(
        (text) => !/ - \d+$/.test(text),
      ),
    ).to.deep.equal(
      byCause(mine, ({ targetGroups }) =>
        targetGroups.map(({ arn, count }) => ({ name: arn, count })),
      ),
    );
    const spokenIn = (client: string): string =>
      client.includes("gRPC") ? "gRPC" : client.startsWith("HTTP/2") ? "HTTP/2" : "HTTP/1";
    expect(sum((row) => `${String(row.cause)} ${String(row.spoke)}`)).to.deep.equal(
      mine
        .flatMap(({ code, clients }) => {
          const sums = new Map<string, number>();
          for (const { name, count } of clients.top)
            sums.set(spokenIn(name), (sums.get(spokenIn(name)) ?? 0) + count);
          return [...sums].map(([spoke, n]) => `${code} ${spoke} ${n}`);
        })
        .sort(),
    );
    expect(sum((row) => `${String(row.cause)} ${String(row.came_from)}`)).to.deep.equal(
      mine
        .flatMap(({ code, clients }) => {
          const sums = new Map<string, number>();
          for (const { name, count } of clients.top) {
            const from = name.split(", ")[1] ?? "";
            sums.set(from, (sums.get(from) ?? 0) + count);
          }
          return [...sums].map(([from, n]) => `${code} ${from} ${n}`);
        })
        .sort(),
    );
  });

  it("on target groups, and on the versions that they can have", async () => {
    const found = texts(
      await rows("target groups"),
      ...[
        "target_group_arn",
        "requests",
        "load_balancer_errors",
        "target_errors",
        "possible_versions",
      ],
    );
    expect(found).to.deep.equal(
      report.targetGroups
        .map(({ arn, requests, errors, own, versions }) =>
          [arn, requests, errors, own, versions.join(" ")].join(" "),
        )
        .sort(),
    );
    expect(found.join("\n")).to.match(/known\/\w+ 2 1 0 HTTP2$/m);
  });

  it("on paths", async () => {
    expect(texts(await rows("paths"), "cause", "path", "requests")).to.deep.equal(
      byCause(causes, ({ paths }) => paths.top),
    );
  });

  it("on time", async () => {
    const found = await rows("over time");
    const { timeline } = report.loadBalancer ?? {};
    for (const { code, first, last } of causes) {
      const minutes = found
        .filter(({ cause }) => cause === code)
        .map(({ minute }) => String(minute));
      expect(minutes[0]).to.equal(first?.slice(0, 16));
      expect(minutes.at(-1)).to.equal(last?.slice(0, 16));
      const sum = found
        .filter(({ cause }) => cause === code)
        .reduce((n, { requests }) => n + Number(requests), 0);
      expect(sum).to.equal(timeline?.causes[code]?.reduce((n, m) => n + m, 0));
    }
  });

  it("on clients", async () => {
    const found = new Map<string, number>();
    for (const { cause, agent, requests } of await rows("clients")) {
      if (agent === "") continue;
      const key = `${String(cause)} ${String(agent)}`;
      found.set(key, (found.get(key) ?? 0) + Number(requests));
    }
    expect([...found].map(([key, n]) => `${key} ${n}`).sort()).to.deep.equal(
      byCause(causes, ({ userAgents }) => userAgents.top),
    );
  });

  it("on the targets' own errors", async () => {
    const found = new Map<number, number>();
    for (const { status, requests } of await rows("targets' own errors"))
      found.set(Number(status), (found.get(Number(status)) ?? 0) + Number(requests));
    expect(Object.fromEntries(found)).to.deep.equal(
      Object.fromEntries(
        report.loadBalancer?.passedOn.map(({ status, count }) => [status, count]) ?? [],
      ),
    );
  });

  it("look back some days, and no further", async () => {
    expect(await engine.query(query("causes"), "2026-11-27")).not.to.deep.equal([]);
    expect(await engine.query(query("causes"), "2026-11-28")).to.deep.equal([]);
  });

  it("each of them runs", async () => {
    for (const { name, sql } of albQueries)
      expect(await engine.query(sql, today), name).not.to.deep.equal([]);
  });
});

describe("the queries of CloudFront's logs", () => {
  const values = (status: string, detail: string, more: Record<string, string> = {}) => {
    const all: Record<string, string> = {
      date: "2026-11-20",
      time: "10:15:30",
      "cs-method": "GET",
      "cs-uri-stem": "/orders/17",
      "sc-status": status,
      "cs-protocol": "https",
      "cs-protocol-version": "HTTP/2.0",
      "x-edge-result-type": "Error",
      "x-edge-detailed-result-type": detail,
      ...more,
    };
    return edgeFields.map((field) => all[field] ?? "-").join("\t");
  };
  const log = [
    ...[200, 304].map((status) => values(String(status), "Hit")),
    ...["000", "403", "404", "414", "460", "464", "500", "502", "503", "504"].flatMap((status) =>
      [
        "Error",
        "OriginConnectError",
        "OriginCommError",
        "SlowReaderOriginError",
        "ClientGeoBlocked",
        "FunctionThrottledError",
        "LambdaTimeoutError",
        "FunctionGeneratedResponse",
        "InvalidRequestMethod",
        "-",
      ].map((detail) => values(status, detail)),
    ),
    values("464", "Error", { "cs-protocol": "grpcs", "cs-method": "POST" }),
    values("200", "AbortedOrigin"),
    values("202", "Error"),
    values("504", "OriginCommError", { "time-taken": "60.101" }),
    values("503", "-", { "x-edge-result-type": "LimitExceeded" }),
    values("464", "Error", { "cs-method": "POST" }),
  ];

  it("agree with hopwise explain on causes and paths", async () => {
    const engine = await Engine.start();
    try {
      await engine.loadEdge(log, "2026/11/20/10");
      const { report } = await read(`#Fields: ${edgeFields.join(" ")}\n${log.join("\n")}`);
      const causes = report.cloudfront?.causes ?? [];
      const sums = new Map<string, number>();
      for (const { cause, requests } of await engine.query(
        query("CloudFront causes", edgeQueries),
        today,
      ))
        sums.set(String(cause), (sums.get(String(cause)) ?? 0) + Number(requests));
      expect(Object.fromEntries(sums)).to.deep.equal(
        Object.fromEntries(causes.map(({ code, count }) => [code, count])),
      );
      expect(sums.size).to.be.above(8);
      const paths = await engine.query(query("CloudFront paths", edgeQueries), today);
      expect(texts(paths, "cause", "path", "requests")).to.deep.equal(
        byCause(causes, ({ paths }) => paths.top),
      );
    } finally {
      engine.stop();
    }
  });

  it("have columns that SQL takes, each with its key", () => {
    for (const { name } of edgeColumns) expect(name).to.match(/^[a-z][a-z0-9_]*$/);
    expect(edgeMappings["mapping.cs_user_agent"]).to.equal("cs(User-Agent)");
    expect(Object.keys(edgeMappings).length).to.equal(edgeFields.length);
  });
});
