/**
 * Third-party scanners, and AWS's own recommendations, over all resources of the committed stacks.
 * `UPDATE=1` writes docs/controls.md.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import * as prettier from "prettier";
import { H2Direct } from "../../components";
import { committedStacks } from "../committedStacks";
import { describeWith } from "../parts";
import { domain, placement, record } from "../unit/components/record";
import { findScanners, found, type Scanners } from "../tools";
import { settingsMarkdown } from "../../config/table";
import { evaluate } from "../../local/program";
import type { LocalResource, Props } from "../../local/model/types";
import { change } from "./broken";
import { cloudFormation } from "./cloudformation";
import { controlsMarkdown } from "./controlsTable";
import { exceptions } from "./exceptions";
import { stacks, type StackName } from "./scannedStacks";
import { foundationalSecurity } from "./fsbp";
import { explainedTwice, needless, unexplained, type Verdicts } from "./judge";
import { cfnLint, checkov } from "./scanners";
import { types } from "./types";

const ROOT = path.join(__dirname, "../..");
const page = path.join(ROOT, "docs/controls.md");
type PerStack<T> = Record<StackName, T>;

const perStack = <T>(value: (stack: StackName) => T): PerStack<T> =>
  Object.fromEntries(stacks.map((stack) => [stack, value(stack)])) as PerStack<T>;

/** AWS has it since 2026-11-20, and the schemas of Terraform and CloudFormation do not yet. */
const newer = "originHttpVersion";

const withoutNewer = (all: readonly LocalResource[]): LocalResource[] =>
  all.map((resource) => {
    const text = JSON.stringify(resource.inputs);
    if (!text.includes(newer)) return resource;
    const inputs = JSON.parse(text, (key, value: unknown) =>
      key === newer ? undefined : value,
    ) as Props;
    return { ...resource, inputs };
  });

/** What an app with encrypted variables adds to a stack. No committed stack has any. */
async function secretOfApp(): Promise<LocalResource[]> {
  const app = { image: "app", port: 3000, secretEnvironment: { TOKEN: "s3cr3t" } };
  const made = await record(
    () => new H2Direct("web", { placement, domain, service: { image: "nginx", app } }),
  );
  return made.resources.filter(({ type }) => type.startsWith("aws:secretsmanager/"));
}

const evaluated = async (stack: string): Promise<LocalResource[]> =>
  withoutNewer((await evaluate({ projectDir: ROOT, stack })).resources);

/** Several stacks as one, each resource under its stack's name. */
async function othersTogether(): Promise<LocalResource[]> {
  const named = (stack: string, all: readonly LocalResource[]): LocalResource[] =>
    all.map((resource) => ({ ...resource, name: `${stack}-${resource.name}` }));
  const together = named("secret", await secretOfApp());
  for (const stack of committedStacks)
    if (stack !== "prod" && stack !== "h2") together.push(...named(stack, await evaluated(stack)));
  return together;
}

describeWith("scanners", "scanners over the committed stacks", () => {
  const resources: PerStack<readonly LocalResource[]> = perStack(() => []);
  let verdicts: Verdicts;
  let scanners: Scanners;

  before(async () => {
    scanners = found(findScanners());
    for (const stack of stacks)
      resources[stack] = stack === "others" ? await othersTogether() : await evaluated(stack);
    const scan = async (all: readonly LocalResource[]) => [
      ...(await checkov(scanners, all)),
      ...(await cfnLint(scanners, all)),
      ...foundationalSecurity(all),
    ];
    const [prod, h2, others] = await Promise.all(stacks.map((stack) => scan(resources[stack])));
    verdicts = { prod: prod ?? [], h2: h2 ?? [], others: others ?? [] };
  });

  it("leave no resource of AWS out", () => {
    const known = stacks.flatMap((stack) =>
      resources[stack].filter(({ type }) => type.startsWith("aws:")).map(({ type }) => type),
    );
    expect(known).to.not.be.empty;
    expect(known.filter((type) => !(type in types))).to.deep.equal([]);
  });

  it("find nothing without a reason", () => {
    expect(unexplained(verdicts, exceptions).join("\n")).to.equal("");
  });

  it("need every reason that is written down, once", () => {
    expect(needless(verdicts, exceptions)).to.deep.equal([]);
    expect(explainedTwice(exceptions)).to.deep.equal([]);
  });

  it("name a file or a setting that there is, with each reason", () => {
    const settings = settingsMarkdown();
    for (const { setting } of exceptions) {
      const there = setting.endsWith(".ts")
        ? fs.existsSync(path.join(ROOT, setting))
        : settings.includes(`\`${setting}\``) || settings.includes(`\`${setting}.`);
      expect(there, setting).to.equal(true);
    }
  });

  it("notice what is broken on purpose", async () => {
    const broken = [
      ["Cluster", { settings: [{ name: "containerInsights", value: "disabled" }] }],
      ["LoadBalancer", { accessLogs: { bucket: "", enabled: false } }],
      ["BucketPublicAccessBlock", { blockPublicAcls: false }],
      ["TaskDefinition", { cpu: "300" }],
    ].reduce(
      (resources, [kind, changes]) => change(resources, kind as string, changes as Props),
      resources.prod,
    );
    const found = [...(await checkov(scanners, broken)), ...(await cfnLint(scanners, broken))];
    const failed = found.filter(({ passed }) => !passed).map(({ check }) => check);
    expect(failed).to.include.members(["CKV_AWS_65", "CKV_AWS_91", "CKV_AWS_53", "E3047"]);
  });

  it("say what docs/controls.md says", async () => {
    const counts = (all: readonly LocalResource[]) => ({
      terraform: all.filter(({ type }) => type in types).length,
      cloudformation: cloudFormation(all, scanners.schemas).ids.size,
    });
    const scanned = perStack((stack) => counts(resources[stack]));
    const { versions } = scanners;
    const options = { ...(await prettier.resolveConfig(page)), parser: "markdown" };
    const wanted = await prettier.format(
      controlsMarkdown({ verdicts, versions, scanned }),
      options,
    );
    if (process.env.UPDATE === "1") fs.writeFileSync(page, wanted);
    const written = fs.existsSync(page) ? fs.readFileSync(page, "utf8") : "";
    expect(written, "run this test with UPDATE=1").to.equal(wanted);
  });
});
