/**
 * The secret header's rotation, as docs/rotation.md has it: the committed stacks, each step evaluated
 * from the project with changed settings and put in force while viewers keep calling.
 */
import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { parse, stringify } from "yaml";
import { evaluate, type Evaluation } from "../../local/program";
import type { LocalResource, Props } from "../../local/model/types";
import { forBoth } from "./nginx-support";
import {
  accessLog,
  call,
  cloudfrontAddress,
  endServing,
  loadBalancerUrl,
  projectDir,
  reflectPath,
  serving,
  type Serving,
} from "./serving";
import { startViewers, type Viewers } from "./viewers";

interface Secret {
  readonly send: number;
  readonly accept: number[];
}

/** The steps of docs/rotation.md. */
const steps: readonly Secret[] = [
  { send: 1, accept: [1] },
  { send: 1, accept: [1, 2] },
  { send: 2, accept: [1, 2] },
  { send: 2, accept: [2] },
];
/** Answers that each protocol must get between two steps. */
const between = 20;
const distribution = "aws:cloudfront/distribution:Distribution";

/** Outputs without the one that holds the values: a secret, which Pulumi shows as such. */
const withoutValues = ({ secretHeaderValues: _, ...others }: Props): Props => others;

/** A stack at each step. Every evaluation has an account of its own, as every `pulumi up` a process. */
async function rotationOf(stack: string): Promise<Evaluation[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-rotation-"));
  const read = (file: string): Props => parse(readFileSync(file, "utf8")) as Props;
  const project = read(path.join(projectDir, "Pulumi.yaml"));
  const main = path.join(projectDir, "index.ts");
  writeFileSync(path.join(folder, "Pulumi.yaml"), stringify({ ...project, main }));
  const settings = read(path.join(projectDir, `Pulumi.${stack}.yaml`)) as { config: Props };
  try {
    const evaluations: Evaluation[] = [];
    for (const secret of steps) {
      const origin = { ...(settings.config["hopwise:origin"] as Props), secret };
      const config = { ...settings.config, "hopwise:origin": origin };
      writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), stringify({ config }));
      evaluations.push(await evaluate({ projectDir: folder, stack }));
    }
    return evaluations;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const rotations = new Map<string, Promise<Evaluation[]>>();

/** The same, evaluated once for both kinds of origin. */
function evaluated(stack: string): Promise<Evaluation[]> {
  const found = rotations.get(stack) ?? rotationOf(stack);
  rotations.set(stack, found);
  return found;
}

/** The header's value of each version that a step has. */
function valuesOf({ resources }: Evaluation): Record<number, string> {
  const passwords = resources.filter(
    (r) => r.type === "random:index/randomPassword:RandomPassword",
  );
  return Object.fromEntries(
    passwords.map((p) => [Number(/\d+$/.exec(p.name)?.[0]), String(p.outputs.result)]),
  );
}

/** The header that the distribution adds. */
function headerOf(resources: readonly LocalResource[]): { name: string; value: string } {
  const origins = resources.find((r) => r.type === distribution)?.inputs.origins as {
    customHeaders?: { name: string; value: string }[];
  }[];
  const header = origins.flatMap((o) => o.customHeaders ?? [])[0];
  if (!header) throw new Error("no origin has a custom header");
  return header;
}

/** What every file below a folder says, by its path. */
function filesBelow(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((f) => f.isFile()).map((f) => path.join(f.parentPath, f.name));
  return new Map(
    files.map((file) => {
      const content = readFileSync(file);
      return [file, (file.endsWith(".gz") ? gunzipSync(content) : content).toString()];
    }),
  );
}

/** The status of a request from CloudFront's addresses with a value of the header. */
async function statusWith(served: Serving, port: number, name: string, value: string) {
  const called = served.loadBalancers[0]?.host ?? "";
  const url = loadBalancerUrl(served, port);
  const headers = { [name]: value };
  return (await call(served, { url, headers, name: called, from: cloudfrontAddress })).status;
}

const stacks = [
  { stack: "prod", port: 443 },
  { stack: "dev", port: 80 },
] as const;

describe("the secret header's values", () => {
  for (const { stack } of stacks)
    it(`are kept by ${stack} for as long as their version is listed`, async () => {
      const evaluations = await evaluated(stack);
      const values = evaluations.map(valuesOf);
      const [first, second] = [values[0]?.[1], values[1]?.[2]];
      expect(first).to.match(/^[A-Za-z0-9]{48}$/);
      expect(second).to.match(/^[A-Za-z0-9]{48}$/);
      expect(first).to.not.equal(second);
      const [one, both, two] = [{ 1: first }, { 1: first, 2: second }, { 2: second }];
      expect(values).to.deep.equal([one, both, both, two]);
      const sent = evaluations.map((e) => headerOf(e.resources).value);
      expect(sent).to.deep.equal([first, first, second, second]);
    });
});

for (const { stack, port } of stacks) {
  forBoth(`rotating the secret header of ${stack} under load`, (kind) => {
    let evaluations: Evaluation[];
    let served: Serving;
    let viewers: Viewers;
    const resources = (step: number) => evaluations[step]?.resources ?? [];
    before(async () => {
      evaluations = await evaluated(stack);
    });
    beforeEach(async () => {
      served = await serving(resources(0), kind);
      viewers = startViewers(served, ["/", reflectPath]);
    });
    afterEach(async () => {
      await viewers.stop();
      await endServing();
    });

    it("no request fails over the whole rotation, and the old value is refused afterwards", async () => {
      const { name, value: old } = headerOf(resources(0));
      const { value: fresh } = headerOf(resources(3));
      const status = (value: string) => statusWith(served, port, name, value);
      const pids = () => served.services[0]?.tasks.flatMap((t) => t.pids);
      const before = { pids: pids(), tasks: served.services[0]?.tasks.map((t) => t.address) };
      const counts = [await viewers.more(between)];
      expect([await status(old), await status(fresh)]).to.deep.equal([200, 403]);

      for (const step of [1, 2, 3]) {
        const answers = viewers.more(between);
        await served.update(resources(step));
        await answers;
        // Those that came after the step alone.
        counts.push(await viewers.more(between));
        const expected = [step === 3 ? 403 : 200, 200];
        expect([await status(old), await status(fresh)], `step ${step}`).to.deep.equal(expected);
      }
      await viewers.stop();

      const [http1, http2] = [counts.map((c) => c["HTTP/1.1"]), counts.map((c) => c["HTTP/2"])];
      const all = viewers.answered["HTTP/1.1"] + viewers.answered["HTTP/2"];
      console.log(
        `      ${all} answers, all 200; after each step over HTTP/1.1 ${http1.join(", ")}, over HTTP/2 ${http2.join(", ")}`,
      );
      for (const count of [...http1, ...http2]) expect(count).to.be.at.least(between);
      expect(viewers.seen).to.deep.equal({ 200: all });
      // Nobody was cut off, and nothing was restarted: it was the rules that changed.
      expect(viewers.connections).to.equal(4);
      expect(pids()).to.deep.equal(before.pids);
      expect(served.services[0]?.tasks.map((t) => t.address)).to.deep.equal(before.tasks);
    });

    it("two steps in one would refuse requests, while the edge has not caught up", async () => {
      await served.update(resources(1));
      await viewers.more(between);
      expect(viewers.seen).to.have.all.keys("200");
      // Steps 2 and 3 at once: the load balancer takes the new value only, and most of CloudFront's
      // locations still send the old one.
      const behind = resources(1).filter((r) => r.type === distribution);
      await served.update([...resources(3).filter((r) => r.type !== distribution), ...behind]);
      const { 403: before = 0 } = viewers.seen;
      await viewers.more(between);
      expect(viewers.seen[403]).to.be.at.least(before + between);
      await served.update(resources(3));
      // What was under way during the update may still be refused; a round later it has been answered.
      await viewers.more(between);
      const refused = viewers.seen[403];
      await viewers.more(between);
      expect(viewers.seen[403]).to.equal(refused);
    });

    it("no file, event, log or output shows a value", async () => {
      for (const step of [1, 2, 3]) {
        await served.update(resources(step));
        await viewers.more(10);
      }
      await viewers.stop();
      const { name, value: old } = headerOf(resources(0));
      // An access log has the request that was refused, too.
      expect(await statusWith(served, port, name, old)).to.equal(403);
      const reflected = await call(served, { url: served.front.url + reflectPath });
      await served.close();

      const values = [...new Set(evaluations.flatMap((e) => Object.values(valuesOf(e))))];
      expect(values).to.have.lengthOf(2);
      for (const value of values) {
        expect(evaluations.some((e) => e.secrets.has(value))).to.equal(true);
      }
      const files = filesBelow(served.stateDir);
      expect(accessLog(served).length).to.be.greaterThan(30);
      expect([...files.values()].join("\n")).to.include(" 403 ");
      const shown = new Map<string, unknown>([
        ...files,
        ["events", served.events],
        ["notes", served.notes],
        ["what nginx says of a request", reflected],
        ...evaluations.map((e, i): [string, unknown] => [
          `outputs of step ${i}`,
          withoutValues(e.outputs),
        ]),
        ...evaluations.map((e, i): [string, unknown] => [`messages of step ${i}`, e.logs]),
      ]);
      for (const [where, content] of shown) {
        const text = typeof content === "string" ? content : JSON.stringify(content);
        // The message must not show the value either.
        expect(
          values.some((value) => text.includes(value)),
          where,
        ).to.equal(false);
      }
    });
  });
}
