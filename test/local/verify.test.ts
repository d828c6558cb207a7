/** What `plan` predicts, what is served, and what `verify` finds, held against each other. */
import { expect } from "chai";
import { servingOf } from "../../cli/serving";
import { evaluateStack, type EvaluatedStack } from "../../cli/plan/evaluateStack";
import { answerText } from "../../cli/show/answers";
import { makePlan } from "../../cli/plan/make";
import { maximumRequests } from "../../cli/verify/context";
import { promiseOf } from "../../cli/verify/promise";
import { localTargets } from "../../cli/verify/targets";
import type { Check, VerifyReport } from "../../cli/verify/types";
import { verify } from "../../cli/verify/verify";
import { Account } from "../../local/model/account";
import { ruleOf } from "../../rules";
import type { LocalResource, Props } from "../../local/model/types";
import { endServing, projectDir, requestsAt, serving, type Serving } from "./serving";
import { secret, stack, type Stack } from "./stacks/resources";

const port = 18611;
const closed = { version: "HTTP1", edge: "public", listener: "HTTPS", port } as const;
const direct = { version: "HTTP2", edge: "none", listener: "HTTPS", port } as const;

/** Resources by hand as an evaluated stack. */
function evaluated(resources: readonly LocalResource[]): EvaluatedStack {
  const account = new Account({ region: "ap-northeast-1" });
  const evaluation = {
    stack: "test",
    cwd: projectDir,
    account,
    resources,
    outputs: {},
    logs: [],
    refusals: [],
    notChecked: [],
    secrets: new Set([secret]),
  };
  return { project: "by-hand", stack: "test", evaluation, problems: [] };
}

/** Requests that came from outside. */
function received(served: Serving): number {
  const edge = requestsAt(served, "cloudfront").length;
  const past = requestsAt(served, "load-balancer").filter(({ edgeId }) => edgeId === undefined);
  return edge + past.length;
}

/** Serves one declaration, and holds it against the promises of another. */
async function verified(
  promised: EvaluatedStack,
  resources: readonly LocalResource[] = promised.evaluation.resources,
): Promise<{ report: VerifyReport; served: Serving }> {
  const served = await serving(resources);
  const promise = promiseOf(promised);
  const report = await verify(localTargets(servingOf(served), promise), promise, { seconds: 30 });
  return { report, served };
}

const failures = ({ checks }: VerifyReport): string[] =>
  checks.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
const byId = ({ checks }: VerifyReport, id: string): Check | undefined =>
  checks.find((check) => check.id === id);

describe("verify, against what is served", () => {
  afterEach(endServing);

  it("client certificates: with one as plan predicts, and no answer without", async () => {
    const plain = stack(direct);
    const mutualAuthentication = { mode: "verify", trustStoreArn: "arn:elsewhere" };
    const asking = plain.with("aws:lb/listener:Listener", "main", { mutualAuthentication });
    const promised = evaluated(asking);
    const { report } = await verified(promised);
    expect(failures(report)).to.deep.equal([]);
    expect(byId(report, "viewer-http2")?.actual).to.match(/^200/);
    expect(byId(report, "viewer-without-certificate")?.expected).to.equal("no connection");
    await endServing();
    // Served without the check that the program declares.
    const { report: open } = await verified(evaluated(asking), plain.resources);
    expect(failures(open)).not.to.be.empty;
  });

  for (const name of ["dev", "prod", "h2"])
    it(`${name}: everything is as plan predicts, in a handful of requests`, async () => {
      const promised = await evaluateStack(projectDir, name);
      const { report, served } = await verified(promised);
      expect(failures(report)).to.deep.equal([]);
      expect(report.verdict).to.equal("ok");
      expect(report.requests).to.be.at.most(maximumRequests);
      expect(received(served)).to.be.at.most(report.requests);
      expect(received(served)).to.be.greaterThan(2);
      const predicted = makePlan(promised).paths[0]?.requests;
      for (const [id, title] of [
        ["viewer-http2", "a viewer, HTTP/2"],
        ["viewer-http1", "a viewer, HTTP/1.1"],
      ] as const) {
        const prediction = predicted?.find((request) => request.title === title);
        const actual = byId(report, id)?.actual;
        expect(actual?.split(" ")[0]).to.equal(prediction && answerText(prediction));
      }
    });

  it("h2: HTTP/1.1 gets the 464 that plan predicts, and that is as promised", async () => {
    const { report } = await verified(evaluated(stack(direct).resources));
    expect(byId(report, "viewer-http1")).to.include({ verdict: "pass", expected: "464" });
    expect(byId(report, "viewer-http2")?.actual).to.equal("200");
    expect(byId(report, "hops")?.actual).to.equal("HTTP/2, HTTP/2");
  });

  const variations: [string, Parameters<typeof stack>[0]][] = [
    ["a VPC origin", { ...closed, edge: "vpc", listener: "HTTP" }],
    ["TLS to the tasks", { ...closed, targetProtocol: "HTTPS" }],
    ["an app behind nginx", { ...closed, app: true }],
    ["HTTP/1.1 only", { ...closed, httpVersion: "http1.1" }],
    ["HTTP/1.1 straight to the load balancer", { ...direct, version: "HTTP1" }],
  ];
  for (const [what, options] of variations)
    it(`agrees with ${what}`, async () => {
      const { report } = await verified(evaluated(stack(options).resources));
      expect(failures(report)).to.deep.equal([]);
    });

  describe("a path that is broken by its own program", () => {
    const broken: [string, LocalResource[], string, string][] = [
      [
        "HTTP/1.1 into HTTP2",
        stack({ ...closed, version: "HTTP2" }).resources,
        "464",
        "edge-http1-to-http2-target",
      ],
      [
        "HTTP/1.1 into GRPC",
        stack({ ...closed, version: "GRPC" }).resources,
        "464",
        "edge-http1-to-grpc-target",
      ],
      [
        "a header that CloudFront does not send",
        stack(closed).with("aws:lb/listenerRule:ListenerRule", "secret", {
          conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Secret", values: ["another"] } }],
        }),
        "403",
        "secret-header-not-sent",
      ],
      [
        "a load balancer that CloudFront cannot reach",
        stack(closed).with("aws:lb/loadBalancer:LoadBalancer", "web", { internal: true }),
        "504",
        "public-origin-internal-load-balancer",
      ],
    ];
    for (const [what, resources, status, code] of broken)
      it(`${what}: ${status} as predicted, and yet nothing that may pass`, async () => {
        const promised = evaluated(resources);
        const { report } = await verified(promised);
        expect(byId(report, "viewer-http2")).to.include({ expected: status, verdict: "pass" });
        expect(byId(report, "viewer-http1")).to.include({ expected: status, verdict: "pass" });
        expect(report.verdict).to.equal("failed");
        expect(failures(report)).to.deep.equal(["plan"]);
        expect(byId(report, "plan")?.rules).to.include(code);
        expect(byId(report, "plan")?.actual).to.include(code);
        expect(makePlan(promised).verdict).to.equal("error");
      });
  });

  describe("what is served differs from what is promised", () => {
    const s = stack(closed);
    const listener = "aws:lb/listener:Listener";
    const distribution = "aws:cloudfront/distribution:Distribution";
    const group = "aws:lb/targetGroup:TargetGroup";
    const inbound = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const cdn = s.find(distribution).inputs;
    const forward = { type: "forward", targetGroupArn: s.find(group).id };
    const behaviour = (change: Props): Props => ({
      defaultCacheBehavior: { ...(cdn.defaultCacheBehavior as object), ...change },
    });
    const differences: [string, Stack, LocalResource[], string[], string?][] = [
      [
        "the target group takes HTTP/2",
        s,
        s.with(group, "tasks", { protocolVersion: "HTTP2" }),
        ["viewer-http2", "viewer-http1"],
        "edge-http1-to-http2-target",
      ],
      [
        "the load balancer forwards without the header",
        s,
        s.with(listener, "main", { defaultActions: [forward] }),
        ["load-balancer-secret"],
        "no-secret-header",
      ],
      [
        "the security group admits everybody",
        s,
        s.with(inbound, "lb-in", { prefixListId: undefined, cidrIpv4: "0.0.0.0/0" }),
        ["load-balancer"],
        "load-balancer-open-behind-edge",
      ],
      [
        "no HTTP/2 at the edge",
        s,
        s.with(distribution, "cdn", { httpVersion: "http1.1" }),
        ["alpn", "viewer-http2"],
      ],
      [
        "no redirect",
        s,
        s.with(distribution, "cdn", behaviour({ viewerProtocolPolicy: "allow-all" })),
        ["redirect"],
        "viewers-plain-http",
      ],
      [
        "TLS 1.2 is refused",
        s,
        s.with(distribution, "cdn", {
          viewerCertificate: {
            ...(cdn.viewerCertificate as object),
            minimumProtocolVersion: "TLSv1.3_2025",
          },
        }),
        ["tls-1.2"],
      ],
    ];
    for (const [what, promised, resources, expected, rule] of differences)
      it(`${what}: found${rule === undefined ? "" : `, as ${rule}`}`, async () => {
        const { report } = await verified(evaluated(promised.resources), resources);
        expect(failures(report)).to.deep.equal(expected);
        expect(report.verdict).to.equal("failed");
        if (rule === undefined) return;
        for (const id of expected) {
          const changes = byId(report, id)?.changes ?? [];
          expect(byId(report, id)?.rules).to.include(rule);
          expect(changes.find((one) => one.rule === rule)?.change).to.equal(ruleOf(rule).fix);
        }
      });
  });

  it("a response headers policy that is not in force is found", async () => {
    const s = stack(closed);
    const cdn = s.find("aws:cloudfront/distribution:Distribution").inputs;
    const promised = s.with("aws:cloudfront/distribution:Distribution", "cdn", {
      defaultCacheBehavior: {
        ...(cdn.defaultCacheBehavior as object),
        responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
      },
    });
    const kept = await verified(evaluated(promised));
    expect(failures(kept.report)).to.deep.equal([]);
    expect(byId(kept.report, "header-x-content-type-options")?.verdict).to.equal("pass");
    await endServing();
    const { report } = await verified(evaluated(promised), s.resources);
    expect(failures(report)).to.include("header-x-xss-protection");
  });

  it("never says what is secret", async () => {
    const { report } = await verified(evaluated(stack(closed).resources));
    expect(JSON.stringify(report)).to.not.include(secret);
  });
});
