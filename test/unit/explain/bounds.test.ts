import { expect } from "chai";
import { addCounter, addCount, newCounter, top } from "../../../logs/counter";
import { pathGroup } from "../../../logs/paths";
import { addTally, newTally } from "../../../logs/tally";
import { countAt, evenSteps, newTimeline, addTimeline } from "../../../logs/timeline";
import { runs } from "../../thorough";
import { albLine, groupArn, notSent, random, traffic } from "./lines";
import { accounted, read } from "./reading";

describe("counts are bounded", () => {
  it("a counter keeps the frequent ones and the total", () => {
    const counter = newCounter(10);
    for (let i = 0; i < 10_000; i++) {
      addCount(counter, `rare ${i}`);
      if (i % 10 === 0) addCount(counter, "frequent");
    }
    expect(counter.counts.size).to.be.at.most(20);
    const { top: first, others } = top(counter, 1);
    expect(first).to.deep.equal([{ name: "frequent", count: 1000 }]);
    expect(others).to.equal(10_000);
    const twice = newCounter(10);
    addCounter(twice, counter);
    addCounter(twice, counter);
    expect(top(twice, 0).others).to.equal(22_000);
  });

  it("a timeline widens its steps and keeps the sums", () => {
    const timeline = newTimeline();
    const day = 86_400;
    for (let at = 0; at < 400 * day; at += 3600) countAt(timeline, 1_700_000_000 + at, 2, "464");
    expect(timeline.steps.size).to.be.at.most(1500);
    const { steps, width } = evenSteps(timeline, 100);
    expect(steps.length).to.be.at.most(100);
    expect(width % day).to.equal(0);
    const sum = (of: (step: (typeof steps)[number]) => number) =>
      steps.reduce((n, step) => n + of(step), 0);
    expect(sum((step) => step.requests)).to.equal(2 * 400 * 24);
    expect(sum((step) => step.causes.get("464") ?? 0)).to.equal(400 * 24);
  });

  it("timelines of different steps add up", () => {
    const fine = newTimeline();
    const coarse = newTimeline();
    countAt(fine, 1_700_000_000, 1);
    for (let at = 0; at < 1e9; at += 1e5) countAt(coarse, at, 1);
    const { width } = coarse;
    addTimeline(fine, coarse);
    expect(fine.width).to.equal(width);
    expect([...fine.steps.values()].reduce((n, { requests }) => n + requests, 0)).to.equal(10_001);
  });

  it("target groups without end do not cost memory without end", async () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      albLine({ target_group_arn: groupArn(`g${i}`) }),
    );
    const { tally } = await read(lines.join("\n"));
    expect(tally.groups.list.length).to.be.at.most(1001);
    expect(tally.groups.list.reduce((n, { requests }) => n + requests, 0)).to.equal(3000);
  });

  it("tallies of pieces add up to that of the whole", async () => {
    const lines = [...traffic(3000, 7, 5)].map(({ line }) => line);
    const whole = await read(lines.join("\n"));
    const sum = newTally();
    for (let at = 0; at < lines.length; at += 700)
      addTally(sum, (await read(lines.slice(at, at + 700).join("\n"))).tally);
    expect(accounted(sum)).to.equal(3000);
    const { loadBalancer } = sum;
    expect(loadBalancer.statuses).to.deep.equal(whole.tally.loadBalancer.statuses);
    expect(loadBalancer.timeline).to.deep.equal(whole.tally.loadBalancer.timeline);
    for (const [code, cause] of whole.tally.loadBalancer.causes) {
      const other = loadBalancer.causes.get(code);
      expect(other).to.deep.include({ count: cause.count, first: cause.first, last: cause.last });
      expect(other?.paths).to.deep.equal(cause.paths);
    }
    const groups = (list: typeof sum.groups.list) =>
      [...list].sort((a, b) => (a.arn < b.arn ? -1 : 1));
    expect(groups(sum.groups.list)).to.deep.equal(groups(whole.tally.groups.list));
  });

  it("each line of generated traffic has its cause", async () => {
    const made = [...traffic(5_000, 3, 4)];
    const { report } = await read(made.map(({ line }) => line).join("\n"));
    const truth = new Map<string, number>();
    for (const { cause } of made)
      if (cause !== undefined) truth.set(cause, (truth.get(cause) ?? 0) + 1);
    const found = new Map(report.loadBalancer?.causes.map(({ code, count }) => [code, count]));
    expect(found).to.deep.equal(new Map([...found.keys()].map((code) => [code, truth.get(code)])));
    expect(found.size).to.equal(truth.size);
  });
});

describe("paths of one kind count as one", () => {
  const rows: readonly (readonly [url: string, group: string])[] = [
    ["https://app.example.com:443/", "/"],
    ["https://app.example.com:443", "/"],
    ["https://app.example.com:443/users/17/orders?page=2", "/users/{n}/orders"],
    ["https://app.example.com:443/a/0b9f6a56-1111-4222-8333-444455556666.json", "/a/0b9f6a56-1111-4222-8333-444455556666.json"],
    ["https://app.example.com:443/a/0b9f6a56-1111-4222-8333-444455556666", "/a/{uuid}"],
    ["/static/app.0123abcd.js", "/static/app.0123abcd.js"],
    ["/blob/0123456789abcdef0123456789abcdef", "/blob/{hex}"],
    ["/t/01J9ZK3F5Q8W7E6R5T4Y3U2I1O", "/t/{id}"],
    ["/v2/users#top", "/v2/users"],
    ["/well-known-and-quite-long-name-of-a-page", "/well-known-and-quite-long-name-of-a-page"],
  ]; // prettier-ignore
  for (const [url, group] of rows)
    it(`${url} is ${group}`, () => {
      expect(pathGroup(url)).to.equal(group);
    });
});

describe("damage", () => {
  it("damaged lines: none crashes, and the sums are right", async () => {
    const count = runs(20_000);
    const below = random(20261120);
    const sound = [...traffic(400, 5, 3)].map(({ line }) => line);
    const damage: readonly ((line: string) => string)[] = [
      (line) => line.slice(0, below(line.length)),
      (line) => line.slice(below(line.length)),
      (line) => {
        const bytes = Buffer.from(line);
        for (let n = below(8) + 1; n > 0; n--) {
          const at = below(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        }
        return bytes.toString("latin1");
      },
      (line) => {
        const fields = line.split(" ");
        const [a, b] = [below(fields.length), below(fields.length)];
        [fields[a], fields[b]] = [fields[b] ?? "", fields[a] ?? ""];
        return fields.join(" ");
      },
      (line) => {
        const fields = line.split(" ");
        fields.splice(below(fields.length), below(5));
        return fields.join(" ");
      },
      (line) => line.replaceAll('"', ""),
      () => String.fromCharCode(...Array.from({ length: below(200) }, () => below(256))),
      (line) => `{"sc-status":${JSON.stringify(line)},"${line.slice(0, below(40))}`,
      (line) => `#Fields: ${line}`,
      (line) => line.split(" ").join("\t"),
    ];
    const lines = Array.from({ length: count }, () => {
      const mutate = damage[below(damage.length)];
      return mutate?.(sound[below(sound.length)] ?? "") ?? "";
    });
    const content = Buffer.from(lines.join("\n"), "latin1");
    const { tally, result, report } = await read(content, {}, 50_000);
    expect(accounted(tally)).to.equal(result.lines);
    expect(result.lines).to.be.at.least(count);
    expect(report.read.kinds.malformed).to.be.above(count / 10);
    expect(tally.loadBalancer.requests).to.equal(report.read.kinds.loadBalancer);
    for (const { causes } of [tally.loadBalancer, tally.cloudfront])
      for (const { count, paths, examples } of causes.values()) {
        expect(examples.length).to.be.at.most(3);
        expect([...paths.counts.values()].reduce((n, m) => n + m, paths.others)).to.be.at.most(
          count,
        );
      }
    const inGroups = tally.groups.list.reduce((n, { requests }) => n + requests, 0);
    expect(inGroups).to.equal(tally.loadBalancer.requests);
  });

  it("damaged gzip files: none crashes, and the sums are right", async () => {
    const { gzipSync } = await import("node:zlib");
    const count = runs(100);
    const below = random(7);
    const whole = 60;
    const packed = gzipSync([...traffic(whole, 9, 3)].map(({ line }) => line).join("\n"));
    let damaged = 0;
    for (let i = 0; i < count; i++) {
      const bytes = Buffer.from(packed);
      if (below(3) === 0) bytes.fill(below(256), below(bytes.length));
      else for (let n = below(4) + 1; n > 0; n--) bytes[below(bytes.length)] = below(256);
      const file = below(4) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
      const { tally, result } = await read(file);
      // Where a line feed is lost, two lines are in one, and count as two.
      expect(accounted(tally)).to.be.within(result.lines, result.lines + whole);
      if (result.problem !== undefined) damaged++;
    }
    expect(damaged).to.be.above(count / 2);
  });

  it("an error's own fields do not reach the wrong place", async () => {
    const quoted = albLine({ ...notSent, elb_status_code: "464", user_agent: 'a\\" 502 - "' });
    expect((await read(quoted)).report.loadBalancer?.errors).to.equal(1);
  });
});
