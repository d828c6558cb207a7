/** The app's container: what it runs, and how it is checked. */
import { expect } from "chai";
import { H1ViaCloudfront, H2Direct } from "../../../components";
import type { Props } from "../../../local/model/types";
import { placement, recorded, service, type Recording } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const usual = { image: "app:1", port: 3000 };

const build = (
  app?: object,
  Component: typeof H1ViaCloudfront | typeof H2Direct = H1ViaCloudfront,
) =>
  recorded(Component as typeof H1ViaCloudfront, {
    placement,
    domain,
    service: { ...service, ...(app && { app: { ...usual, ...app } }) },
  });
const named = (made: Recording, name: string): Props =>
  made.containers.find((container) => container.name === name) ?? {};
const check = (made: Recording) => made.one("TargetGroup").inputs.healthCheck as Props;

describe("the app's container", () => {
  it("runs what its image says, on a read-only root file system", async () => {
    const app = named(await build({}), "app");
    expect(app).to.include({ readonlyRootFilesystem: true, user: "1000" });
    expect(app).not.to.have.any.keys("command", "entryPoint", "workingDirectory", "healthCheck");
  });

  it("runs what is asked for", async () => {
    const chosen = { command: ["server.js"], entryPoint: ["node"], workingDirectory: "/srv" };
    const app = named(await build({ ...chosen, readOnlyRoot: false }), "app");
    expect(app).to.deep.include({ ...chosen, readonlyRootFilesystem: false });
  });
});

describe("the check of the tasks", () => {
  it("is nginx's own path where there is no app", async () => {
    const made = await build();
    expect(check(made)).to.include({ path: "/healthz", matcher: "200" });
    expect(made.environment("nginx")).to.include({ HOPWISE_HEALTH_PATH: "/healthz" });
    expect(made.one("Service").inputs.healthCheckGracePeriodSeconds).to.equal(30);
  });

  for (const Component of [H1ViaCloudfront, H2Direct])
    it(`reaches the app, and takes every answer below 500: ${Component.name}`, async () => {
      const made = await build({}, Component);
      expect(check(made)).to.include({
        path: "/",
        matcher: "200-499",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      });
      // nginx answers nothing in the app's place.
      expect(made.environment("nginx")).not.to.have.property("HOPWISE_HEALTH_PATH");
      expect(made.one("Service").inputs.healthCheckGracePeriodSeconds).to.equal(60);
      expect(named(made, "nginx").dependsOn).to.deep.equal([
        { containerName: "app", condition: "START" },
      ]);
    });

  it("is what is asked for, in the target group and in the container", async () => {
    const healthCheck = {
      path: "/up",
      interval: 20,
      timeout: 4,
      healthyThreshold: 3,
      unhealthyThreshold: 5,
      startPeriod: 120,
      command: ["node", "check.js"],
    };
    const made = await build({ healthCheck });
    expect(check(made)).to.include({
      path: "/up",
      interval: 20,
      timeout: 4,
      healthyThreshold: 3,
      unhealthyThreshold: 5,
    });
    expect(check(made)).not.to.have.property("startPeriod");
    expect(named(made, "app").healthCheck).to.deep.equal({
      command: ["CMD", "node", "check.js"],
      interval: 20,
      timeout: 4,
      retries: 5,
      startPeriod: 120,
    });
    expect(made.one("Service").inputs.healthCheckGracePeriodSeconds).to.equal(120);
  });

  it("keeps nginx waiting for a container that has a check of its own", async () => {
    const made = await build({ healthCheck: { command: ["true"] } });
    expect(named(made, "nginx").dependsOn).to.deep.equal([
      { containerName: "app", condition: "HEALTHY" },
    ]);
  });
});
