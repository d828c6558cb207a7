/** Further containers of a task: defined, permitted, started in order, and nothing where there are none. */
import { expect } from "chai";
import { H1ViaCloudfront } from "../../../components";
import type { Props } from "../../../local/model/types";
import { domain, placement, recorded, service, type Recording } from "./record";

const ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
const app = { image: `${ecr}/app:1`, port: 3000 };
const key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";

const build = (more: object): Promise<Recording> =>
  recorded(H1ViaCloudfront, { placement, domain, service: { ...service, app, ...more } });
const named = (made: Recording, name: string): Props =>
  made.containers.find((container) => container.name === name) ?? {};
const policy = (made: Recording): string =>
  String(made.named("RolePolicy", "web-execution").inputs.policy);

describe("sidecars", () => {
  it("are none where none is asked for", async () => {
    const made = await build({});
    expect(made.containers.map(({ name }) => name)).to.deep.equal(["nginx", "app"]);
    const empty = await build({ sidecars: {} });
    expect(empty.containers).to.deep.equal(made.containers);
  });

  it("get the log, the /tmp and the permissions of every container", async () => {
    const made = await build({ sidecars: { agent: { image: `${ecr}/agent:2` } } });
    const agent = named(made, "agent");
    expect(agent).to.deep.include({
      essential: true,
      user: "1000",
      readonlyRootFilesystem: true,
      portMappings: [],
      environment: [],
    });
    expect(agent).not.to.have.any.keys("dependsOn", "healthCheck", "cpu", "memory", "secrets");
    expect(agent.linuxParameters).to.deep.equal(named(made, "app").linuxParameters);
    const { options } = agent.logConfiguration as { options: Props };
    expect(options).to.include({
      "awslogs-group": made.one("LogGroup").outputs.name,
      "awslogs-stream-prefix": "agent",
    });
    expect(policy(made)).to.include(":repository/agent").and.include(":repository/app");
  });

  it("are what is asked for", async () => {
    const chosen = {
      command: ["--config", "/etc/x"],
      entryPoint: ["agent"],
      workingDirectory: "/srv",
      cpu: 32,
      memory: 64,
      essential: false,
    };
    const healthCheck = { command: ["agent", "ping"], retries: 5 };
    const more = { user: "10001", readOnlyRoot: false, port: 4317, healthCheck };
    const made = await build({
      sidecars: { agent: { image: "agent:2", ...chosen, ...more, dependsOn: { nginx: "START" } } },
      exec: {},
    });
    expect(named(made, "agent")).to.deep.include({
      ...chosen,
      user: "10001",
      readonlyRootFilesystem: false,
      portMappings: [{ containerPort: 4317, hostPort: 4317, protocol: "tcp" }],
      healthCheck: {
        command: ["CMD", "agent", "ping"],
        interval: 30,
        timeout: 5,
        retries: 5,
        startPeriod: 0,
      },
      dependsOn: [{ containerName: "nginx", condition: "START" }],
    });
    expect(named(made, "agent").linuxParameters).to.include({ initProcessEnabled: true });
  });

  it("have secrets of their own", async () => {
    const made = await build({
      sidecars: {
        agent: {
          image: "agent:2",
          environment: { MODE: "on" },
          secretEnvironment: { TOKEN: "s3cr3t" },
          secrets: { URL: "ssm:/agent/url" },
          secretKeyArns: [key],
        },
      },
    });
    const secret = made.named("Secret", "web-agent");
    expect(made.named("SecretVersion", "web-agent").inputs.secretString).to.equal(
      '{"TOKEN":"s3cr3t"}',
    );
    expect(JSON.stringify(made.one("TaskDefinition").inputs)).not.to.include("s3cr3t");
    const list = named(made, "agent").secrets as { name: string; valueFrom: string }[];
    expect(list.map(({ name }) => name)).to.deep.equal(["TOKEN", "URL"]);
    expect(list[0]?.valueFrom).to.include(`${secret.id}:TOKEN:`);
    expect(named(made, "app")).not.to.have.property("secrets");
    expect(made.environment("agent")).to.deep.equal({ MODE: "on" });
    expect(policy(made)).to.include(secret.id).and.include("parameter/agent/url").and.include(key);
  });

  it("may be waited for by the app", async () => {
    const made = await build({
      app: { ...app, dependsOn: { migrate: "SUCCESS", agent: "START" } },
      sidecars: {
        migrate: { image: "migrate:1", essential: false },
        agent: { image: "agent:2" },
      },
    });
    expect(named(made, "app").dependsOn).to.deep.equal([
      { containerName: "agent", condition: "START" },
      { containerName: "migrate", condition: "SUCCESS" },
    ]);
  });
});
