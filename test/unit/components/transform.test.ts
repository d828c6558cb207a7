/** `transform`: what a program changes of a component's children. */
import { expect } from "chai";
import { H1ViaCloudfront, H2Direct, type Transform } from "../../../components";
import { Account } from "../../../local/model";
import { domain, placement, record, service } from "./record";

const base = { placement, service, domain };
const on =
  (wanted: string, change: object): Transform =>
  ({ type, args }) =>
    type.endsWith(wanted) ? { ...args, ...change } : undefined;

describe("a transform", () => {
  it("changes the arguments of a child, and of no other", async () => {
    const transform = on(":LoadBalancer", { enableXffClientPort: true });
    const made = await record(() => new H1ViaCloudfront("web", { ...base, transform }));
    expect(made.one("LoadBalancer").inputs.enableXffClientPort).to.equal(true);
    const plain = await record(() => new H1ViaCloudfront("web", base));
    expect(made.tree).to.deep.equal(plain.tree);
  });

  const refused = async (make: () => unknown): Promise<string> => {
    const account = new Account();
    const message = await record(make, account).then(
      () => "nothing",
      (error: unknown) => (error as Error).message,
    );
    expect(account.resources).to.deep.equal([]);
    return message;
  };

  it("is refused where requests would get 464, before anything is registered", async () => {
    const transform = on(":TargetGroup", { protocolVersion: "HTTP2" });
    const message = await refused(() => new H1ViaCloudfront("web", { ...base, transform }));
    expect(message).to.match(/with what transform changes[^]*edge-http1-to-http2-target/);
  });

  it("is refused for a further service as well", async () => {
    const transform: Transform = ({ name, args }) =>
      name === "web-api-tasks" ? { ...args, protocolVersion: "GRPC" } : undefined;
    const services = { api: { ...service, paths: ["/api/*"] } };
    const message = await refused(
      () => new H1ViaCloudfront("web", { ...base, services, transform }),
    );
    expect(message).to.include("edge-http1-to-grpc-target");
  });

  it("is refused where CloudFront and the listener would not fit", async () => {
    const transform: Transform = ({ type, args }) =>
      type.endsWith(":Distribution")
        ? {
            ...args,
            origins: (args.origins as Record<string, object>[]).map((origin) => ({
              ...origin,
              customOriginConfig: {
                ...origin.customOriginConfig,
                originProtocolPolicy: "http-only",
              },
            })),
          }
        : undefined;
    const message = await refused(() => new H1ViaCloudfront("web", { ...base, transform }));
    expect(message).to.include("origin-protocol-mismatch");
  });

  it("may change what works either way", async () => {
    const transform = on(":TargetGroup", { protocolVersion: "HTTP1" });
    const made = await record(() => new H2Direct("web", { ...base, transform }));
    expect(made.one("TargetGroup").inputs.protocolVersion).to.equal("HTTP1");
  });
});
