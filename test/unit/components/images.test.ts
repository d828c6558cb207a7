/** Images from outside: another account, a parameter, an environment variable, another tool. */
import { expect } from "chai";
import { H1ViaCloudfront } from "../../../components";
import { withGivenImages } from "../../../components/service/images";
import { parseSettings } from "../../../config";
import { domain, placement, recorded, service } from "./record";
import { edge } from "../config/rows";

const build = (more: object) =>
  recorded(H1ViaCloudfront, { placement, domain, service: { ...service, ...more } });
const other = "999999999999.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.0";

describe("images", () => {
  it("of another account may be pulled from there, and from nowhere else", async () => {
    const made = await build({ app: { image: other, port: 3000 } });
    expect(String(made.named("RolePolicy", "web-execution").inputs.policy)).to.include(
      '"arn:aws:ecr:eu-west-1:999999999999:repository/shop"',
    );
  });

  it("are what they are where they are no parameter", () => {
    const sidecars = { agent: { image: "agent:2" } };
    const given = { image: "nginx:1", app: { image: other, port: 3000 }, sidecars };
    expect(withGivenImages(given, undefined as never)).to.deep.equal(given);
  });

  it("may have environment variables in them", () => {
    process.env.HOPWISE_TEST_TAG = "1.4.0\n";
    const image = "shop:${HOPWISE_TEST_TAG}";
    const settings = parseSettings({
      ...edge,
      service: { image, app: { image, port: 3000 }, sidecars: { agent: { image } } },
    }).service;
    delete process.env.HOPWISE_TEST_TAG;
    expect([settings.image, settings.app?.image, settings.sidecars.agent?.image]).to.deep.equal([
      "shop:1.4.0",
      "shop:1.4.0",
      "shop:1.4.0",
    ]);
  });

  it("may be in a parameter, which is no image without a tag", () => {
    const app = { image: "ssm:/shop/image", port: 3000 };
    const { service: parsed, findings } = parseSettings({ ...edge, service: { app } });
    expect(parsed.app?.image).to.equal("ssm:/shop/image");
    expect(findings.map(({ code }) => code)).not.to.include("image-follows-latest");
  });
});

describe("deployments by another tool", () => {
  it("are none by default, and said of a stack that leaves them to one", () => {
    const codes = (value: object) =>
      parseSettings({ ...edge, service: value }).findings.map(({ code }) => code);
    expect(codes({})).not.to.include("task-definition-ignored");
    expect(codes({ ignoreTaskDefinitionChanges: true })).to.include("task-definition-ignored");
  });

  it("keep the revision that the service may still run", async () => {
    const usual = await build({});
    expect(usual.one("TaskDefinition").inputs).not.to.have.property("skipDestroy", true);
    const made = await build({ ignoreTaskDefinitionChanges: true });
    expect(made.one("TaskDefinition").inputs.skipDestroy).to.equal(true);
  });
});
