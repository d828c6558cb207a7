/** The app's secrets: stored, referred to, permitted, and nothing where there are none. */
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { H1ViaCloudfront, Network } from "../../../components";
import type { Props } from "../../../local/model/types";
import { placement, record, recorded, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const app = { image: "app:1", port: 3000 };
const key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const elsewhere = "arn:aws:secretsmanager:us-east-1:999999999999:secret:shared-AbCdEf";

const build = (more: object): Promise<Recording> =>
  recorded(H1ViaCloudfront, {
    placement,
    domain,
    service: { ...service, app: { ...app, ...more } },
  });

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: object;
}

/** What the execution role may do in addition to images and logs. */
function further(made: Recording): Statement[] {
  const { policy } = made.named("RolePolicy", "web-execution").inputs;
  const { Statement: all } = JSON.parse(policy as string) as { Statement: Statement[] };
  return all.filter(({ Action }) => !/^(ecr|logs):/.test([Action].flat()[0] ?? ""));
}

const container = (made: Recording): Props =>
  made.containers.find(({ name }) => name === "app") ?? {};

describe("the app's secrets", () => {
  it("are nothing where none is given", async () => {
    const made = await build({ environment: { MODE: "on" } });
    expect(made.resources.filter(({ type }) => type.includes("secretsmanager"))).to.deep.equal([]);
    expect(container(made)).not.to.have.property("secrets");
    expect(further(made)).to.deep.equal([]);
  });

  it("are read from where they are, and from nowhere else", async () => {
    const made = await build({
      secrets: {
        SHARED: elsewhere,
        PASSWORD: "secretsmanager:prod/db:password",
        USER: "secretsmanager:prod/db:user",
        URL: "ssm:/prod/url",
      },
      secretKeyArns: [key],
    });
    const list = container(made).secrets as { name: string; valueFrom: string }[];
    expect(list.map(({ name }) => name)).to.deep.equal(["PASSWORD", "SHARED", "URL", "USER"]);
    const from = Object.fromEntries(list.map(({ name, valueFrom }) => [name, valueFrom]));
    const database = /^arn:aws:secretsmanager:us-east-1:123456789012:secret:prod\/db-\w{6}/;
    expect(from.PASSWORD).to.match(new RegExp(`${database.source}:password::$`));
    expect(from.SHARED).to.equal(elsewhere);
    expect(from.URL).to.equal("arn:aws:ssm:us-east-1:123456789012:parameter/prod/url");
    const [arn = ""] = database.exec(from.USER ?? "") ?? [];
    expect(further(made)).to.deep.equal([
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [arn, elsewhere],
      },
      { Effect: "Allow", Action: "ssm:GetParameters", Resource: [from.URL] },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: [key],
        Condition: {
          StringLike: {
            "kms:ViaService": ["secretsmanager.*.amazonaws.com*", "ssm.*.amazonaws.com*"],
          },
        },
      },
    ]);
    expect(made.all("Secret")).to.deep.equal([]);
  });

  it("of the program are stored, and not in the task definition", async () => {
    const made = await build({
      environment: { MODE: "on" },
      secretEnvironment: { TOKEN: "s3cr3t", OTHER: pulumi.secret("0ther") },
    });
    const secret = made.one("Secret");
    const version = made.one("SecretVersion");
    expect(JSON.parse(version.inputs.secretString as string)).to.deep.equal({
      TOKEN: "s3cr3t",
      OTHER: "0ther",
    });
    const sent = made.sent.find((inputs) => "secretString" in inputs);
    expect(JSON.stringify(sent?.secretString), "a secret in the state").to.include(
      "4dabf18193072939515e22adb298388d",
    );
    expect(JSON.stringify(made.one("TaskDefinition").inputs)).not.to.match(/s3cr3t|0ther/);
    const versionId = String(version.outputs.versionId);
    expect(container(made).secrets).to.deep.equal([
      { name: "OTHER", valueFrom: `${secret.id}:OTHER::${versionId}` },
      { name: "TOKEN", valueFrom: `${secret.id}:TOKEN::${versionId}` },
    ]);
    expect(made.environment("app")).to.deep.equal({ MODE: "on" });
    expect(further(made)).to.deep.equal([
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [secret.id] },
    ]);
  });

  it("of another resource may be known only later", async () => {
    const made = await record(() => {
      const later = pulumi.output(Promise.resolve(elsewhere));
      const secrets = { SHARED: later };
      new H1ViaCloudfront("web", {
        placement,
        domain,
        service: { ...service, app: { ...app, secrets } },
      });
    });
    expect(container(made).secrets).to.deep.equal([{ name: "SHARED", valueFrom: elsewhere }]);
    expect(further(made).map(({ Resource }) => Resource)).to.deep.equal([[elsewhere]]);
  });

  it("have an endpoint each, where endpoints are all that there is", async () => {
    const services = async (secretStores?: ("secretsmanager" | "ssm")[]): Promise<string[]> => {
      const made = await recorded(Network, { egress: "endpoints", secretStores });
      return made.all("VpcEndpoint").map(({ name }) => name);
    };
    const plain = await services();
    const more = await services(["secretsmanager", "ssm"]);
    expect(more.filter((name) => !plain.includes(name))).to.deep.equal([
      "web-secretsmanager",
      "web-ssm",
    ]);
  });
});
