import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { printable, printableJson } from "../../../logs/fields";
import { longestLine } from "../../../logs/reader";
import { albLine, groupArn, notSent } from "./lines";
import { accounted, countsOf, members, read } from "./reading";

const ok = albLine();
const bad = albLine({ ...notSent, elb_status_code: "464" });

describe("a log is read whatever it comes as", () => {
  const plain = `${ok}\n${bad}\n${ok}\n`;
  const forms: readonly (readonly [string, string | Buffer])[] = [
    ["plain", plain],
    ["without a line feed at the end", plain.trimEnd()],
    ["with Windows' line ends", plain.replaceAll("\n", "\r\n")],
    ["with a byte order mark", `\ufeff${plain}`],
    ["as UTF-16, as PowerShell writes it", Buffer.from(`\ufeff${plain}`, "utf16le")],
    ["as gzip", gzipSync(plain)],
    ["as gzip of several members", members(`${ok}\n${bad.slice(0, 50)}`, `${bad.slice(50)}\n`, `${ok}\n`)],
    ["as gzip within gzip, as Firehose packs what CloudWatch Logs has packed", gzipSync(members(`${ok}\n`, `${bad}\n${ok}\n`))],
    ["as UTF-16 within gzip", gzipSync(Buffer.from(`\ufeff${plain}`, "utf16le"))],
    ["with zeros at the end", Buffer.concat([Buffer.from(plain), Buffer.alloc(4096)])],
  ]; // prettier-ignore
  for (const [what, content] of forms)
    it(what, async () => {
      for (const chunk of [7, 1000, 65536]) {
        const { report, tally, result } = await read(content, {}, chunk);
        expect(report.read.kinds.loadBalancer).to.equal(3);
        expect(report.read.kinds.malformed).to.equal(0);
        expect(countsOf(report.loadBalancer?.causes)).to.deep.equal({
          "direct-http1-clients-464": 1,
        });
        expect(result.problem).to.equal(undefined);
        expect(accounted(tally)).to.equal(result.lines);
      }
    });

  it("gzip that is cut gives what came before", async () => {
    const whole = gzipSync(
      Array.from({ length: 5000 }, (_, i) => albLine({ trace_id: `Root=${i}` })).join("\n"),
    );
    const { report, result } = await read(whole.subarray(0, whole.length / 2));
    expect(result.problem).to.match(/damaged gzip \(unexpected end of file\)/);
    expect(report.read.kinds.loadBalancer).to.be.within(1000, 4000);
  });

  it("a damaged member costs the rest of its file, not what came before", async () => {
    const first = gzipSync(`${ok}\n${bad}\n`);
    const second = gzipSync(`${ok}\n`.repeat(50));
    second.fill(0xff, 12, 60);
    const { report, result } = await read(Buffer.concat([first, second, gzipSync(`${bad}\n`)]));
    expect(result.problem).to.match(/damaged gzip/);
    expect(report.read.kinds.loadBalancer).to.equal(2);
    expect(countsOf(report.loadBalancer?.causes)).to.deep.equal({ "direct-http1-clients-464": 1 });
  });

  it("what is packed otherwise is named", async () => {
    for (const [bytes, name] of [
      [[0x28, 0xb5, 0x2f, 0xfd, 0, 0], /zstd/],
      [[0x50, 0x41, 0x52, 0x31, 0, 0], /Parquet/],
    ] as const)
      expect((await read(Buffer.from(bytes))).result.problem).to.match(name);
  });

  it("lines of any length, without keeping them", async () => {
    const endless = "x".repeat(5 * longestLine);
    const { report, result, tally } = await read([ok, endless, bad, endless].join("\n"));
    expect(result.lines).to.equal(4);
    expect(report.read.kinds).to.include({ loadBalancer: 2, malformed: 2 });
    expect(report.read.malformed.kinds[0]).to.deep.equal({
      name: "longer than any line of a log",
      count: 2,
    });
    expect(report.read.malformed.examples[0]?.text.length).to.be.below(500);
    expect(accounted(tally)).to.equal(4);
  });

  it("JSON in one long line, wherever its chunks end", async () => {
    const message = `${bad} "\\ , }] { 日本語"`;
    const event = JSON.stringify({ n: -1.5e3, message });
    const many = Array.from({ length: 400 }, () => event);
    const forms = { events: many.join(""), array: ` [${many.join(", ")}]` };
    for (const [what, text] of Object.entries(forms)) {
      expect(text.length, what).to.be.above(longestLine);
      for (const chunk of [1009, longestLine - 1, longestLine + 1, text.length]) {
        const { report, result } = await read(`${text}\n${ok}\nrubbish\n`, {}, chunk);
        expect(result.lines, what).to.equal(3);
        expect(report.read.kinds, what).to.include({ loadBalancer: 401, malformed: 1 });
        expect(report.read.malformed.examples[0]?.line, what).to.equal(3);
      }
    }
  });

  it("JSON with a text that is too long: that text alone", async () => {
    const long = JSON.stringify({ text: "x".repeat(2 * longestLine) });
    const whole = Array.from({ length: 400 }, () => JSON.stringify({ message: bad })).join("");
    const { report, result } = await read(`${whole}${long}\nrubbish\n`);
    expect(result.lines).to.equal(2);
    expect(report.read.kinds).to.include({ loadBalancer: 400, malformed: 2 });
    expect(report.read.malformed.examples.map(({ line }) => line)).to.deep.equal([1, 2]);
  });

  it("a file of nothing is no error", async () => {
    for (const nothing of ["", "\n\n", Buffer.alloc(0), gzipSync("")])
      expect((await read(nothing)).report.loadBalancer).to.equal(undefined);
  });
});

describe("lines that are no access log", () => {
  const others: readonly (readonly [line: string, name: RegExp])[] = [
    ["tls 2.0 2026-11-20T10:15:30 net/my-nlb/c6e7 g3d4 72.21.218.154:51341 172.100.100.185:443", /Network Load Balancer/],
    ['2026-11-20T10:15:30.945958Z my-elb 198.51.100.7:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://a:80/ HTTP/1.1" "curl" - -', /Classic/],
    ["2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK", /flow log/],
    ['198.51.100.7 - - [20/Nov/2026:10:15:30 +0000] "GET / HTTP/1.1" 464 0', /web server/],
    ['{"level":"info","msg":"hello"}', /JSON/],
    ["{", /JSON/],
    ["Lorem ipsum 464 -", /not a log line/],
    ["\u0001\u0002\u0003", /not text/],
    ["https 2026-11-20T10:15:30.123456Z app/web/50dc", /cut/],
    [bad.replace("2026-11-20T10:15:30.123456Z", "2026-99-20T10:15:30.123456Z").replace(" 464 - ", " ??? - "), /damaged/],
  ]; // prettier-ignore
  for (const [line, name] of others)
    it(`${String(name)}: counted, shown, and the lines around it are read`, async () => {
      const { report, tally, result } = await read([ok, line, bad].join("\n"));
      expect(report.read.kinds).to.include({ loadBalancer: 2, malformed: 1 });
      const [example] = report.read.malformed.examples;
      expect(example?.problem).to.match(name);
      expect(example?.line).to.equal(2);
      expect(accounted(tally)).to.equal(result.lines);
    });

  it("what a terminal would obey is made harmless", async () => {
    const { report } = await read(
      `${albLine({ ...notSent, elb_status_code: "464", user_agent: "\u001b[31mred\u0007" })}\n\u001b]0;title\u0007`,
    );
    const text = JSON.stringify(report);
    expect(text).not.to.match(/\\u001b|\\u0007/);
    expect(report.loadBalancer?.causes[0]?.userAgents.top[0]?.name).to.equal("\\x1b[31mred\\x07");
  });

  it("what a terminal reorders or does not show is made visible", () => {
    const hidden = "a\u009bb\u00adc\u200bd\u202ee\u{e0041}f\n";
    expect(printable(hidden)).to.equal("a\\x9bb\\xadc\\u200bd\\u202ee\\u{e0041}f\\x0a");
    const json = printableJson(JSON.stringify({ hidden }, undefined, 2));
    expect(json).to.match(/^\{\n {2}"hidden": "[ -~]+"\n\}$/);
    expect(JSON.parse(json)).to.deep.equal({ hidden });
  });

  it("a quote within a field moves no other into its place", async () => {
    const line = albLine({
      ...notSent,
      elb_status_code: "464",
      request: 'GET https://a:443/"><img src=x> HTTP/1.1',
      user_agent: 'x" y z "',
    });
    const { report } = await read(line);
    expect(report.read.cut).to.equal(1);
    expect(report.targetGroups.map(({ arn }) => arn)).to.deep.equal([groupArn("web-h1")]);
    expect(report.loadBalancer?.causes[0]?.reasons.top).to.deep.equal([]);
  });

  it("an example has both ends of a long line: what decides is near its end", async () => {
    const { report } = await read(
      albLine({
        ...notSent,
        elb_status_code: "431",
        request: `GET https://a/${"x".repeat(9000)} HTTP/1.1`,
        error_reason: "SomethingNew",
      }),
    );
    const text = report.loadBalancer?.causes[0]?.examples[0]?.text;
    expect(text?.length).to.be.at.most(1500);
    expect(text).to.match(/^https 2026.*….*"forward" "-" "SomethingNew" /);
  });
});

describe("since and until", () => {
  const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, "0")}:00.000000Z`;
  const seconds = (minute: number) => Date.parse(at(minute).replace("000Z", "Z")) / 1000;
  const log = [1, 2, 3, 4].map((minute) =>
    albLine({ ...notSent, elb_status_code: "464", time: at(minute) }),
  );
  it("count requests from the one time on and before the other", async () => {
    const { report, tally } = await read(log.join("\n"), { since: seconds(2), until: seconds(4) });
    expect(report.loadBalancer).to.include({ requests: 2, errors: 2 });
    expect(report.read.kinds.outside).to.equal(2);
    expect(report.loadBalancer?.causes[0]).to.include({
      first: "2026-11-20T10:02:00Z",
      last: "2026-11-20T10:03:00Z",
    });
    expect(accounted(tally)).to.equal(4);
  });
  it("leave out lines without a time", async () => {
    const line = 'https xxxx x/y/z x.x.x.x:x 464 - x x "GET https://a/ HTTP/1.1"';
    expect((await read(line, { since: 0 })).report.loadBalancer).to.equal(undefined);
    expect((await read(line)).report.loadBalancer?.errors).to.equal(1);
  });
});

describe("the report says of a cause", () => {
  it("which clients, target groups and paths, most frequent first, and where", async () => {
    const log = [
      ok,
      ...[1, 2, 3].map((id) =>
        albLine({
          ...notSent,
          elb_status_code: "464",
          request: `GET https://a:443/users/${id}?x=1 HTTP/1.1`,
          target_group_arn: groupArn("one"),
        }),
      ),
      albLine({
        ...notSent,
        elb_status_code: "464",
        request: "GET https://a:443/about HTTP/1.1",
        target_group_arn: groupArn("two"),
      }),
    ];
    const { report } = await read(log.join("\n"));
    const cause = report.loadBalancer?.causes[0];
    expect(cause).to.include({ count: 4, share: 4 / 5, severity: "warning" });
    expect(cause?.statuses.top).to.deep.equal([{ name: "464", count: 4 }]);
    expect(cause?.paths.top).to.deep.equal([
      { name: "/users/{n}", count: 3 },
      { name: "/about", count: 1 },
    ]);
    expect(cause?.targetGroups.map(({ arn, count }) => [arn, count])).to.deep.equal([
      [groupArn("one"), 3],
      [groupArn("two"), 1],
    ]);
    expect(cause?.clients.top).to.deep.equal([{ name: "HTTP/1.1, elsewhere", count: 4 }]);
    expect(cause?.examples.map(({ line }) => line)).to.deep.equal([2, 3, 4]);
  });
});
