/** What `hopwise explain` says of the access logs of the load balancer on this machine. */
import { expect } from "chai";
import { readLogs } from "../../cli/explain/run";
import { makeReport, type CauseReport, type Report } from "../../logs/report";
import {
  call,
  cloudfrontAddress,
  endServing,
  loadBalancerUrl,
  serving,
  stranger,
  type Call,
  type Serving,
} from "./serving";
import { secret, stack, type StackOptions } from "./stacks/resources";

const port = 18197;
type Options = Omit<StackOptions, "port" | "listener">;

/** Serves a stack, makes requests at its front (or its load balancer), and reads what was logged. */
async function explained(
  options: Options,
  calls: readonly (Omit<Call, "url"> & {
    readonly at?: "load balancer";
    readonly plain?: boolean;
  })[],
): Promise<Report> {
  const served: Serving = await serving(stack({ ...options, listener: "HTTPS", port }).resources);
  for (const { at, ...one } of calls)
    await call(served, {
      ...one,
      url: at === undefined ? served.front.url : loadBalancerUrl(served),
    });
  const { logDir } = served;
  // Closing writes what is still gathered.
  await served.close();
  return makeReport(await readLogs([logDir], { top: 10 }));
}

const causesOf = ({ loadBalancer }: Report): Record<string, number> =>
  Object.fromEntries((loadBalancer?.causes ?? []).map(({ code, count }) => [code, count]));

const causeOf = (report: Report, code: string): CauseReport => {
  const cause = report.loadBalancer?.causes.find((one) => one.code === code);
  if (cause === undefined) throw new Error(`no ${code} in ${JSON.stringify(causesOf(report))}`);
  return cause;
};

const grpc = { method: "POST", headers: { "content-type": "application/grpc", te: "trailers" } };

describe("explain says of a served stack's log", () => {
  afterEach(endServing);

  it("HTTP/1.1 from CloudFront into an HTTP/2 target group, under the code of the rule", async () => {
    const report = await explained({ edge: "public", version: "HTTP2" }, [
      {},
      { protocol: "HTTP/1.1" },
      { at: "load balancer", from: cloudfrontAddress, headers: { "x-origin-secret": secret } },
    ]);
    const cause = causeOf(report, "edge-http1-to-http2-target");
    expect(cause.count).to.equal(2);
    expect(cause.rules).to.deep.equal(["edge-http1-to-http2-target"]);
    expect(cause.targetGroups[0]).to.include({ certainty: "sure", answered: 1 });
    expect(cause.targetGroups[0]?.versions).to.deep.equal(["HTTP2"]);
  });

  it("HTTP/1.1 clients at an HTTP/2 target group, HTTP/2 ones being answered", async () => {
    const report = await explained({ edge: "none", version: "HTTP2" }, [
      {},
      { protocol: "HTTP/1.1", headers: { "user-agent": "a-probe/1.0" } },
    ]);
    expect(causesOf(report)).to.deep.equal({ "direct-http1-clients-464": 1 });
    const cause = causeOf(report, "direct-http1-clients-464");
    expect(cause.userAgents.top).to.deep.equal([{ name: "a-probe/1.0", count: 1 }]);
    expect(cause.targetGroups[0]?.versions).to.deep.equal(["HTTP2"]);
    expect(report.loadBalancer?.requests).to.equal(2);
  });

  it("a page out of a gRPC target group", async () => {
    const report = await explained({ edge: "none", version: "GRPC" }, [
      {},
      { protocol: "HTTP/1.1" },
    ]);
    expect(causesOf(report)).to.deep.equal({
      "464-http2-not-post-to-grpc-target": 1,
      "direct-http1-clients-464": 1,
    });
    expect(report.targetGroups[0]).to.deep.include({ versions: ["GRPC"], certainty: "sure" });
  });

  it("gRPC into an HTTP/1.1 target group", async () => {
    const report = await explained({ edge: "none", version: "HTTP1" }, [grpc, {}]);
    expect(causesOf(report)).to.deep.equal({ "464-grpc-to-http1-target": 1 });
    expect(report.targetGroups[0]).to.deep.include({ versions: ["HTTP1"], certainty: "sure" });
  });

  it("a caller without the secret header: a rule answered, which is no error", async () => {
    const report = await explained({ edge: "public", version: "HTTP1" }, [
      {},
      { at: "load balancer", from: cloudfrontAddress },
    ]);
    expect(causesOf(report)).to.deep.equal({ "fixed-response": 1 });
    expect(report.loadBalancer).to.include({ requests: 2, errors: 0, notes: 1 });
  });

  it("a container that does not speak HTTP/2, of which no request gets through", async () => {
    const options = { edge: "none", version: "HTTP2", containerHttp2: false } as const;
    const report = await explained(options, [{}, {}]);
    const [cause, ...others] = report.loadBalancer?.causes ?? [];
    expect(others).to.deep.equal([]);
    expect(cause?.code).to.match(/^502-(target-closed|no-connection)$/);
    expect(cause?.rules).to.include("container-lacks-protocol");
    expect(cause?.hints.join()).to.match(/No request of its target groups was answered/);
  });

  it("nothing, where every request was answered", async () => {
    const report = await explained({ edge: "none", version: "HTTP1" }, [{}, { from: stranger }]);
    expect(report.loadBalancer).to.include({ requests: 2, errors: 0, notes: 0 });
  });
});
