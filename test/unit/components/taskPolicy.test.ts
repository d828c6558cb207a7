/** What the containers may do in AWS, and their folders of EFS; nothing where neither is asked for. */
import { expect } from "chai";
import { H1ViaCloudfront } from "../../../components";
import type { Props } from "../../../local/model/types";
import { domain, placement, recorded, rulesOf, service, type Recording } from "./record";

const app = { image: "app:1", port: 3000 };
const efs = { fileSystemId: "fs-0123456789abcdef0", accessPointId: "fsap-0123456789abcdef0" };

const build = (more: object, placed: object = {}): Promise<Recording> =>
  recorded(H1ViaCloudfront, {
    placement: { ...placement, ...placed },
    domain,
    service: { ...service, app, ...more },
  });
const statements = (made: Recording): Props[] => {
  const { policy, role } = made.named("RolePolicy", "web-task").inputs;
  expect(role).to.equal(made.named("Role", "web-task").id);
  return (JSON.parse(policy as string) as { Statement: Props[] }).Statement;
};
const mounts = (made: Recording): Record<string, unknown> =>
  Object.fromEntries(made.containers.map(({ name, mountPoints }) => [String(name), mountPoints]));
const nfs = (made: Recording) => rulesOf(made).filter((rule) => rule.includes(" 2049 "));

describe("the task role", () => {
  it("may do nothing by default", async () => {
    const made = await build({ taskRoleStatements: [], volumes: {} });
    expect(made.all("RolePolicy").map(({ name }) => name)).to.deep.equal(["web-execution"]);
    expect(made.one("TaskDefinition").inputs).not.to.have.property("volumes");
    expect(mounts(made)).to.deep.equal({ nginx: [], app: [] });
    expect(nfs(made)).to.deep.equal([]);
  });

  it("may do what its statements say", async () => {
    const made = await build({
      taskRoleStatements: [
        { actions: ["s3:GetObject", "s3:PutObject"], resources: ["arn:aws:s3:::uploads/*"] },
        {
          effect: "Deny",
          actions: ["s3:PutObject"],
          resources: ["*"],
          conditions: { Bool: { "aws:SecureTransport": ["false"] } },
        },
      ],
    });
    expect(statements(made)).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: ["arn:aws:s3:::uploads/*"],
      },
      {
        Effect: "Deny",
        Action: ["s3:PutObject"],
        Resource: ["*"],
        Condition: { Bool: { "aws:SecureTransport": ["false"] } },
      },
    ]);
    expect(nfs(made)).to.deep.equal([]);
  });
});

describe("folders of EFS", () => {
  it("are mounted encrypted, as the task role, and nothing else may be mounted", async () => {
    const made = await build({ volumes: { uploads: { ...efs, mountPath: "/data" } } });
    expect(made.one("TaskDefinition").inputs.volumes).to.deep.equal([
      {
        name: "uploads",
        efsVolumeConfiguration: {
          fileSystemId: efs.fileSystemId,
          transitEncryption: "ENABLED",
          authorizationConfig: { accessPointId: efs.accessPointId, iam: "ENABLED" },
        },
      },
    ]);
    expect(mounts(made)).to.deep.equal({
      nginx: [],
      app: [{ sourceVolume: "uploads", containerPath: "/data", readOnly: false }],
    });
    const arn = "arn:aws:elasticfilesystem:us-east-1:123456789012";
    expect(statements(made)).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: [`${arn}:file-system/${efs.fileSystemId}`],
        Condition: {
          StringEquals: {
            "elasticfilesystem:AccessPointArn": [`${arn}:access-point/${efs.accessPointId}`],
          },
        },
      },
    ]);
    expect(nfs(made)).to.deep.equal(["web-tasks egress tcp 2049 to 10.0.0.0/16"]);
  });

  it("may be in another container, and only be read", async () => {
    const made = await build({
      sidecars: { agent: { image: "agent:2" } },
      volumes: { shared: { ...efs, mountPath: "/srv", container: "agent", readOnly: true } },
      taskRoleStatements: [{ actions: ["sqs:SendMessage"], resources: ["*"] }],
    });
    expect(mounts(made).agent).to.deep.equal([
      { sourceVolume: "shared", containerPath: "/srv", readOnly: true },
    ]);
    expect(statements(made).map(({ Action }) => Action)).to.deep.equal([
      ["sqs:SendMessage"],
      ["elasticfilesystem:ClientMount"],
    ]);
  });

  it("are reached where the tasks' own list says it", async () => {
    const volumes = { uploads: { ...efs, mountPath: "/data" } };
    const egress = [
      { cidr: "0.0.0.0/0", port: 443 },
      { cidr: "10.0.3.0/24", port: 2049 },
    ];
    expect(nfs(await build({ volumes, egress }))).to.deep.equal([
      "web-tasks egress tcp 2049 to 10.0.3.0/24",
    ]);
  });

  it("are reached in a VPC whose range is looked up", async () => {
    const volumes = { uploads: { ...efs, mountPath: "/data" } };
    const made = await build({ volumes }, { vpcCidr: undefined });
    expect(nfs(made)).to.have.length(1);
  });

  it("belong to services at the same load balancer too", async () => {
    const volumes = { uploads: { ...efs, mountPath: "/data" } };
    const made = await recorded(H1ViaCloudfront, {
      ...{ placement, domain, service },
      services: { api: { ...service, app, paths: ["/api/*"], volumes } },
    });
    expect(nfs(made)).to.deep.equal(["web-api-tasks egress tcp 2049 to 10.0.0.0/16"]);
    expect(String(made.named("RolePolicy", "web-api-task").inputs.policy)).to.include(
      "ClientMount",
    );
  });
});
