/** Programs evaluated in this process, and what becomes of those that fail. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { evaluate, ProgramError } from "../../../local/program";
import { placeholderFor } from "../../../local/model/placeholders";
import { committedStacks } from "../../committedStacks";
import { committedStack } from "../evaluated";

const dir = (name: string): string => path.join(__dirname, "programs", name);
const run = (name: string, stack = "dev") => evaluate({ projectDir: dir(name), stack });

async function failureOf(name: string, stack = "dev"): Promise<Error> {
  try {
    await run(name, stack);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`the program ${name} did not fail`);
}

describe("evaluate", () => {
  it("registers everything, also what apply makes, with parents and URNs as the engine's", async () => {
    const seen: string[] = [];
    const { resources } = await evaluate({
      projectDir: dir("small"),
      stack: "dev",
      onResource: (resource) => seen.push(resource.name),
    });
    expect(seen).to.deep.equal(["pair", "pair", "pair-late", "slow"]);
    expect(resources.map((r) => r.urn)).to.deep.equal([
      "urn:pulumi:dev::small::small:index:Pair::pair",
      "urn:pulumi:dev::small::small:index:Pair$aws:cloudwatch/logGroup:LogGroup::pair",
      "urn:pulumi:dev::small::small:index:Pair$aws:cloudwatch/logGroup:LogGroup::pair-late",
      "urn:pulumi:dev::small::aws:cloudwatch/logGroup:LogGroup::slow",
    ]);
    expect(resources[1]?.parent).to.equal(resources[0]?.urn);
  });

  it("returns the outputs, with settings as Pulumi hands them over", async () => {
    const { outputs } = await run("small");
    expect(outputs).to.deep.include({
      greeting: "hello",
      size: 3,
      project: "small/dev",
      region: "eu-central-1",
      shape: { sides: [1, 2], key: placeholderFor("small:shape.key") },
      token: placeholderFor("small:token"),
      folder: dir("small"),
    });
    expect(outputs.arn).to.match(/^arn:aws:logs:eu-central-1:123456789012:log-group:pair-/);
  });

  it("collects what the program logs", async () => {
    const { logs } = await run("small");
    expect(logs).to.deep.equal([
      {
        severity: "warning",
        message: "mind the gap",
        urn: "urn:pulumi:dev::small::small:index:Pair::pair",
      },
    ]);
  });

  it("loads a program afresh each time, and leaves the process as it was", async () => {
    const before = process.cwd();
    const listener = (): void => undefined;
    process.on("unhandledRejection", listener);
    const [first, second] = await Promise.all([run("small"), run("small")]);
    expect([first.outputs.run, second.outputs.run]).to.deep.equal([0, 0]);
    expect(process.cwd()).to.equal(before);
    expect(process.listeners("unhandledRejection")).to.include(listener);
    process.removeListener("unhandledRejection", listener);
    expect(Object.keys(require.cache).some((file) => file.startsWith(dir("small")))).to.equal(
      false,
    );
  });

  it("names every refused resource with everything that is wrong, and nothing twice", async () => {
    const error = await failureOf("refused");
    if (!(error instanceof ProgramError)) throw error;
    expect(error.message).to.match(
      /aws:lb\/targetGroup:TargetGroup 'a-very-long-logical-name-for-it'/,
    );
    expect(error.message).to.match(
      /urn:pulumi:dev::refused::aws:cloudwatch\/logGroup:LogGroup::logs/,
    );
    const found = error.refusals.map((r) => `${r.code} ${r.property ?? ""}`).sort();
    expect(found).to.deep.equal([
      "InvalidParameterException logGroupClass",
      "InvalidParameterException retentionInDays",
      "NameTooLong name",
      "ValidationError port",
    ]);
    expect(error.message).to.match(/refused[/\\]index\.ts:4:\d+/);
    expect(error.message).to.include("'[secret]' is none of STANDARD");
    expect(JSON.stringify([error.message, error.refusals])).to.not.include("hush");
    expect(error.message).to.not.include("follows");
    expect(error.message).to.not.include("failed to register");
  });

  const failures: [how: string, message: RegExp][] = [
    ["require", /^thrown while loading\n.*throws[/\\]index\.ts:7/],
    ["apply", /^thrown inside of apply\n.*throws[/\\]index\.ts:13/],
    ["rejection", /^rejected by nobody's hand\n/],
    ["logged", /^logged as an error$/],
    ["resource", /^made for people$/],
  ];
  for (const [how, message] of failures) {
    it(`reports what went wrong: ${how}`, async () => {
      const error = await failureOf("throws", how);
      expect(error).to.be.instanceOf(ProgramError);
      expect(error.message).to.match(message);
    });
  }

  it("runs the next program as if none had failed", async () => {
    await failureOf("throws", "apply");
    expect((await run("small")).outputs.size).to.equal(3);
  });

  it("says which stacks there are, in one line", async () => {
    const error = await failureOf("yaml", "prod");
    expect(error.message).to.match(
      /^There is no stack 'prod': .*Pulumi\.prod\.yaml is missing; there are broken, fine\.$/,
    );
  });

  it("says where YAML is broken, in one line", async () => {
    const error = await failureOf("yaml", "broken");
    expect(error.message)
      .to.match(/Pulumi\.broken\.yaml:\d+:\d+: \S.*$/)
      .and.not.include("\n");
  });

  it("says when there is no project", async () => {
    expect((await failureOf("nowhere")).message).to.match(/^There is no folder .*nowhere\.$/);
  });
});

describe("this project", () => {
  const root = path.resolve(__dirname, "../../..");
  for (const stack of committedStacks) {
    it(`${stack} is accepted by the local AWS`, async () => {
      const { account, resources, secrets } = (await committedStack(stack)).evaluation;
      expect(resources.length).to.be.greaterThan(30);
      expect([...account.unmodelled]).to.deep.equal([]);
      const files = resources.map(({ position }) => position?.file);
      for (const file of new Set(files)) expect(file).to.match(/^(index|program\/\w+)\.ts$/);
      const direct = resources.every((r) => r.type !== "aws:cloudfront/distribution:Distribution");
      expect(secrets.size > 0).to.equal(!direct);
    });
  }

  it("has its outputs in docs/outputs.md", async () => {
    const table = readFileSync(path.join(root, "docs", "outputs.md"), "utf8").matchAll(
      /^\| (`[^|]*)\|/gm,
    );
    const documented = [...table].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
    const made = await Promise.all(
      committedStacks.map(async (stack) => (await committedStack(stack)).evaluation.outputs),
    );
    const names = new Set(made.flatMap((outputs) => Object.keys(outputs)));
    // Of settings that no committed stack has.
    expect(documented).to.have.members([...names, "dashboardUrl", "dnsRecords", "dnsZoneFile"]);
  });

  it("says at which line of an example each resource stands", async () => {
    const projectDir = path.join(root, "examples", "article-464");
    const { resources } = await evaluate({ projectDir });
    const lines = readFileSync(path.join(projectDir, "index.ts"), "utf8").split("\n");
    const declaring = (text: string) => {
      const line = lines.findIndex((written) => written.includes(text));
      const column = (lines[line] ?? "").indexOf("new ");
      return { file: "index.ts", line: line + 1, column: column + 1 };
    };
    const group = resources.find(({ type }) => type === "aws:lb/targetGroup:TargetGroup");
    expect(group?.position).to.deep.equal(declaring('new aws.lb.TargetGroup("nginx"'));
    const image = resources.find(({ type }) => type === "awsx:ecr:Image");
    expect(image?.position).to.deep.equal(declaring('new awsx.ecr.Image("nginx"'));
  });
});
