/** ECS Exec: what it needs, what it permits, and nothing where it is off. */
import { expect } from "chai";
import { H1ViaCloudfront, Network } from "../../../components";
import type { Props } from "../../../local/model/types";
import { domain, placement, recorded, service, type Recording } from "./record";

const key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared";
const app = { image: "app:1", port: 3000, readOnlyRoot: false };

const build = (more: object): Promise<Recording> =>
  recorded(H1ViaCloudfront, { placement, domain, service: { ...service, app, ...more } });
const statements = (made: Recording): Props[] => {
  const { policy, role } = made.named("RolePolicy", "web-exec").inputs;
  expect(role).to.equal(made.named("Role", "web-task").id);
  return (JSON.parse(policy as string) as { Statement: Props[] }).Statement;
};
const session = (made: Recording): Props =>
  (made.one("Cluster").inputs.configuration as { executeCommandConfiguration: Props })
    .executeCommandConfiguration;
const initOf = (made: Recording) =>
  made.containers.map(({ name, linuxParameters }) => [
    name,
    (linuxParameters as Props).initProcessEnabled,
  ]);

describe("commands in containers", () => {
  it("are off, and nothing is there for them", async () => {
    const made = await build({});
    expect(made.one("Service").inputs).not.to.have.property("enableExecuteCommand");
    expect(made.one("Cluster").inputs).not.to.have.property("configuration");
    expect(made.all("LogGroup").map(({ name }) => name)).to.deep.equal(["web"]);
    expect(made.all("RolePolicy").map(({ name }) => name)).to.deep.equal(["web-execution"]);
    expect(initOf(made)).to.deep.equal([
      ["nginx", undefined],
      ["app", undefined],
    ]);
  });

  it("are logged in a group of their own, and the task role may do what the agent does", async () => {
    const made = await build({ exec: {}, logRetentionDays: 90 });
    const log = made.named("LogGroup", "web-exec");
    expect(log.inputs.retentionInDays).to.equal(90);
    expect(session(made)).to.deep.equal({
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: log.outputs.name },
    });
    expect(made.one("Service").inputs.enableExecuteCommand).to.equal(true);
    expect(statements(made)).to.deep.equal([
      {
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `${String(log.outputs.arn)}:*`,
      },
    ]);
    // nginx's root file system is read-only: nothing runs there.
    expect(initOf(made)).to.deep.equal([
      ["nginx", undefined],
      ["app", true],
    ]);
  });

  it("are encrypted with a key that is given", async () => {
    const made = await build({ exec: { kmsKeyArn: key } });
    expect(session(made).kmsKeyId).to.equal(key);
    expect(statements(made).at(-1)).to.deep.equal({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: key,
    });
  });

  it("leave an existing cluster as it is, and may write to the containers' log", async () => {
    const made = await build({ exec: {}, clusterArn });
    expect(made.all("Cluster").filter(({ urn }) => urn !== "")).to.deep.equal([]);
    const log = made.one("LogGroup");
    expect(statements(made).at(-1)?.Resource).to.equal(`${String(log.outputs.arn)}:*`);
  });

  it("write to the log group that an existing cluster names", async () => {
    const logGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:/commands";
    const made = await build({ exec: { logGroupArn }, clusterArn });
    expect(statements(made).at(-1)?.Resource).to.equal(`${logGroupArn}:*`);
  });

  it("are logged together where services share a cluster", async () => {
    const made = await recorded(H1ViaCloudfront, {
      ...{ placement, domain },
      service: { ...service, app, exec: { kmsKeyArn: key } },
      services: {
        api: { ...service, app, paths: ["/api/*"], exec: {} },
        docs: { ...service, app, paths: ["/docs/*"], exec: { enabled: false } },
      },
    });
    const log = String(made.named("LogGroup", "web-exec").outputs.arn);
    const policy = String(made.named("RolePolicy", "web-api-exec").inputs.policy);
    expect(policy).to.include(`"${log}:*"`).and.include(key);
    expect(made.all("LogGroup").map(({ name }) => name)).not.to.include("web-api-exec");
    expect(made.all("RolePolicy").map(({ name }) => name)).not.to.include("web-docs-exec");
  });

  it("have endpoints where endpoints are all that there is", async () => {
    const made = await recorded(Network, {
      egress: "endpoints",
      endpointServices: ["ssmmessages", "kms"],
    });
    expect(made.all("VpcEndpoint").map(({ name }) => name)).to.include.members([
      "web-ssmmessages",
      "web-kms",
    ]);
  });
});
