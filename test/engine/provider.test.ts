/** The local AWS as a provider of the real engine, with a small program written by hand. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parseDocument } from "yaml";
import { describeWith } from "../parts";
import { createProject, type Project } from "./cli";

const FIXTURE = path.join(__dirname, "fixture");
const FILES = ["Pulumi.yaml", "package.json", "tsconfig.json", "index.ts"];
const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const TOKEN = "a-token-that-must-not-be-seen";

describeWith("pulumi", "the local AWS behind the real engine", () => {
  let project: Project;
  /** What the update that made everything printed. */
  let made = "";

  before(async () => {
    project = await createProject(FIXTURE, FILES, undefined, { kept: true });
    await project.ok("stack", "init", "test");
    await project.ok("config", "set", "--secret", "token", TOKEN);
  });

  after(() => (project as Project | undefined)?.close());

  const resources = () => project.providers.account.resources;
  const live = (type: string) => resources().filter((resource) => resource.type === type);
  const update = ["up", "--yes", "--skip-preview"];

  /** Runs the CLI with one more setting. */
  async function runWith(key: string, value: string, ...args: string[]) {
    const file = path.join(project.directory, "Pulumi.test.yaml");
    const before = fs.readFileSync(file, "utf8");
    const document = parseDocument(before);
    document.setIn(["config", key], value);
    fs.writeFileSync(file, document.toString());
    const result = await project.run(...args);
    fs.writeFileSync(file, before);
    return result;
  }

  it("creates nothing in a preview", async () => {
    const { output } = await project.ok("preview", "--diff");
    expect(output).to.not.include("warning");
    expect(output).to.match(/\+ 7 to create/);
    expect(resources()).to.be.empty;
    expect(project.providers.calls.all).to.be.empty;
  });

  it("shows a refusal in the preview, with the property it is about", async () => {
    const { code, output } = await runWith("fixture:healthTimeout", "10", "preview");
    expect(code).to.not.equal(0);
    expect(output).to.include("Health check interval must be greater than the timeout");
    expect(output).to.include("tasks.healthCheck.interval");
  });

  it("refuses a region that is not the account's own", async () => {
    const { code, output } = await runWith("aws:region", "eu-west-1", "preview");
    expect(code).to.not.equal(0);
    expect(output).to.include("This local account is in us-east-1");
  });

  it("refuses what only the account knows when the resource is made", async () => {
    const { code, output } = await runWith("fixture:version", "HTTP2", ...update);
    expect(code).to.not.equal(0);
    expect(output).to.include("InvalidLoadBalancerAction");
    expect(live(LISTENER)).to.be.empty;
  });

  it("fails where a fault strikes, and finishes at the next update", async () => {
    project.providers.calls.failNext({ operation: "create", type: LISTENER });
    const failed = await project.run(...update);
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.include("injected fault");
    expect(live(LISTENER)).to.be.empty;
    ({ output: made } = await project.ok("up", "--yes"));
    expect(resources().map((resource) => resource.name)).to.have.members([
      "front",
      "tasks",
      "http",
      "password",
      "logs",
    ]);
    const outputs = JSON.parse((await project.ok("stack", "output", "--json")).output) as unknown;
    expect(outputs).to.deep.equal({
      endpoint: live("aws:lb/loadBalancer:LoadBalancer")[0]?.outputs.dnsName,
      region: "us-east-1",
    });
  });

  it("is left alone by a second update, and has not drifted", async () => {
    project.providers.calls.clear();
    await project.ok(...update, "--expect-no-changes");
    expect(project.providers.calls.all).to.be.empty;
    await project.ok("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("keeps secrets out of the state, and out of what is printed", async () => {
    const exported = await project.ok("stack", "export");
    const tags = live(LOG_GROUP)[0]?.inputs.tags;
    const { token, password } = tags as Record<string, string>;
    expect(token).to.equal(TOKEN);
    expect(password).to.match(/^[A-Za-z0-9]{32}$/);
    for (const secret of [TOKEN, String(password)]) {
      expect(exported.output).to.not.include(secret);
      expect(made).to.not.include(secret);
    }
    const shown = await project.ok("stack", "export", "--show-secrets");
    expect(shown.output).to.include(TOKEN).and.to.include(password);
  });

  it("finds out what was deleted behind the engine's back", async () => {
    const [logs] = live(LOG_GROUP);
    project.providers.account.delete(LOG_GROUP, logs?.id ?? "");
    const { output } = await project.ok("refresh", "--yes", "--skip-preview");
    expect(output).to.match(/logs\s+deleted/);
    await project.ok(...update);
    expect(live(LOG_GROUP)).to.have.lengthOf(1);
  });

  it("replaces a target group before the listener lets go of the old one, and deletes it last", async () => {
    const [old] = live(TARGET_GROUP);
    project.providers.calls.clear();
    const { code, output } = await runWith("fixture:port", "9090", ...update);
    expect(code, output).to.equal(0);
    const steps = project.providers.calls.all.map(({ operation, name }) => `${operation} ${name}`);
    expect(steps).to.deep.equal(["create tasks", "update http", "delete tasks"]);
    expect(live(TARGET_GROUP).map((group) => group.id)).to.not.include(old?.id);
  });

  it("destroys to zero", async () => {
    await project.ok("destroy", "--yes");
    expect(resources()).to.be.empty;
  });
});
