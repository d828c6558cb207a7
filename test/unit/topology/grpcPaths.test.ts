/** The paths of stacks with gRPC next to ordinary requests, read from what our components make. */
import { expect } from "chai";
import { pathComponents } from "../../../components";
import { judge } from "../../../rules/judge";
import { refuses } from "../../../rules/finding";
import { readTopology } from "../../../topology";
import { pathsOf } from "../../../topology/pathOf";
import { Stack } from "../../../topology/stack/stack";
import { token } from "../../../topology/tokens";
import type { LocalResource, Props } from "../../../local/model/types";
import type { Variant } from "../../../path/variants";
import { domain, placement, recorded, service } from "../components/record";

const services = ["shop.v1.Cart"];
const build = async (variant: Variant, grpc?: object): Promise<readonly LocalResource[]> =>
  (await recorded(pathComponents[variant], { placement, service, domain, grpc })).resources;

/** Pattern, version of the target group, and what each path is for. */
const drawn = (resources: readonly LocalResource[]): unknown[] =>
  pathsOf(readTopology(resources), new Map()).map(({ spec, via }) => [
    via.pathPattern,
    spec.target.protocolVersion,
    spec.mustWork,
  ]);

const refused = (resources: readonly LocalResource[]): string[] =>
  judge(Stack.of(resources))
    .findings.filter(refuses)
    .map(({ code }) => code);

describe("the paths of gRPC", () => {
  it("next to ordinary requests: each kind has its own, the ordinary ones first", async () => {
    const resources = await build("h1-via-cloudfront", { services });
    expect(drawn(resources)).to.deep.equal([
      ["*", "HTTP1", ["http"]],
      ["/shop.v1.Cart/*", "GRPC", ["grpc"]],
      // gRPC-Web and other requests at the same paths.
      ["/shop.v1.Cart/*", "HTTP1", ["http"]],
    ]);
    expect(refused(resources)).to.deep.equal([]);
  });

  it("over a group for HTTP/2 take the ordinary requests' listener rule", async () => {
    const resources = await build("h2-via-cloudfront", { services });
    expect(drawn(resources)).to.deep.equal([
      ["*", "HTTP2", ["http"]],
      ["/shop.v1.Cart/*", "HTTP2", ["http", "grpc"]],
    ]);
    expect(refused(resources)).to.deep.equal([]);
  });

  it("for gRPC only: one path", async () => {
    const resources = await build("grpc-via-cloudfront");
    expect(drawn(resources)).to.deep.equal([["*", "GRPC", ["grpc"]]]);
    expect(refused(resources)).to.deep.equal([]);
  });

  it("without CloudFront are those of all requests", async () => {
    const resources = await build("h2-direct", { services });
    expect(drawn(resources)).to.deep.equal([[undefined, "HTTP2", ["http", "grpc"]]]);
    expect(drawn(await build("h2-direct"))).to.deep.equal([[undefined, "HTTP2", ["http"]]]);
    expect(refused(resources)).to.deep.equal([]);
  });

  it("know the services and the app's port in the settings of nginx", async () => {
    const resources = await build("h1-via-cloudfront", { services });
    const [found] = pathsOf(readTopology(resources), new Map());
    expect(found?.spec.grpc).to.deep.equal({
      services: [...services, "grpc.health.v1.Health"],
      port: undefined,
    });
  });

  it("are an error where no behaviour has gRPC on", async () => {
    const resources = (await build("h1-via-cloudfront", { services })).map((resource) => {
      if (resource.type !== token.distribution) return resource;
      const change = (props: Props): Props => ({
        ...props,
        orderedCacheBehaviors: (props.orderedCacheBehaviors as Props[]).map((behaviour) => ({
          ...behaviour,
          grpcConfig: undefined,
        })),
      });
      return {
        ...resource,
        inputs: change(resource.inputs),
        outputs: change(resource.outputs),
      };
    });
    expect(refused(resources)).to.include("edge-http1-to-grpc-target");
  });
});
