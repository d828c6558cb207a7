/**
 * Two pull requests' stacks at one listener that exists, by the real engine: deployed, deployed again,
 * and destroyed with the commands of the example's workflow.
 */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parseDocument } from "yaml";
import { createStack, type Stack } from "../engine/stack";
import type { LocalResource } from "../../local/model/types";
import { describeWith } from "../parts";
import { previewFolder, step } from "../previewWorkflow";
import { findPulumi, found } from "../tools";

describeWith("pulumi", "preview environments at a shared listener, by the real engine", () => {
  let stack: Stack;
  let shared: string[];

  const made = (type: string): LocalResource[] =>
    stack.providers.account.resources.filter((one) => one.type.endsWith(`:${type}`));
  const held = (): string[] =>
    stack.providers.account.resources.map(({ type, id }) => `${type} ${id}`).sort();
  /** `host priority` of the pull requests' rules. */
  const rules = (): string[] =>
    made("ListenerRule").flatMap(({ inputs }) => {
      const conditions = inputs.conditions as { hostHeader?: { values: string[] } }[];
      const host = conditions.flatMap(({ hostHeader }) => hostHeader?.values ?? [])[0] ?? "";
      return host.startsWith("pr-") ? [`${host} ${String(inputs.priority)}`] : [];
    });

  /** A step of the workflow, as a runner of GitHub's runs it: on a fresh checkout. */
  async function run(
    name: string,
    PR: number,
    image = "1",
  ): Promise<{ code: number; output: string }> {
    fs.rmSync(path.join(stack.directory, `Pulumi.pr-${PR}.yaml`), { force: true });
    const env = {
      ...stack.env,
      PR: String(PR),
      DOMAIN: "preview.example.com",
      IMAGE: `r.example.com/app:${image}`,
      GITHUB_STEP_SUMMARY: path.join(stack.directory, "summary.md"),
      PATH: `${path.dirname(found(findPulumi()))}:${process.env.PATH ?? ""}`,
    };
    return new Promise((resolve) => {
      const options = { cwd: stack.directory, env };
      execFile("bash", ["-e", "-c", step(name).run], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
      });
    });
  }
  async function ok(name: string, PR: number, image?: string): Promise<void> {
    const { code, output } = await run(name, PR, image);
    expect(code, output).to.equal(0);
  }

  before(async () => {
    stack = await createStack("h2");
    stack.set("logs.forceDestroy", "true");
    await stack.up();
    shared = held();
    const file = fs.readFileSync(path.join(previewFolder, "Pulumi.preview.yaml"), "utf8");
    const document = parseDocument(file);
    const put = (group: string, key: string, value: unknown): void => {
      document.setIn(["config", `hopwise:${group}`, key], value);
    };
    const listener = made("Listener").find(({ inputs }) => inputs.port === 443);
    put("loadBalancer", "listenerArn", listener?.outputs.arn);
    const [group] = made("LoadBalancer")[0]?.inputs.securityGroups as string[];
    put("loadBalancer", "securityGroupId", group);
    put("network", "vpcId", made("Vpc")[0]?.id);
    const network = made("Service")[0]?.inputs.networkConfiguration as { subnets: string[] };
    put("network", "taskSubnetIds", network.subnets);
    fs.writeFileSync(path.join(stack.directory, "Pulumi.preview.yaml"), document.toString());
  });

  after(() => (stack as Stack | undefined)?.close());

  it("are two, each with its host, tasks and priorities, and leave the shared stack alone", async () => {
    await ok("Deploy", 7);
    await ok("Deploy", 8);
    expect(rules().map((rule) => rule.split(" ")[0])).to.have.members([
      ...["pr-7.preview.example.com", "pr-8.preview.example.com"],
    ]);
    const at = rules().map((rule) => Number(rule.split(" ")[1]));
    expect(at.map((priority) => Math.floor(priority / 100)).sort()).to.deep.equal([17, 18]);
    expect(held()).to.include.members(shared);
    expect(made("Service")).to.have.length(3);
    expect(made("LoadBalancer")).to.have.length(1);
    const summary = fs.readFileSync(path.join(stack.directory, "summary.md"), "utf8");
    expect(summary).to.include("https://pr-7.preview.example.com");
  });

  it("get a new image with the next push, and nothing else", async () => {
    const before = rules();
    stack.providers.calls.clear();
    await ok("Deploy", 7, "2");
    const changed = stack.providers.calls.all.map(({ type }) => type.split(":").pop());
    expect([...new Set(changed)]).to.have.members([...["TaskDefinition", "Service"]]);
    expect(rules()).to.deep.equal(before);
  });

  it("are refused by AWS where two have the same priorities, and harm no other", async () => {
    const before = rules();
    const { code, output } = await run("Deploy", 7 + 480);
    expect(code).to.equal(1);
    expect(output).to.include("PriorityInUse");
    expect(rules()).to.deep.equal(before);
    await ok("Destroy", 7 + 480);
  });

  it("go when the pull request is closed, also one that was never deployed", async () => {
    await ok("Destroy", 99);
    await ok("Destroy", 7);
    expect(rules().map((rule) => rule.split(" ")[0])).to.deep.equal(["pr-8.preview.example.com"]);
    await ok("Destroy", 8);
    expect(held()).to.deep.equal(shared);
  });
});
