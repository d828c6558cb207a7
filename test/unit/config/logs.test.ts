/** Logs: which settings go together, and where CloudFront's legacy logs cannot go. */
import { expect } from "chai";
import { parseSettings } from "../../../config";
import { edge } from "./rows";
import { problemsOf } from "./support";

const legacy = { ...edge, logs: { edge: "legacy" } };

describe("CloudFront's legacy logs", () => {
  it("do not reach a region that an account opts in to", () => {
    const [problem, ...others] = problemsOf(legacy, { region: "eu-south-1" });
    expect(others).to.deep.equal([]);
    expect(problem?.key).to.equal("hopwise:logs.edge");
    expect(problem?.expected).to.match(/no legacy logs to buckets in eu-south-1/);
    expect(problem?.change).to.match(/logs\.edge v2$/);
  });

  it("reach the others, and version 2 reaches all", () => {
    expect(problemsOf(legacy, { region: "eu-west-1" })).to.deep.equal([]);
    const v2 = { ...edge, logs: { edge: "v2" } };
    expect(problemsOf(v2, { region: "eu-south-1" })).to.deep.equal([]);
  });

  it("are not judged where the region is not known", () => {
    expect(problemsOf(legacy, {})).to.deep.equal([]);
  });
});

describe("settings of logs", () => {
  it("are off, every one, in a stack that says nothing", () => {
    const { access, connections, healthChecks, edge: atEdge, flow } = parseSettings(edge).logs;
    expect([access, connections, healthChecks]).to.deep.equal([false, false, false]);
    expect([atEdge, flow]).to.deep.equal(["off", "off"]);
  });

  it("are deleted with the stack unless it is protected, or says otherwise", () => {
    const forced = (more: object) => parseSettings({ ...edge, ...more }).logs.forceDestroy;
    expect(forced({})).to.equal(true);
    expect(forced({ deletionProtection: true })).to.equal(false);
    expect(forced({ logs: { access: true, forceDestroy: false } })).to.equal(false);
    const both = { deletionProtection: true, logs: { access: true, forceDestroy: true } };
    expect(forced(both)).to.equal(true);
  });

  it("queries want the log that they are about", () => {
    const alone = { ...edge, logs: { queries: true } };
    expect(problemsOf(alone).map((problem) => problem.key)).to.deep.equal(["hopwise:logs.queries"]);
    expect(problemsOf({ ...edge, logs: { queries: true, access: true } })).to.deep.equal([]);
  });

  it("name each bucket key that stands alone", () => {
    const logs = { bucket: "example-logs", retentionDays: 30, forceDestroy: true };
    expect(problemsOf({ ...edge, logs }).map((problem) => problem.key)).to.have.members([
      "hopwise:logs.bucket",
      "hopwise:logs.retentionDays",
      "hopwise:logs.forceDestroy",
    ]);
  });
});
