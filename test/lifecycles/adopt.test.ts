/** A stack written by hand comes under a component in the real engine, without a replacement. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectWhole, steps, type Stack } from "../engine/stack";

const HERE = path.join(__dirname, "adopt");
const HOPWISE = path.join(__dirname, "../../cli/hopwise.js");

describeWith("pulumi", "adopting a stack written by hand, by the real engine", () => {
  let stack: Stack;
  /** Types and ids of what is to stay: everything but groups, policies and the task's revision. */
  let lasting: string[];
  /** The printed options. */
  let options: string;

  before(async () => {
    stack = await createStack("dev", { kept: false });
    fs.copyFileSync(path.join(HERE, "groups.ts"), path.join(stack.directory, "groups.ts"));
  });
  after(() => (stack as Stack | undefined)?.close());

  const resources = () => stack.providers.account.resources;
  const stays = /:(Distribution|LoadBalancer|Listener|TargetGroup|Cluster|Service|LogGroup)$/;
  const ids = () =>
    resources()
      .filter(
        ({ type, name, inputs }) =>
          stays.test(type) ||
          (type.endsWith(":Role") && name.endsWith("execution")) ||
          (type.endsWith(":Record") && inputs.name === "shop.example.com"),
      )
      .map(({ type, id }) => `${type} ${id}`)
      .sort();
  const inputs = (type: string) => resources().find((one) => one.type.endsWith(type))?.inputs ?? {};

  const write = (file: string, change = (text: string): string => text): void => {
    const text = fs.readFileSync(path.join(HERE, file), "utf8");
    const program = change(text).replace("../../../components", "./components");
    fs.writeFileSync(path.join(stack.directory, "index.ts"), program);
  };
  async function adopt(name: string, ...more: string[]) {
    const file = path.join(stack.directory, "state.json");
    await stack.ok("stack", "export", "--stack", name, "--file", file);
    const words = [
      "adopt",
      "--program",
      stack.directory,
      "--stack",
      "dev",
      "--state",
      file,
      ...more,
    ];
    const env = { ...process.env, COLUMNS: "80", LANG: "C.UTF-8" };
    return spawnSync(process.execPath, [HOPWISE, ...words], { encoding: "utf8", env });
  }
  const tableOf = (output: string): string =>
    output.slice(output.indexOf("adopted({"), output.indexOf("\n  })") + "\n  })".length);

  it("says which child takes over what", async () => {
    write("handWritten.ts");
    await stack.up();
    lasting = ids();
    expect(lasting).to.have.lengthOf(10);
    write("underComponent.ts");
    const { status, stdout, stderr } = await adopt("dev");
    expect(status, stderr + stdout).to.equal(0);
    expect(stdout).to.include("10 resources taken over");
    expect(stdout).to.include("LoadBalancer front → shop-alb");
    expect(stdout).to.match(/keeps name\n\s+idleTimeout 120 → 60/);
    expect(stdout).to.include("healthCheck.path of lb TargetGroup targets changes");
    options = tableOf(stdout);
  });

  it("says the same of resources that were made elsewhere and imported", async () => {
    const file = path.join(stack.directory, "resources.json");
    const list = resources().map(({ type, name, id }) => ({ type, name, id }));
    fs.writeFileSync(file, JSON.stringify({ resources: list }));
    const settings = (name: string) => path.join(stack.directory, `Pulumi.${name}.yaml`);
    await stack.ok("stack", "init", "imported", "--no-select");
    fs.copyFileSync(settings("dev"), settings("imported"));
    const how = ["--protect=false", "--generate-code=false", "--yes", "--skip-preview"];
    await stack.ok("import", "--stack", "imported", "--file", file, ...how);
    const { status, stdout, stderr } = await adopt("imported");
    await stack.ok("stack", "rm", "imported", "--force", "--yes");
    await stack.ok("stack", "select", "dev");
    expect(status, stderr + stdout).to.equal(0);
    expect(tableOf(stdout)).to.equal(options);
  });

  it("replaces nothing, and keeps the way to tasks that still run", async () => {
    write("underComponent.ts", (text) => text.replace("adopted({})", options));
    const { output } = await stack.ok("preview", "--diff");
    expect(output).to.not.match(/replace/);
    const made = steps(await stack.up());
    expect(ids()).to.deep.equal(lasting);
    expect(made.filter((step) => step.startsWith("delete"))).to.have.members([
      "delete RolePolicyAttachment execution",
      "delete TaskDefinition shop",
      "delete Record origin",
    ]);
    expect(inputs(":LoadBalancer").securityGroups).to.have.lengthOf(2);
    expect(inputs(":Listener").defaultActions).to.have.nested.property("[0].type", "forward");
  });

  it("closes the load balancer in the second deployment, after which nothing changes", async () => {
    const lines = options.split("\n").filter((line) => !line.includes("first deployment only"));
    write("underComponent.ts", (text) =>
      text.replace("adopted({})", lines.join("\n")).replace('import "./groups";', ""),
    );
    const made = steps(await stack.up());
    expect(made).to.have.members([
      ...["update LoadBalancer shop-alb", "update Listener shop-listener"],
      ...["delete SecurityGroup tasks", "delete SecurityGroup alb"],
    ]);
    expect(ids()).to.deep.equal(lasting);
    expect(inputs(":Listener").defaultActions).to.have.nested.property(
      "[0].type",
      "fixed-response",
    );
    expectWhole(stack);
    await stack.ok("up", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("goes on without the options once the aliases have done their work", async () => {
    const names = options.split("\n").filter((line) => !/first deployment only|was:/.test(line));
    write("underComponent.ts", (text) =>
      text.replace("adopted({})", names.join("\n")).replace('import "./groups";', ""),
    );
    await stack.ok("up", "--yes", "--skip-preview", "--expect-no-changes");
  });
});
