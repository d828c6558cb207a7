/** An app that the load balancer calls itself. */
import { expect } from "chai";
import { GrpcViaCloudfront, H1ViaCloudfront, H2Direct } from "../../../components";
import { parseSettings } from "../../../config";
import { edge } from "../config/rows";
import { domain, placement, recorded, rulesOf, service, type Recording } from "./record";

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1";
const app = { image, port: 3000, behindNginx: false };
const args = (more: object = {}, rest: object = {}) => ({
  ...{ placement, domain },
  service: { ...service, app: { ...app, ...more }, ...rest },
});
const called = (made: Recording) => {
  const { loadBalancers } = made.one("Service").inputs as {
    loadBalancers: { containerName: string; containerPort: number }[];
  };
  return loadBalancers.map(({ containerName, containerPort }) => [containerName, containerPort]);
};

describe("an app without nginx", () => {
  it("is called on its own port, and its image is the only one that is pulled", async () => {
    const made = await recorded(H1ViaCloudfront, args());
    expect(made.containers.map(({ name }) => name)).to.deep.equal(["app"]);
    expect(made.containers[0]?.portMappings).to.deep.equal([
      { containerPort: 3000, hostPort: 3000, protocol: "tcp" },
    ]);
    expect(called(made)).to.deep.equal([["app", 3000]]);
    expect(made.one("TargetGroup").inputs).to.include({ port: 3000, protocolVersion: "HTTP1" });
    expect(rulesOf(made).filter((rule) => rule.startsWith("web-tasks ingress"))).to.deep.equal([
      "web-tasks ingress tcp 3000 from group web-alb",
    ]);
    const policy = String(made.named("RolePolicy", "web-execution").inputs.policy);
    expect(policy).to.include(":repository/shop").and.not.include(":repository/web");
  });

  it("speaks HTTP/2 where the path does", async () => {
    const made = await recorded(H2Direct, args({ protocols: ["http2"] }));
    expect(made.one("TargetGroup").inputs.protocolVersion).to.equal("HTTP2");
    const grpc = await recorded(GrpcViaCloudfront, args({ protocols: ["http2"] }));
    expect(grpc.one("TargetGroup").inputs).to.include({ protocolVersion: "GRPC", port: 3000 });
  });

  it("tells gRPC from other requests on its one port", async () => {
    const both = args({ protocols: ["http1", "http2"] });
    const made = await recorded(H1ViaCloudfront, { ...both, grpc: { services: ["a.B"] } });
    expect(called(made)).to.deep.equal([
      ["app", 3000],
      ["app", 3000],
    ]);
  });

  it("may be one of several services", async () => {
    const made = await recorded(H1ViaCloudfront, {
      ...{ placement, domain, service },
      services: { api: { app, paths: ["/api/*"] } },
    });
    expect(made.named("TargetGroup", "web-api-tasks").inputs.port).to.equal(3000);
    expect(rulesOf(made)).to.include("web-api-tasks ingress tcp 3000 from group web-alb");
  });

  it("needs no image of nginx, which all others do", async () => {
    const made = await recorded(H1ViaCloudfront, {
      ...{ placement, domain },
      service: { app: { ...app, behindNginx: false } },
    });
    expect(called(made)).to.deep.equal([["app", 3000]]);
    const missing = {
      placement,
      domain,
      service: {},
      services: { api: { app: { image, port: 3000 }, paths: ["/api/*"] } },
    };
    for (const Component of [H1ViaCloudfront, H2Direct])
      expect(() => new Component("web", missing)).to.throw(
        /lacks nginx's image \(service\.image, services\.api\.image\)\..*behindNginx: false/,
      );
  });

  it("is noted in the settings, and only there where it is asked for", () => {
    const codes = (behindNginx: boolean) =>
      parseSettings({
        ...edge,
        service: { app: { ...app, behindNginx } },
      }).findings.map(({ code }) => code);
    expect(codes(false)).to.include("app-without-nginx");
    expect(codes(true)).not.to.include("app-without-nginx");
  });
});
