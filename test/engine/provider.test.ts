/** The local AWS as a provider of the real engine, with a small program written by hand. */
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { createProject, type Project } from "./cli";

const FIXTURE = path.join(__dirname, "fixture");
const FILES = ["Pulumi.yaml", "package.json", "tsconfig.json", "index.ts"];
const TOKEN = "a-token-that-must-not-be-seen";

describeWith("pulumi", "the local AWS behind the real engine", () => {
  let project: Project;

  beforeEach(async () => {
    project = await createProject(FIXTURE, FILES, undefined, { kept: true });
    await project.ok("stack", "init", "test");
    await project.ok("config", "set", "--secret", "token", TOKEN);
  });

  afterEach(() => project.close());

  const resources = () => project.providers.account.resources;
  const live = (type: string) => resources().filter((resource) => resource.type === type);

  it("creates nothing in a preview, and all of it in an update that a second one leaves alone", async () => {
    const preview = await project.ok("preview", "--diff");
    expect(preview.output).to.not.include("warning");
    expect(preview.output).to.match(/\+ 7 to create/);
    expect(resources()).to.be.empty;
    expect(project.providers.calls.all).to.be.empty;

    await project.ok("up", "--yes");
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

    project.providers.calls.clear();
    await project.ok("up", "--yes", "--expect-no-changes");
    expect(project.providers.calls.all).to.be.empty;
    await project.ok("refresh", "--yes", "--expect-no-changes");
  });

  it("shows a refusal in the preview, with the property it is about", async () => {
    await project.ok("config", "set", "healthTimeout", "10");
    const { code, output } = await project.run("preview");
    expect(code).to.not.equal(0);
    expect(output).to.include("Health check interval must be greater than the timeout");
    expect(output).to.include("tasks.healthCheck.interval");
  });

  it("refuses what only the account knows when the resource is made", async () => {
    await project.ok("config", "set", "version", "HTTP2");
    const { code, output } = await project.run("up", "--yes");
    expect(code).to.not.equal(0);
    expect(output).to.include("InvalidLoadBalancerAction");
    expect(live("aws:lb/listener:Listener")).to.be.empty;
  });

  it("replaces a target group before the listener lets go of the old one, and deletes it last", async () => {
    await project.ok("up", "--yes");
    const [old] = live("aws:lb/targetGroup:TargetGroup");
    project.providers.calls.clear();
    await project.ok("config", "set", "port", "9090");
    await project.ok("up", "--yes");
    const steps = project.providers.calls.all.map(({ operation, name }) => `${operation} ${name}`);
    expect(steps).to.deep.equal(["create tasks", "update http", "delete tasks"]);
    expect(live("aws:lb/targetGroup:TargetGroup").map((group) => group.id)).to.not.include(old?.id);
  });

  it("fails where a fault strikes, and finishes at the next update", async () => {
    project.providers.calls.failNext({ operation: "create", type: "aws:lb/listener:Listener" });
    const failed = await project.run("up", "--yes");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.include("injected fault");
    expect(live("aws:lb/listener:Listener")).to.be.empty;
    await project.ok("up", "--yes");
    expect(live("aws:lb/listener:Listener")).to.have.lengthOf(1);
  });

  it("finds out what was deleted behind the engine's back", async () => {
    await project.ok("up", "--yes");
    const [logs] = live("aws:cloudwatch/logGroup:LogGroup");
    project.providers.account.delete("aws:cloudwatch/logGroup:LogGroup", logs?.id ?? "");
    const { output } = await project.ok("refresh", "--yes");
    expect(output).to.match(/logs\s+deleted/);
    await project.ok("up", "--yes");
    expect(live("aws:cloudwatch/logGroup:LogGroup")).to.have.lengthOf(1);
  });

  it("keeps secrets out of the state, and out of what is printed", async () => {
    const up = await project.ok("up", "--yes");
    const exported = await project.ok("stack", "export");
    const tags = live("aws:cloudwatch/logGroup:LogGroup")[0]?.inputs.tags;
    const { token, password } = tags as Record<string, string>;
    expect(token).to.equal(TOKEN);
    expect(password).to.match(/^[A-Za-z0-9]{32}$/);
    for (const secret of [TOKEN, String(password)]) {
      expect(exported.output).to.not.include(secret);
      expect(up.output).to.not.include(secret);
    }
    const shown = await project.ok("stack", "export", "--show-secrets");
    expect(shown.output).to.include(TOKEN).and.to.include(password);
  });

  it("refuses a region that is not the account's own", async () => {
    await project.ok("config", "set", "aws:region", "eu-west-1");
    const { code, output } = await project.run("preview");
    expect(code).to.not.equal(0);
    expect(output).to.include("This local account is in us-east-1");
  });

  it("destroys to zero", async () => {
    await project.ok("up", "--yes");
    await project.ok("destroy", "--yes");
    expect(resources()).to.be.empty;
  });
});
