/** The commands that the documents name: that there are such options, and what some of them print. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { hopwise } from "../../cli/main";
import { describeRuns, run } from "../cli/hopwise";
import { temporaryFolder } from "../packed";
import { read, root } from "../unit/document";
import { albLine, cases } from "../unit/explain/lines";
import { read as readLog } from "../unit/explain/reading";
import { documents } from "./documents";

describe("the commands of the documents", () => {
  const subcommands = new Map(hopwise("0").commands.map((one) => [one.name(), one]));

  for (const document of documents)
    it(`${document} names commands and options that there are`, () => {
      const text = read(document);
      const code = document.endsWith(".md")
        ? [...text.matchAll(/```\w*\n([^]*?)```|`([^`\n]+)`/g)].map((m) => m[1] ?? m[2]).join("\n")
        : text;
      for (const [line, name = "", words = ""] of code.matchAll(
        /(?:^|npx |\$ )hopwise ([a-z]+)\b([^\n#|]*)/gm,
      )) {
        const command = subcommands.get(name);
        expect(command, line).not.to.equal(undefined);
        const known = command?.options.map(({ long }) => long);
        for (const [option] of words.matchAll(/(?<=\s)--[a-z-]+/g))
          expect(known, line).to.include(option);
      }
    });

  it("docs/502-504.md names each cause with its status", async () => {
    const rows = read("docs/502-504.md").matchAll(/^\| (50[24]) +\| \[`([\w-]+)`\]/gm);
    const named = [...rows].map(([, status = "", code = ""]) => ({ status, code }));
    expect(named).to.have.length(5);
    for (const { status, code } of named) {
      const line = cases.find(({ cause }) => cause === code);
      const { report } = await readLog(albLine(line?.fields));
      expect(report.loadBalancer?.causes.map((cause) => cause.code)).to.deep.equal([code]);
      expect(line?.fields.elb_status_code).to.equal(status);
    }
  });
});

describeRuns("docs/move.md and docs/ci.md", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("plan a path next to the one that it replaces", async () => {
    const from = path.join(root, "examples/article-464");
    fs.cpSync(from, folder, { recursive: true });
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const next = `
      import { H1ViaCloudfront } from ${JSON.stringify(path.join(root, "components"))};
      const next = new H1ViaCloudfront("next", {
        placement: { vpcId: vpc.id, loadBalancerSubnetIds: subnetIds, taskSubnetIds: subnetIds, assignPublicIp: true },
        service: { image: "public.ecr.aws/nginx/nginx:1.30.4" },
        domain: { name: "next.example.com", zoneName: "example.com" },
      });`;
    fs.appendFileSync(path.join(folder, "index.ts"), next);
    const { stdout } = await run(["plan", "--program", folder]);
    const paths = [...stdout.matchAll(/^Path \d of 2: (\S+)$/gm)].map(([, name]) => name);
    expect(paths).to.deep.equal(["next.example.com", "www.example.com"]);
    expect(stdout)
      .to.contain("▼ container nginx of next")
      .and.contain("✘ container nginx of nginx");
  });

  it("write the path of a stack as a picture", async () => {
    const file = path.join(folder, "plan.svg");
    const ended = await run(["plan", "--stack", "prod", "--format", "svg", "--output", file]);
    expect(ended).to.include({ code: 0, stderr: "" });
    expect(fs.readFileSync(file, "utf8")).to.contain("<title");
  });
});
