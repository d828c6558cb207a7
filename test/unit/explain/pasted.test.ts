/** Logs as people paste them, and as AWS's and other tools give them out. */
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { csvCells } from "../../../logs/pasted/table";
import { edgeFields } from "../../../logs/edge/fields";
import { albLine, noAnswer, notSent } from "./lines";
import { accounted, countsOf, read } from "./reading";

const alb = [
  albLine({
    ...notSent,
    elb_status_code: "464",
    user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101",
  }),
  albLine(),
  albLine({ ...noAnswer, elb_status_code: "504" }, 29),
];
const albCauses = { "direct-http1-clients-464": 1, "504-target-slow": 1 };

const edgeLine = (values: Readonly<Record<string, string>>): string => {
  const all: Readonly<Record<string, string>> = {
    date: "2026-11-20",
    time: "10:15:30",
    "x-edge-location": "MSP50-C1",
    "cs-method": "GET",
    "cs-uri-stem": "/",
    "cs(User-Agent)": "Mozilla/5.0%20(X11;%20Linux,%20x86_64)",
    "x-edge-result-type": "Error",
    ...values,
  };
  return edgeFields.map((field) => all[field] ?? "-").join("\t");
};
const edge = [
  "#Version: 1.0",
  `#Fields: ${edgeFields.join(" ")}`,
  edgeLine({ "sc-status": "502", "x-edge-detailed-result-type": "OriginConnectError" }),
  edgeLine({ "sc-status": "200", "x-edge-detailed-result-type": "Hit" }),
  edgeLine({ "sc-status": "502", "x-edge-detailed-result-type": "OriginDnsError" }),
];
const edgeCauses = { "edge-origin-unreachable": 1, "edge-origin-dns": 1 };

const connections = [
  '2026-11-20T10:15:30.123456Z 203.0.113.9 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 - "CN=shop, O=Example" NotBefore=2025-01-01T00:00:00Z;NotAfter=2026-01-01T00:00:00Z FEF2 Failed:ClientCertExpired TID_1c71',
  '2026-11-20T10:15:30.123456Z 203.0.113.9 36281 443 TLSv1.3 TLS_AES_128_GCM_SHA256 0.012 "CN=shop" NotBefore=2026-01-01T00:00:00Z;NotAfter=2027-01-01T00:00:00Z FEF3 Success TID_1c72 x25519 app/web/50dc 10.0.1.25',
  "2026-11-20T10:15:30.123456Z 203.0.113.9 36282 443 - - - - - - Failed:UnmappedConnectionError TID_1c73 - app/web/50dc 10.0.1.25",
];
const connectionCauses = { "tls-client-certificate-expired": 1, "tls-connection-failed": 1 };

const logs = [
  { log: "an access log", lines: alb, causes: albCauses },
  { log: "CloudFront's log", lines: edge, causes: edgeCauses },
  { log: "a connection log", lines: connections, causes: connectionCauses },
];

/** The causes of a text, and what was left over of it. */
async function causesOf(text: string | Buffer) {
  const { report, tally } = await read(text);
  expect(accounted(tally)).to.equal(report.read.lines);
  const hops = [report.loadBalancer, report.cloudfront, report.connections];
  return {
    causes: countsOf(hops.flatMap((hop) => hop?.causes ?? [])),
    malformed: report.read.kinds.malformed,
    cut: report.read.cut,
  };
}

const whole = (causes: Record<string, number>) => ({ causes, malformed: 0, cut: 0 });
const base64 = (text: string): string => Buffer.from(text).toString("base64");
type Form = readonly [what: string, form: (lines: readonly string[]) => string | Buffer];
const each =
  (form: (line: string, index: number) => string): Form[1] =>
  (lines) =>
    lines.map(form).join("\n");
const csvCell = (line: string): string => `"${line.replaceAll('"', '""')}"`;
const event = (message: string) => ({ logStreamName: "a", timestamp: 1764300000000, message });

const forms: readonly Form[] = [
  ["quoted in a mail", each((line) => `> ${line}`)],
  ["quoted twice", each((line) => `> > ${line}`)],
  ["numbered by cat -n", each((line, i) => `     ${i + 1}\t${line}`)],
  ["numbered by less -N", each((line, i) => `      ${i + 1} ${line}`)],
  ["found by grep -n", each((line, i) => `logs/a b.log:${i + 1}:${line}`)],
  ["found by grep -C", each((line, i) => `a.log-${i + 1}-${line}`)],
  ["in a list", each((line, i) => `${i + 1}. ${line}`)],
  ["in back quotes", each((line) => `- \`${line}\``)],
  ["in single quotes", each((line) => `'${line}',`)],
  ["as strings of JSON", each((line) => JSON.stringify(line))],
  ["as cells of CSV", each(csvCell)],
  ["as a later cell of CSV", each((line) => `17,${csvCell(line)},x`)],
  ["from syslog", each((line) => `<134>1 2026-11-20T10:15:30Z host app - - - ${line}`)],
  ["from journald", each((line) => `Nov 20 10:15:30 host app[123]: ${line}`)],
  ["from a container's log", each((line) => `2026-11-20T10:15:30.123456789Z stdout F ${line}`)],
  ["from aws logs tail", each((line) => `2026-11-20T10:15:31.000000+00:00 app/web ${line}`)],
  ["after a time and a tab", each((line) => `2026-11-20 10:15:30\t${line}`)],
  ["as a field of a message", each((line) => `level=info msg=${JSON.stringify(line)} n=1`)],
  ["indented", each((line) => `\t    ${line}`)],
  ["as events of CloudWatch, printed", (lines) => JSON.stringify({ events: lines.map(event), nextToken: "f/1" }, null, 4)],
  ["as events of CloudWatch, in one line", (lines) => JSON.stringify({ events: lines.map(event) })],
  ["as events of a subscription, one after the other", (lines) => lines.map((line) => JSON.stringify({ messageType: "DATA_MESSAGE", logEvents: [event(line)] })).join("")],
  ["as JSON in JSON", each((line) => JSON.stringify({ message: JSON.stringify({ log: `${line}\n` }) }))],
  ["twice in each object", (lines) => JSON.stringify({ hits: lines.map((line) => ({ _source: { message: line, tags: [{ a: "b" }], event: { original: `${line}\n` } } })) }, null, 1)],
  ["shortened, and whole", each((line) => JSON.stringify({ short_message: line.slice(0, line.startsWith("#") ? undefined : 100), full_message: line }))],
  ["as values of one object, more than a record has", (lines) => JSON.stringify({ line: Object.fromEntries([...Array<string>(300).fill("-"), ...lines].map((line, i) => [i, line])) })],
  ["as an array of strings", (lines) => JSON.stringify(lines, null, 2)],
  ["from Insights, as CSV", (lines) => ["@timestamp,@message", ...lines.map((line) => `2026-11-20 10:15:30.000,${csvCell(line)}`)].join("\n")],
  ["as rows of Athena's API", (lines) => athenaResult([["line"], ...lines.map((line) => [line])])],
  ["as records of Kinesis", (lines) => JSON.stringify({ Records: lines.map((line) => ({ Data: base64(`${line}\n`), PartitionKey: "a" })) }, null, 4)],
  ["as records of Kinesis, their data alone", (lines) => lines.map(base64).join("\t")],
  ["as CloudWatch Logs sends it to a function", (lines) => JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify({ logEvents: lines.map(event) })).toString("base64") } })],
  ["as lines of one text", (lines) => JSON.stringify({ log: `${lines.join("\n")}\n` })],
  ["from Insights' API", (lines) => JSON.stringify({ results: lines.map((line) => [{ field: "@timestamp", value: "2026-11-20 10:15:30.000" }, { field: "@message", value: line }]) }, null, 2)],
  ["from Insights, as JSON", (lines) => JSON.stringify(lines.map((line) => ({ "@timestamp": "2026-11-20 10:15:30.000", "@message": line })))],
  ["with carriage returns alone", (lines) => lines.join("\r")],
  ["in UTF-16 without a mark, low byte first", (lines) => Buffer.from(lines.join("\r\n"), "utf16le")],
  ["in UTF-16 without a mark, high byte first", (lines) => Buffer.from(lines.join("\r\n"), "utf16le").swap16()],
  ["in UTF-16 with a mark, high byte first", (lines) => Buffer.from(`\ufeff${lines.join("\n")}`, "utf16le").swap16()],
]; // prettier-ignore

/** What `aws athena get-query-results` prints. */
const athenaResult = (rows: readonly (readonly (string | undefined)[])[]): string =>
  JSON.stringify(
    {
      ResultSet: {
        Rows: rows.map((row) => ({
          Data: row.map((cell) => (cell === undefined ? {} : { VarCharValue: cell })),
        })),
        ResultSetMetadata: { ColumnInfo: [{ Name: "time", Type: "varchar" }] },
      },
      UpdateCount: 0,
    },
    null,
    4,
  );

describe("a log is read as people paste it and as tools print it", () => {
  for (const { log, lines, causes } of logs)
    for (const [what, form] of forms)
      it(`${log} ${what}`, async () => {
        expect(await causesOf(form(lines))).to.deep.equal(whole(causes));
      });

  const typed: readonly Form[] = [
    ["with typographic quotes", each((line) => line.replace(/"([^"]*)"/g, "“$1”"))],
    ["with dashes of a text editor", each((line) => line.replace(/(?<=[ "])-(?=[ "1])/g, "–"))],
    ["with the entities of a page", each((line) => line.replaceAll('"', "&quot;"))],
    ["with spaces that do not break", each((line) => line.replaceAll(" ", "\u00a0"))],
    [
      "with colours of grep",
      each((line) => line.replace(/(464|504)/, "\u001b[01;31m\u001b[K$1\u001b[m\u001b[K")),
    ],
    ["with tabs between the fields", each((line) => line.replaceAll(" ", "\t"))],
    ["in one line, with spaces between the lines", (lines) => lines.join(" ")],
    ["in one line, with nothing between the lines", (lines) => lines.join("")],
  ];
  for (const [what, form] of typed)
    it(`an access log ${what}`, async () => {
      expect(await causesOf(form(alb))).to.deep.equal(whole(albCauses));
    });

  it("an access log with a line that a client sent as its name is one line", async () => {
    const forged = albLine({
      user_agent: `${"x".repeat(800)} ${alb[0]?.replaceAll('"', "\\x22")}`,
    });
    expect(await causesOf(forged)).to.deep.equal(whole({}));
    const { report } = await read(forged);
    expect(report.loadBalancer?.requests).to.equal(1);
  });

  for (const [what, spaces] of [
    ["one space", " "],
    ["four spaces", "    "],
  ] as const)
    // prettier-ignore
    it(`CloudFront's log with ${what} for each tab`, async () => {
      const text = edge.join("\n").replaceAll("\t", spaces);
      expect(await causesOf(text)).to.deep.equal(whole(edgeCauses));
    });
});

/** Cuts at a column. */
const cutAt = (line: string, width: number): string[] =>
  line.match(new RegExp(`.{1,${width}}`, "g")) ?? [];

/** Cuts after spaces, and at the column where there is none. */
function wordsAt(line: string, width: number): string[] {
  const parts: string[] = [];
  for (let rest = line; rest !== "";) {
    const space = rest.length <= width ? -1 : rest.lastIndexOf(" ", width - 1);
    const end = space > 0 ? space + 1 : width;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return parts;
}

describe("a wrapped line is put together again", () => {
  const failed = logs.map(({ log, lines, causes }) => ({
    log,
    // What was answered is counted by its start alone.
    lines: log === "an access log" ? lines.filter((_, i) => i !== 1) : lines,
    causes,
  }));
  for (const { log, lines, causes } of failed)
    for (const [how, cut] of [
      ["at a column", cutAt],
      ["between words", wordsAt],
    ] as const)
      // prettier-ignore
      it(`${log}, cut ${how}, with and without spaces at the ends`, async () => {
        // Words of CloudFront's log are parted by tabs, which are pasted as spaces.
        const text = cut === wordsAt ? lines.map((line) => line.replaceAll("\t", " ")) : lines;
        for (let width = 40; width <= 400; width += 13) {
          const parts = text.flatMap((line) => cut(line, width));
          const trimmed = parts.map((part) => part.replace(/ +$/, ""));
          for (const form of [parts, trimmed]) {
            const found = await causesOf(form.join("\n"));
            // Some fields before its end a line is whole, and what is left of it is no line.
            const malformed = width > 100 ? found.malformed : 0;
            const all = { ...whole(causes), malformed };
            expect(found, `${width} columns`).to.deep.equal(all);
          }
        }
      });

  const parts = wordsAt(alb[0] ?? "", 90).map((part) => part.trimEnd());
  const one = { "direct-http1-clients-464": 1 };
  it("in a mail, and in an indented block", async () => {
    expect(await causesOf(parts.map((part) => `> ${part}`).join("\n"))).to.deep.equal(whole(one));
    expect(await causesOf(parts.map((part) => `    ${part}`).join("\n"))).to.deep.equal(whole(one));
  });

  it("among prose, which is counted as what it is", async () => {
    const text = ["Hello, we see this:", ...parts, "Since when is this so?", "Yours, Ann"].join(
      "\n",
    );
    const { report, tally } = await read(text);
    expect(countsOf(report.loadBalancer?.causes)).to.deep.equal(one);
    expect(report.loadBalancer?.causes[0]?.examples[0]).to.include({ line: 2 });
    expect(tally.lines.malformed).to.be.within(1, 3);
  });

  it("not where lines are cut, one after the other", async () => {
    const { report } = await read(alb.map((line) => line.slice(0, 150)).join("\n"));
    expect(report.read).to.deep.include({ cut: 3, lines: 3 });
    expect(report.read.kinds.continued).to.equal(0);
  });

  it("not of lines that do not fit together", async () => {
    const { report } = await read(
      [...parts.slice(0, 3), "something else", ...parts.slice(4)].join("\n"),
    );
    expect(report.loadBalancer).to.equal(undefined);
  });
});

describe("records with names are read by them", () => {
  const request = "POST https://a:443/pkg.S/M HTTP/1.1";
  const tables: readonly (readonly [string, string, Record<string, number>])[] = [
    ["Athena's result", '"time","client_ip","client_port","elb_status_code","target_status_code","request_verb","request_url","request_proto","user_agent"\n"2026-11-20T10:15:30.123Z","203.0.113.9","4000","464","-","GET","https://a:443/","HTTP/1.1","Amazon CloudFront"', { "464-http1-from-cloudfront": 1 }],
    ["numbers as Athena prints doubles", '"elb_status_code","target_status_code","request_processing_time","target_processing_time"\n"502","","1.0E-4","4.2"', { "502-target-closed-late": 1 }],
    ["a table with tabs, its lambda_error_reason", "elb_status_code\ttarget_status_code\tlambda_error_reason\n502\t-\tLambdaUnhandled", { "502-lambda": 1 }],
    ["a table of CloudFront's requests", "date,time,sc_status,x_edge_detailed_result_type\n2026-11-20,10:15:30,502,OriginDnsError", { "edge-origin-dns": 1 }],
    ["a table between semicolons", 'elb_status_code;target_status_code;request_url\n504;-;"https://a:443/?a;b"', { "504-timeout": 1 }],
    ["a table of psql", " elb_status_code | target_status_code \n-----+----\n 504 | - \n 200 | 200\n", { "504-timeout": 1 }],
    ["a table of DuckDB", "┌───┬───┐\n│ elb_status_code │ target_status_code │\n├───┼───┤\n│ 504 │ - │\n└───┴───┘".split("\n").slice(1).join("\n"), { "504-timeout": 1 }],
    ["a table of Markdown", "| elb_status_code | target_status_code |\n| --- | --- |\n| 504 | - |", { "504-timeout": 1 }],
    ["lines under another name than Insights'", `"Date","Message"\n${alb.map((line) => `"x",${csvCell(line)}`).join("\n")}`, albCauses],
    ["a table of CloudFront's requests, by the names of AWS's older guide", "date,time,method,uri,status,result_type,x_edge_detailed_result_type\n2026-11-20,10:15:30,POST,/a,464,Error,Error", { "edge-464-post": 1 }],
    ["a row of each kind, an answer among them", "elb_status_code,target_status_code,actions_executed\n200,200,forward\n429,-,waf\n500,500,forward", { "web-acl-custom-response": 1 }],
    ["JSON of the log's own names", JSON.stringify({ type: "https", "client:port": "130.176.1.10:4000", elb_status_code: 464, target_status_code: null, request: "GET https://a:443/ HTTP/1.1" }, null, 2), { "464-http1-from-cloudfront": 1 }],
    ["JSON of the names of a shipper", JSON.stringify({ client_ip: "203.0.113.9", client_port: "1", target_ip_port: "10.0.1.5:80", elb_status_code: "464", target_status_code: "-", request }), { "464-http1-client": 1 }],
    ["rows of Insights' API", JSON.stringify({ results: [[{ field: "elb_status_code", value: "504" }, { field: "target_status_code", value: "-" }]] }), { "504-timeout": 1 }],
    ["rows of Athena's API, alone", JSON.stringify([["elb_status_code", "target_status_code", "x"], ["504", null, "x".repeat(50)], [200, 200, ""]]), { "504-timeout": 1 }],
    ["rows of Athena's API", athenaResult([["elb_status_code", "target_status_code"], ["504", undefined], ["200", "200"]]), { "504-timeout": 1 }],
    ["the line in a record counts once", JSON.stringify({ elb_status_code: "504", target_status_code: "-", "@message": alb[2] }), { "504-timeout": 1 }],
    ["the fields in an object next to the line", JSON.stringify({ message: alb[2], alb: { elb_status_code: "504", target_status_code: "-" } }), { "504-timeout": 1 }],
    ["the line in an object next to the fields", JSON.stringify({ log: { message: alb[2] }, elb_status_code: "504", target_status_code: "-" }), { "504-target-slow": 1 }],
    ["a connection", JSON.stringify({ client_ip: "203.0.113.9", tls_verify_status: "Failed:ClientCertUntrusted" }), { "tls-client-certificate-untrusted": 1 }],
    ["JSON of CloudFront over many lines", JSON.stringify([{ "sc-status": "502", "x-edge-detailed-result-type": "OriginDnsError" }], null, 2), { "edge-origin-dns": 1 }],
  ]; // prettier-ignore
  for (const [what, text, causes] of tables)
    it(what, async () => {
      expect(await causesOf(text)).to.deep.equal(whole(causes));
    });

  it("and at the time that Insights gives them, if the line's own is not among them", async () => {
    const names = "@timestamp,sc-status,x-edge-detailed-result-type";
    const { report } = await read(`${names}\n2026-11-20 10:15:30.123,502,OriginDnsError\n`);
    expect(report.cloudfront?.causes[0]?.first).to.equal("2026-11-20T10:15:30Z");
  });

  it("and the example shows them", async () => {
    const { report } = await read(
      '{\n  "sc-status": "502",\n  "x-edge-detailed-result-type": "OriginDnsError"\n}',
    );
    const [example] = report.cloudfront?.causes[0]?.examples ?? [];
    expect(example?.text).to.contain("OriginDnsError");
    expect(report.read.kinds).to.include({ cloudfront: 1, continued: 3 });
  });
});

describe("nothing is guessed", () => {
  const others: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    ["a record that does not say who made the error", '{"elb_status_code":"502"}', /without target_status_code/],
    ["a table that does not", "elb_status_code,request_url\n502,https://a/", /without target_status_code/],
    ["columns without names", '"https","2026-11-20T10:15:30.100Z","app/a/1","203.0.113.9","4","10.0.1.5","80","0.1","0.1","0.1","502","-"', /without a line before it that names/],
    ["an application's log", "2026-11-20 10:15:30 INFO web GET /x took 12 502 ms for user 17", /not a log line/],
    ["counts of Insights", JSON.stringify({ results: [[{ field: "sc-status", value: "502" }, { field: "count(*)", value: "17" }]] }), /a count of requests, not one/],
    ["an event of S3", '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3"}]}', /JSON of another kind/],
    ["a time in brackets", '[2026-11-20T10:15:30.123Z] "GET / HTTP/1.1" 503 UH 0 19', /not a log line/],
    ["a file of settings", "[.ShellClassInfo]", /not a log line/],
    ["IIS", "#Fields: date time s-ip cs-method cs-uri-stem sc-status sc-substatus\n2026-11-20 10:15:30 10.0.0.1 GET / 502 3", /IIS/],
    ["nginx's errors", "2026/11/20 10:15:30 [error] 29#29: *1 upstream prematurely closed connection", /nginx's error log/],
    ["CloudFront's log with a selection of fields and no header", "2026-11-20\t10:15:30\tFRA56-P4\t/a\t502", /CloudFront without its header.*--fields/],
    ["CloudFront's real-time log", "1763633730.937\t192.0.2.21\t0.332\t502\t347\tGET\thttps", /real-time log/],
    ["CloudTrail", '{"Records":[{"eventVersion":"1.08","eventName":"CreateTargetGroup"}]}', /CloudTrail/],
    ["CloudTrail over many lines", '{\n  "Records": [\n    {\n      "eventVersion": "1.08"\n    }\n  ]\n}', /CloudTrail/],
    ["a page of Athena's API that does not begin with the names", athenaResult([["464", "-"]]), /first row does not name a log's columns/],
    ["a line that is known within JSON", JSON.stringify({ message: '10.0.0.1 - - [20/Nov/2026:10:15:30 +0000] "GET / HTTP/1.1" 502 157' }), /nginx, Apache/],
    ["what a stream's record holds", JSON.stringify({ Records: [{ Data: Buffer.from("1763633730.937\t192.0.2.21\t0.332\t502\t347\tGET\thttps").toString("base64") }] }), /real-time log/],
    ["AWS's test file", "Enable AccessLog for ELB: app/web/1 at 2026-11-20T09:55:52.806Z", /test file/],
    ["a page instead of a log", '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', /XML/],
    ["JSON that does not end", '{\n  "level": "info",', /JSON of another kind/],
    ["JSON with a text that is too long", `{"a":"${"x".repeat(300_000)}"}`, /longer than any line/],
  ]; // prettier-ignore
  for (const [what, text, problem] of others)
    it(what, async () => {
      const { report, tally } = await read(text);
      const { loadBalancer, cloudfront, connections: tls } = report;
      expect([loadBalancer, cloudfront, tls]).to.deep.equal([undefined, undefined, undefined]);
      expect(report.read.kinds.malformed).to.equal(1);
      expect(report.read.malformed.kinds[0]?.name).to.match(problem);
      expect(accounted(tally)).to.equal(report.read.lines);
    });

  it("a table of counts", async () => {
    for (const name of ["count(*)", "_col1", "sum(sent_bytes)", "avg_target_processing_time"]) {
      const { report } = await read(`elb_status_code,target_status_code,${name}\n502,-,17\n`);
      expect(report.loadBalancer, name).to.equal(undefined);
      expect(report.read.malformed.kinds[0]?.name).to.match(/a count of requests, not one/);
    }
  });

  it("a table with a status of something else", async () => {
    const { report } = await read("host,status,uri\nweb,502,/a");
    expect(report.cloudfront).to.equal(undefined);
    expect(report.read.kinds.malformed).to.equal(2);
  });

  it("CSV has its quotes where CSV has them", () => {
    expect(csvCells('a,"b ""c"", d",')).to.deep.equal(["a", 'b "c", d', ""]);
    for (const line of ['a "b"', '"a" b', '"a']) expect(csvCells(line)).to.equal(undefined);
  });
});
