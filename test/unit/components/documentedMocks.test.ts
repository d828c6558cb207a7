/** A program's own unit tests: the mocks that Pulumi's guide shows answer with the inputs, and no more. */
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as hopwise from "../../../components";
import { placement, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const shared = {
  placement,
  service: { ...service, app: { image: service.image, port: 3000 } },
  domain,
  waf: {},
  alarms: { email: "ops@example.com" },
};

/** A component as a program makes it, with everything that it can have. */
const programs: Record<string, () => unknown> = {
  H1ViaCloudfront: () =>
    new hopwise.H1ViaCloudfront("web", {
      ...shared,
      site: { folder: __dirname, paths: ["/static/*"] },
      logs: { bucketName: logBucket("v2"), access: true, connections: true, edge: "v2" },
    }),
  "H1ViaCloudfront with a VPC origin": () =>
    new hopwise.H1ViaCloudfront("web", {
      ...{ placement, service },
      origin: { access: "vpc-origin", protocol: "http", secret: {} },
      logs: { bucketName: logBucket("legacy"), access: true, edge: "legacy" },
    }),
  H2Direct: () =>
    new hopwise.H2Direct("web", {
      ...shared,
      logs: { bucketName: logBucket("off"), access: true, connections: true },
    }),
  LogBucket: () => logBucket("v2"),
  LogQueries: () =>
    new hopwise.LogQueries("web", { bucketName: "logs", edge: { distributionId: "E1" } }),
  "Network with endpoints": () =>
    new hopwise.Network("web", { egress: "endpoints", guardDutyEndpoint: true }),
  "Network with NAT": () => new hopwise.Network("web", { egress: "nat-per-az" }),
  NginxImage: () => new hopwise.NginxImage("web"),
  FlowLogs: () =>
    new hopwise.FlowLogs("web", { vpcId: "vpc-1", bucketName: "logs", traffic: "all" }),
  ThreatDetection: () => new hopwise.ThreatDetection("web", { guardDuty: true, inspector: true }),
};

const logBucket = (edge: "off" | "v2" | "legacy") =>
  new hopwise.LogBucket("web", { writers: { loadBalancer: true, edge, flow: true } }).writableName;

/** What goes wrong in a program, with the mocks of https://www.pulumi.com/docs/iac/concepts/testing/unit/ */
async function run(program: () => unknown): Promise<string[]> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}_id`, state: inputs as object }),
    call: ({ inputs }) => inputs as object,
  });
  const errors: string[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => errors.push(String(error)));
  try {
    program();
    await pulumi.runtime.disconnect();
    // What is made of the results, and rejects, comes after the last registration.
    await setImmediate();
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return errors;
}

describe("the mocks of Pulumi's guide", () => {
  for (const [name, program] of Object.entries(programs))
    it(`make a ${name}`, async () => {
      expect(await run(program)).to.deep.equal([]);
    });
});
