/** A file in pieces: every line is read once, wherever the pieces meet. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { jobsOf } from "../../../cli/explain/jobs";
import { LineFeeder } from "../../../cli/explain/lines";
import { readJob } from "../../../cli/explain/read";
import { longestLine, LogReader } from "../../../logs/reader";
import { newTally } from "../../../logs/tally";
import { albLine, notSent } from "./lines";

/** Each cut of a file is read, which takes as long as its lines are. */
const short = {
  ...{ elb: "e", user_agent: "-", ssl_cipher: "-", ssl_protocol: "-", trace_id: "-" },
  ...{ domain_name: "-", chosen_cert_arn: "-", target_group_arn: "-", conn_trace_id: "-" },
  ...{ request: "GET https://a:443/ HTTP/1.1", request_creation_time: "-" },
};

describe("pieces of a file", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-pieces-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const ending of ["\n", ""])
    it(`each line once, wherever two pieces meet${ending === "" ? ", without a line feed at the end" : ""}`, async () => {
      const lines = [
        albLine(short),
        "",
        albLine({ ...notSent, ...short, elb_status_code: "464" }),
        "rubbish",
        albLine(short),
      ];
      const text = lines.join("\n") + ending;
      const file = path.join(folder, "a.log");
      writeFileSync(file, text);
      for (let cut = 0; cut <= text.length; cut++) {
        const tally = newTally();
        let read = 0;
        for (const [id, range] of [
          { from: 0, to: cut },
          { from: cut, to: text.length },
        ].entries())
          read += (await readJob({ id, path: file, range, bytes: 0 }, tally, {}, () => undefined))
            .lines;
        expect(read, `cut at ${cut}`).to.equal(5);
        expect(tally.lines, `cut at ${cut}`).to.include({
          loadBalancer: 3,
          blank: 1,
          malformed: 1,
        });
      }
    });

  it("are of plain text without a header only", () => {
    const large = 80 * 1024 * 1024;
    const jobs = (name: string, start: string | Buffer) => {
      const file = path.join(folder, name);
      writeFileSync(file, start);
      return jobsOf([{ path: file, bytes: large }]);
    };
    const pieces = jobs("plain", `${albLine()}\n`);
    expect(pieces.map(({ bytes }) => bytes).reduce((sum, n) => sum + n, 0)).to.equal(large);
    expect(pieces.length).to.equal(3);
    for (const [i, { range }] of pieces.entries())
      expect(range?.from).to.equal(pieces[i - 1]?.range?.to ?? 0);
    expect(jobs("w3c", "#Version: 1.0\n").length).to.equal(1);
    expect(jobs("carriage returns", `${albLine()}\r`).length).to.equal(1);
    expect(jobs("packed", Buffer.from([0x1f, 0x8b, 8, 0])).length).to.equal(1);
  });

  it("a carriage return at the end of the first chunk can be half of a line's end", () => {
    const reader = new LogReader(newTally(), {}, 0);
    const feeder = new LineFeeder(reader);
    feeder.push(Buffer.from(`${albLine()}\r`));
    expect(reader.lines).to.equal(0);
    feeder.push(Buffer.from(`\n${albLine()}\r\n`));
    expect(reader.lines).to.equal(2);
  });

  it("a line without end is let go of as soon as it is too long", () => {
    const reader = new LogReader(newTally(), {}, 0);
    const feeder = new LineFeeder(reader);
    feeder.push(Buffer.alloc(longestLine - 1, "x"));
    expect(reader.lines).to.equal(0);
    feeder.push(Buffer.alloc(2, "x"));
    expect(reader.lines).to.equal(1);
    feeder.push(Buffer.from(`xxx\n${albLine()}\n`));
    expect(reader.lines).to.equal(2);
  });
});
