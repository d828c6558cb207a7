/** The containers of a living stack: an app with secrets, changed, and off again. */
import { expect } from "chai";
import type { Call } from "../../local/provider";
import { describeWith } from "../parts";
import { createStack, expectOrder, expectWhole, steps, type Stack } from "../engine/stack";

describeWith("pulumi", "the app of a living stack, by the real engine", () => {
  let stack: Stack;
  let plain: string[];
  let created: readonly Call[];

  const held = (): string[] =>
    stack.providers.account.resources.map(({ type, name }) => `${type} ${name}`).sort();
  const one = (type: string) =>
    stack.providers.account.resources.find((resource) => resource.type.endsWith(`:${type}`));
  const containers = () =>
    JSON.parse(String(one("TaskDefinition")?.inputs.containerDefinitions)) as {
      name: string;
      secrets?: { name: string; valueFrom: string }[];
      dependsOn?: { condition: string }[];
      linuxParameters: { tmpfs: { size: number }[] };
    }[];
  /** An update in which the service is changed and never replaced. */
  async function live(): Promise<string[]> {
    const service = one("Service")?.id;
    const calls = await stack.up();
    expectWhole(stack);
    expect(one("Service")?.id).to.equal(service);
    expect(await stack.up("--expect-no-changes")).to.be.empty;
    return steps(calls);
  }
  const setSecret = (key: string, value: string) =>
    stack.ok(
      "config",
      "set",
      "--path",
      "--secret",
      `hopwise:service.app.environment.${key}`,
      value,
    );

  before(async () => {
    stack = await createStack("dev");
    created = await stack.up();
    plain = held();
  });

  after(() => (stack as Stack | undefined)?.close());

  it("starts its service after the policy of the execution role", () => {
    const { resources = [] } = stack.state();
    const service = resources.find(({ type }) => type === "aws:ecs/service:Service");
    const policy = resources.find(
      ({ type, urn }) =>
        type === "aws:iam/rolePolicy:RolePolicy" && urn.endsWith("::web-execution"),
    );
    expect(service?.dependencies).to.include(policy?.urn);
  });

  it("starts its service after the rules of its tasks", () => {
    expectOrder(
      created,
      "create SecurityGroupEgressRule web-tasks-https-to-internet",
      "create Service web",
    );
  });

  it("gets an app, with secrets that it reads from their stores", async () => {
    stack.set("service.app", "{ image: 'public.ecr.aws/docker/library/node:24', port: 3000 }");
    stack.set("service.app.secrets", "{ URL: 'ssm:/web/url', KEY: 'secretsmanager:web/key' }");
    const happened = await live();
    expect(happened).to.include("update Service web");
    const secrets = containers().flatMap((c) => c.secrets ?? []);
    expect(secrets.map(({ name }) => name)).to.deep.equal(["KEY", "URL"]);
  });

  it("stores what is secret in its environment, and keeps it out of every text", async () => {
    await setSecret("TOKEN", "s3cr3t-value");
    await live();
    expect(one("SecretVersion")?.inputs.secretString).to.equal('{"TOKEN":"s3cr3t-value"}');
    expect(JSON.stringify(stack.state())).not.to.include("s3cr3t-value");
    expect(JSON.stringify(one("TaskDefinition"))).not.to.include("s3cr3t-value");
  });

  it("starts new tasks for a new value, before the old value goes", async () => {
    const before = containers().flatMap((c) => c.secrets ?? []);
    await setSecret("TOKEN", "an0ther-value");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(
      calls,
      "create SecretVersion web-app",
      "update Service web",
      "delete SecretVersion web-app",
    );
    const after = containers().flatMap((c) => c.secrets ?? []);
    const token = (list: typeof after) => list.find(({ name }) => name === "TOKEN")?.valueFrom;
    expect(token(after)).not.to.equal(token(before));
  });

  it("changes the size of /tmp", async () => {
    stack.set("service.tmpMiB", "80");
    await live();
    expect(containers().map((c) => c.linuxParameters.tmpfs[0]?.size)).to.deep.equal([80, 80]);
  });

  it("changes what it runs, and how it is checked", async () => {
    stack.set("service.app.command", "['server.js']");
    stack.set("service.app.workingDirectory", "/srv");
    stack.set("service.app.readOnlyRoot", "false");
    stack.set("service.app.healthCheck", "{ path: /up, startPeriod: 90, command: ['true'] }");
    expect(await live()).to.include.members(["update TargetGroup web-tasks", "update Service web"]);
    expect(one("TargetGroup")?.inputs.healthCheck).to.include({ path: "/up", matcher: "200-499" });
    const [nginx, app] = containers();
    expect(nginx?.dependsOn?.[0]?.condition).to.equal("HEALTHY");
    expect(app).to.deep.include({
      command: ["server.js"],
      workingDirectory: "/srv",
      readonlyRootFilesystem: false,
    });
    for (const key of ["command", "workingDirectory", "readOnlyRoot", "healthCheck"])
      stack.remove(`service.app.${key}`);
    expect(await live()).to.include.members(["update TargetGroup web-tasks", "update Service web"]);
    expect(one("TargetGroup")?.inputs.healthCheck).to.include({ path: "/", matcher: "200-499" });
  });

  it("gets a sidecar that the app waits for, a change of it, and no more of it", async () => {
    const before = held();
    const image = "public.ecr.aws/docker/library/node:24";
    stack.set("service.sidecars", `{ migrate: { image: '${image}', essential: false } }`);
    stack.set("service.app.dependsOn", "{ migrate: SUCCESS }");
    await live();
    expect(held()).to.deep.equal(before);
    expect(containers().map(({ name }) => name)).to.deep.equal(["nginx", "app", "migrate"]);
    stack.set("service.sidecars.migrate.memory", "128");
    expect(await live()).to.include("update Service web");
    stack.remove("service.sidecars");
    stack.remove("service.app.dependsOn");
    await live();
    expect(held()).to.deep.equal(before);
  });

  it("may call AWS and mount a folder of EFS, and then no more", async () => {
    const before = held();
    stack.set("service.taskRoleStatements", "[{ actions: ['s3:GetObject'], resources: ['*'] }]");
    expect(await live()).to.deep.equal(["create RolePolicy web-task"]);
    const efs = "fileSystemId: fs-0123456789abcdef0, accessPointId: fsap-0123456789abcdef0";
    stack.set("service.volumes", `{ uploads: { ${efs}, mountPath: /data } }`);
    expect(await live()).to.include.members([
      "update RolePolicy web-task",
      "create SecurityGroupEgressRule web-tasks-nfs-to-vpc",
      "update Service web",
    ]);
    stack.set("service.volumes.uploads.readOnly", "true");
    expect(await live()).to.include.members(["update RolePolicy web-task", "update Service web"]);
    stack.remove("service.volumes");
    stack.remove("service.taskRoleStatements");
    await live();
    expect(held()).to.deep.equal(before);
  });

  it("leaves deployments to another tool, and takes them back", async () => {
    stack.set("service.ignoreTaskDefinitionChanges", "true");
    await live();
    const running = one("Service")?.inputs.taskDefinition;
    stack.set("service.app.command", "['other.js']");
    const calls = steps(await stack.up());
    expect(calls).to.include("create TaskDefinition web");
    expect(calls).not.to.include("update Service web");
    expect(one("Service")?.inputs.taskDefinition).to.equal(running);
    stack.remove("service.ignoreTaskDefinitionChanges");
    expect(await live()).to.include("update Service web");
    expect(one("Service")?.inputs.taskDefinition).not.to.equal(running);
    stack.remove("service.app.command");
    await live();
  });

  it("takes requests without nginx, and then with it again", async () => {
    const before = held().filter((one) => !/nginx|Image|Repository|LifecyclePolicy/i.test(one));
    const service = one("Service")?.id;
    stack.set("service.app.behindNginx", "false");
    const calls = await stack.up();
    expectWhole(stack);
    expectOrder(
      calls,
      "create TargetGroup web-tasks",
      "update Service web",
      "delete TargetGroup web-tasks",
    );
    expect(containers().map(({ name }) => name)).to.deep.equal(["app"]);
    expect(one("TargetGroup")?.inputs.port).to.equal(3000);
    expect(one("Service")?.id).to.equal(service);
    expect(
      held().filter((one) => !/nginx|Image|Repository|LifecyclePolicy/i.test(one)),
    ).to.deep.equal(before);
    expect(await stack.up("--expect-no-changes")).to.be.empty;
    stack.remove("service.app.behindNginx");
    await stack.up();
    expectWhole(stack);
    expect(containers().map(({ name }) => name)).to.deep.equal(["nginx", "app"]);
    expect(one("TargetGroup")?.inputs.port).to.equal(8080);
    expect(one("Service")?.id).to.equal(service);
  });

  it("takes commands, encrypted with a key, and then no more", async () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012";
    const before = held();
    stack.set("service.app.readOnlyRoot", "false");
    stack.set("service.exec", "{ enabled: true }");
    expect(await live()).to.include.members([
      "create LogGroup web-exec",
      "create RolePolicy web-exec",
      "update Cluster web",
      "update Service web",
    ]);
    expect(one("Service")?.inputs.enableExecuteCommand).to.equal(true);
    stack.set("service.exec.kmsKeyArn", key);
    expect(await live()).to.have.members(["update Cluster web", "update RolePolicy web-exec"]);
    stack.remove("service.exec");
    stack.remove("service.app.readOnlyRoot");
    await live();
    expect(held()).to.deep.equal(before);
    expect(one("Service")?.inputs.enableExecuteCommand ?? false).to.equal(false);
  });

  it("goes, and nothing of it is left", async () => {
    stack.remove("service.app");
    stack.remove("service.tmpMiB");
    await live();
    expect(held()).to.deep.equal(plain);
    expect(containers().map(({ name }) => name)).to.deep.equal(["nginx"]);
    expect(one("TargetGroup")?.inputs.healthCheck).to.include({ path: "/healthz", matcher: "200" });
  });

  it("moves to VPC endpoints, and starts its tasks there once all of them exist", async () => {
    stack.set("network.egress", "endpoints");
    const calls = await stack.up();
    expectWhole(stack);
    for (const endpoint of ["ecr-api", "ecr-dkr", "logs"])
      expectOrder(
        calls,
        `create VpcEndpoint web-${endpoint}`,
        "create SecurityGroupIngressRule web-endpoints-https-from-tasks",
        "update Service web",
      );
    expect(await stack.up("--expect-no-changes")).to.be.empty;
  });

  it("goes with the stack, the service before what its tasks need", async () => {
    await stack.ok("destroy", "--yes", "--skip-preview");
    expect(stack.providers.account.resources).to.deep.equal([]);
    expectOrder(
      stack.providers.calls.all,
      "delete Service web",
      "delete SecurityGroupIngressRule web-endpoints-https-from-tasks",
      "delete VpcEndpoint web-logs",
    );
  });
});
