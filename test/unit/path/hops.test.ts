import { expect } from "chai";
import { resolvePath } from "../../../rules/resolve";
import type { PathSpec } from "../../../path/types";
import { change, h1, h2, vpc, vpcPlain } from "./specs";

const lines = (spec: PathSpec): string[] =>
  resolvePath(spec).hops.map(
    (hop) =>
      `${hop.from} > ${hop.to}: ${hop.protocols.join(", ")}${hop.tls ? " TLS" : ""} :${hop.port}`,
  );

describe("hops", () => {
  const viewer = "viewer > cloudfront: HTTP/3, HTTP/2, HTTP/1.1 TLS :443";
  const cases: [string, PathSpec, string[]][] = [
    ["h1-via-cloudfront", h1, [viewer, "cloudfront > load-balancer: HTTP/1.1 TLS :443", "load-balancer > container: HTTP/1.1 :8080"]],
    ["a VPC origin", vpc, [viewer, "cloudfront > load-balancer: HTTP/1.1 TLS :443", "load-balancer > container: HTTP/1.1 :8080"]],
    ["a VPC origin over HTTP", vpcPlain, [viewer, "cloudfront > load-balancer: HTTP/1.1 :80", "load-balancer > container: HTTP/1.1 :8080"]],
    ["h2-direct", h2, ["viewer > load-balancer: HTTP/2, HTTP/1.1 TLS :443", "load-balancer > container: HTTP/2 :8080"]],
    ["h2-direct with TLS to the tasks and an app", change(h2, { target: { protocol: "HTTPS" }, appPort: 3000 }), ["viewer > load-balancer: HTTP/2, HTTP/1.1 TLS :443", "load-balancer > container: HTTP/2 TLS :8080", "container > app: HTTP/1.1 :3000"]],
    ["an HTTP/1.1-only edge", change(h1, { edge: { httpVersion: "http1.1" } }), [viewer.replace("HTTP/3, HTTP/2, ", ""), "cloudfront > load-balancer: HTTP/1.1 TLS :443", "load-balancer > container: HTTP/1.1 :8080"]],
    ["gRPC through CloudFront", change(h1, { edge: { grpc: true }, target: { protocolVersion: "GRPC" } }), [viewer, "cloudfront > load-balancer: HTTP/2, HTTP/1.1 TLS :443", "load-balancer > container: HTTP/2 :8080"]],
  ]; // prettier-ignore
  for (const [name, spec, expected] of cases)
    it(name, () => expect(lines(spec)).to.deep.equal(expected));

  it("say who may open them", () => {
    const [viewer, edge, task] = resolvePath(h1).hops;
    expect(viewer?.admits.map((s) => s.kind === "cidr" && s.cidr)).to.deep.equal([
      "0.0.0.0/0",
      "::/0",
    ]);
    expect(edge?.admits).to.deep.equal(h1.listener.admits);
    expect(task?.admits).to.deep.equal([{ kind: "load-balancer" }]);
    expect(resolvePath(change(h1, { appPort: 3000 })).hops.at(-1)?.admits).to.deep.equal([]);
  });

  it("explain themselves in one sentence", () => {
    for (const spec of [h1, vpc, vpcPlain, h2, change(h2, { listener: { http2: false } })])
      for (const hop of resolvePath(spec).hops) expect(hop.why).to.match(/^\S.*\.$/);
    expect(resolvePath(h1).hops[1]?.why).to.include("HTTP/1.1 to this origin, over the internet");
    expect(resolvePath(vpc).hops[1]?.why).to.include("through a VPC origin");
  });
});
