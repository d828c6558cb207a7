/** `hopwise verify` as people run it. */
import { expect } from "chai";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { VerifyReport } from "../../cli/verify/types";
import { describeRuns, projectDir, run, start, type Running } from "./hopwise";
import { varied, type Variation } from "./project";

describeRuns("hopwise verify", () => {
  describe("--local", () => {
    let project: Variation;
    let local: Running;
    let serving = "";
    before(async () => {
      project = varied({});
      serving = path.join(project.folder, ".hopwise", "dev", "serving.json");
      local = start(["local", "-p", "0", "--embedded-origin", "--program", project.folder]);
      await local.said("Serving https://");
    });
    after(async () => {
      local.child.kill("SIGINT");
      await local.ended;
      expect(existsSync(serving), "what is no longer served is no longer said").to.equal(false);
      project.remove();
    });

    it("finds what is being served, and all of it as promised", async () => {
      const junit = path.join(project.folder, "report.xml");
      const { code, stdout, stderr } = await run([
        ...["verify", "--local", "--program", project.folder, "--junit", junit],
      ]);
      expect(stderr).to.equal("");
      expect(stdout).to.match(/compared with the stack dev/);
      expect(stdout).to.include("All checks passed");
      expect(code).to.equal(0);
      expect(readFileSync(junit, "utf8")).to.match(/^<\?xml[^]*failures="0"[^]*<\/testsuites>\n$/);
    });

    it("without a promise, by name, address and authority alone", async () => {
      const { caFile, front } = JSON.parse(readFileSync(serving, "utf8")) as {
        caFile: string;
        front: { host: string; address: string; port: number };
      };
      const at = `${front.host}:${front.port}`;
      const { code, stdout } = await run([
        ...["verify", `https://${at}/`, "--ca", caFile, "--json"],
        ...["--resolve", `${at}:${front.address}`],
      ]);
      const report = JSON.parse(stdout) as VerifyReport;
      expect(report.checks.filter(({ verdict }) => verdict === "fail")).to.deep.equal([]);
      expect(report).to.include({ verdict: "ok", url: `https://${at}/` });
      expect(code).to.equal(0);
    });

    it("says with 1 that a certificate is not to be trusted", async () => {
      const { front } = JSON.parse(readFileSync(serving, "utf8")) as {
        front: { host: string; address: string; port: number };
      };
      const at = `${front.host}:${front.port}`;
      const words = ["verify", `https://${at}/`, "--resolve", `${at}:${front.address}`];
      const { code, stdout } = await run(words);
      expect(code).to.equal(1);
      expect(stdout).to.match(/certificate +UNABLE_TO|certificate +SELF_SIGNED/);
    });
  });

  describe("what cannot be asked", () => {
    let empty = "";
    before(() => {
      empty = mkdtempSync(path.join(tmpdir(), "hopwise-verify-"));
    });
    after(() => {
      rmSync(empty, { recursive: true, force: true });
    });

    const usage: [string, string[], RegExp][] = [
      ["nothing to verify", ["verify"], /a URL, --stack NAME, or --local/],
      [
        "no URL",
        ["verify", "app.example.com:8443"],
        /is not the URL of a site: write https:\/\/app\.example\.com:8443\./,
      ],
      ["no time", ["verify", "https://x", "--timeout", "0"], /seconds, from 1 to 600/],
      ["nothing that is served", ["verify", "--local", "--stack", "nope"], /no stack 'nope'/],
      ["a stack that is not there", ["verify", "https://x", "--stack", "nope"], /no stack 'nope'/],
    ];
    for (const [what, args, message] of usage)
      it(`${what}: 2, in a line`, async () => {
        const { code, stdout, stderr } = await run(args);
        expect(stderr).to.match(message);
        expect(code).to.equal(2);
        expect(stdout).to.equal("");
      });

    it("outputs without a pulumi CLI: 2, and what to do", async () => {
      const before = process.env.PATH;
      process.env.PATH = empty;
      try {
        const { code, stderr } = await run(["verify", "--stack", "dev"], undefined, projectDir);
        expect(stderr).to.match(/pulumi CLI, which is not installed.*--load-balancer/);
        expect(code).to.equal(2);
      } finally {
        process.env.PATH = before;
      }
    });

    it("nobody there: a verdict with 1, no stack trace", async () => {
      const { code, stdout, stderr } = await run([
        "verify",
        "https://127.0.0.1:1/",
        "--timeout",
        "5",
      ]);
      expect(code).to.equal(1);
      expect(stderr).to.equal("");
      expect(stdout).to.include("nothing listens there");
    });
  });
});
