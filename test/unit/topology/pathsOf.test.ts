import { expect } from "chai";
import fc from "fast-check";
import type { LocalResource, Props } from "../../../local/model/types";
import { requestsOf } from "../../../cli/plan/requests";
import { hopsOf } from "../../../path/hops";
import { resolvePath } from "../../../rules/resolve";
import { readTopology } from "../../../topology";
import { pathOf, pathsOf, type FoundPath } from "../../../topology/pathOf";
import { matchesEveryPath, patternsMeet } from "../../../topology/patterns";
import { arn, cloudfrontList, secret, stack, type Stack } from "../../local/stacks/resources";

const lists = new Map([[cloudfrontList, 4 as const]]);
const closed = { version: "HTTP1", edge: "public", listener: "HTTPS", port: 8080 } as const;
const token = {
  distribution: "aws:cloudfront/distribution:Distribution",
  group: "aws:lb/targetGroup:TargetGroup",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  service: "aws:ecs/service:Service",
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
};

const pathsIn = (resources: readonly LocalResource[]): FoundPath[] =>
  pathsOf(readTopology(resources), lists);

/** A second target group with a service of its own. */
function secondService(s: Stack, name = "api"): { arn: string; forward: Props } {
  const group = arn("elasticloadbalancing", `targetgroup/${name}/0`);
  const first = s.find(token.group, "tasks");
  s.add(
    token.group,
    name,
    { ...first.inputs, protocolVersion: "HTTP2" },
    { arn: group, name },
    group,
  );
  const service = s.find(token.service, "web").inputs;
  s.add(token.service, name, {
    ...service,
    loadBalancers: [{ targetGroupArn: group, containerName: "nginx", containerPort: 8080 }],
  });
  return { arn: group, forward: { type: "forward", targetGroupArn: group } };
}

function rule(s: Stack, name: string, priority: number, conditions: Props[], action: Props): void {
  const listenerArn = s.find(token.listener).id;
  s.add(token.rule, name, { listenerArn, priority, conditions, actions: [action] });
}

const byPath = (...values: string[]): Props => ({ pathPattern: { values } });
const byHost = (...values: string[]): Props => ({ hostHeader: { values } });
const byHeader = (value: string, httpHeaderName = "x-origin-secret"): Props => ({
  httpHeader: { httpHeaderName, values: [value] },
});

/** The distribution with further behaviours before the default one. */
function withBehaviours(s: Stack, patterns: readonly string[]): LocalResource[] {
  const { defaultCacheBehavior } = s.find(token.distribution).inputs;
  return s.with(token.distribution, "cdn", {
    orderedCacheBehaviors: patterns.map((pathPattern) => ({
      ...(defaultCacheBehavior as object),
      pathPattern,
    })),
  });
}

describe("all paths of a program", () => {
  it("are one where there is one, with the resources it leads over", () => {
    const [path, ...more] = pathsIn(stack(closed).resources);
    expect(more).to.deep.equal([]);
    expect(path?.via).to.deep.include({
      distributionId: "E1A2B3C4D5E6F7",
      pathPattern: "*",
      rulePriority: 1,
      serviceArn: "web",
    });
    expect(path?.spec.edge?.sendsSecretHeader).to.equal(true);
    expect(path && resolvePath(path.spec).findings).to.deep.equal([]);
  });

  it("start with the default behaviour's, then the others' in their order", () => {
    const found = pathsIn(withBehaviours(stack(closed), ["/b/*", "/a/*"]));
    expect(found.map(({ via }) => via.pathPattern)).to.deep.equal(["*", "/b/*", "/a/*"]);
  });

  it("leave out a behaviour whose origin is a bucket, also where it is the default one", () => {
    const s = stack(closed);
    const { origins, defaultCacheBehavior } = s.find(token.distribution).inputs;
    const behaviour = defaultCacheBehavior as Props;
    const resources = s.with(token.distribution, "cdn", {
      origins: [...(origins as object[]), { originId: "s3", domainName: "b.s3.amazonaws.com" }],
      orderedCacheBehaviors: [{ ...behaviour, pathPattern: "/api/*" }],
      defaultCacheBehavior: { ...behaviour, targetOriginId: "s3" },
    });
    expect(pathsIn(resources).map(({ via }) => via.pathPattern)).to.deep.equal(["/api/*"]);
    expect(pathOf(readTopology(resources), lists)?.via.pathPattern).to.equal("/api/*");
  });

  it("tell viewers with TLS from those without, where each have a listener", () => {
    const s = stack({ ...closed, listener: "HTTPS" });
    const { origins, defaultCacheBehavior } = s.find(token.distribution).inputs;
    const { inputs } = s.find(token.listener);
    const targetGroupArn = s.find(token.group).id;
    const forward = { type: "forward", targetGroupArn };
    s.add(
      token.listener,
      "plain",
      { ...inputs, port: 80, protocol: "HTTP", defaultActions: [forward] },
      { arn: "plain" },
      "plain",
    );
    const resources = s.with(token.distribution, "cdn", {
      origins: (origins as Props[]).map(({ customOriginConfig, ...rest }) => ({
        ...rest,
        customOriginConfig: {
          ...(customOriginConfig as Props),
          originProtocolPolicy: "match-viewer",
        },
      })),
      defaultCacheBehavior: {
        ...(defaultCacheBehavior as Props),
        viewerProtocolPolicy: "allow-all",
      },
    });
    const found = pathsIn(resources);
    expect(
      found.map(({ spec, via }) => [
        ...[via.listenerArn === "plain", spec.edge?.viewerTls],
        ...requestsOf(spec).flatMap(({ title, tls }) =>
          title.startsWith("a viewer") ? [`${title}: ${tls ? "TLS" : "plain"}`] : [],
        ),
        ...hopsOf(spec)
          .slice(0, 2)
          .map(({ tls, port }) => `${port} ${tls ? "TLS" : "plain"}`),
      ]),
    ).to.deep.equal([
      [
        false,
        true,
        "a viewer, HTTP/3: TLS",
        "a viewer, HTTP/2: TLS",
        "a viewer, HTTP/1.1: TLS",
        "443 TLS",
        "443 TLS",
      ],
      [true, false, "a viewer, without TLS: plain", "80 plain", "80 plain"],
    ]);
    const codes = found.flatMap(({ spec }) => resolvePath(spec).findings.map(({ code }) => code));
    expect(codes).not.to.include("origin-protocol-mismatch");
    expect(codes.filter((code) => code === "viewers-plain-http")).to.have.length(1);
  });

  it("follow rules to their target groups, but not where a behaviour's requests cannot go", () => {
    const s = stack(closed);
    const { forward } = secondService(s);
    rule(s, "api", 0, [byHeader(secret), byPath("/api/*")], forward);
    const found = pathsIn(withBehaviours(s, ["/img/*", "/api/v1/*"]));
    const ends = found.map(({ via, spec }) => [
      via.pathPattern,
      via.rulePriority,
      spec.target.protocolVersion,
    ]);
    expect(ends).to.deep.equal([
      ["*", 0, "HTTP2"],
      ["*", 1, "HTTP1"],
      ["/img/*", 1, "HTTP1"],
      ["/api/v1/*", 0, "HTTP2"],
      ["/api/v1/*", 1, "HTTP1"],
    ]);
  });

  it("put an origin's path before a behaviour's pattern", () => {
    const s = stack(closed);
    const { forward } = secondService(s);
    rule(s, "v2", 0, [byHeader(secret), byPath("/v2/*")], forward);
    const [origin] = s.find(token.distribution).inputs.origins as Props[];
    const at = (originPath: string): (number | undefined)[] =>
      pathsIn(s.with(token.distribution, "cdn", { origins: [{ ...origin, originPath }] })).map(
        ({ via }) => via.rulePriority,
      );
    expect(at("/v2")).to.include(0);
    expect(at("/v1")).to.deep.equal([1]);
  });

  it("end at a rule that takes everything; what comes after it gets nothing", () => {
    const s = stack(closed);
    const { forward } = secondService(s);
    rule(s, "all", 0, [byHeader(secret), byPath("/*")], forward);
    expect(pathsIn(s.resources).map(({ via }) => via.rulePriority)).to.deep.equal([0]);
  });

  it("ask which Host the load balancer sees", () => {
    const s = stack(closed);
    const { forward } = secondService(s);
    rule(s, "host", 0, [byHeader(secret), byHost("WWW.example.com")], forward);
    const resources = s.resources;
    expect(pathsIn(resources).map(({ via }) => via.rulePriority)).to.deep.equal([0]);
    const { defaultCacheBehavior } = s.find(token.distribution).inputs;
    const withoutHost = s.with(token.distribution, "cdn", {
      defaultCacheBehavior: {
        ...(defaultCacheBehavior as object),
        originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      },
    });
    const [first, missed, ...more] = pathsIn(withoutHost);
    expect([first?.via.rulePriority, first?.spec.listener.missedHost]).to.deep.equal([
      1,
      undefined,
    ]);
    expect(missed?.via.rulePriority).to.equal(0);
    expect(missed?.spec.listener.missedHost?.asked).to.deep.equal(["WWW.example.com"]);
    expect(more).to.deep.equal([]);
  });

  it("know whether CloudFront sends the header that a rule asks for, by name and value", () => {
    const sends = (conditions: Props[]): (boolean | undefined)[] => {
      const s = stack(closed);
      return pathsIn(s.with(token.rule, "secret", { conditions })).map(
        ({ spec }) => spec.edge?.sendsSecretHeader,
      );
    };
    expect(sends([byHeader(secret)])).to.deep.equal([true]);
    expect(sends([byHeader("another")])).to.deep.equal([false]);
    expect(sends([byHeader(secret, "x-other")])).to.deep.equal([false]);
    expect(
      sends([{ httpHeader: { httpHeaderName: "x-origin-secret", values: ["old", secret] } }]),
    ).to.deep.equal([true]);
  });

  it("take no header for a guard where the default action forwards all the same", () => {
    const s = stack(closed);
    const forward = { type: "forward", targetGroupArn: s.find(token.group).id };
    const guarded = pathsIn(s.resources)[0]?.spec.listener.requiresSecretHeader;
    const open = pathsIn(s.with(token.listener, "main", { defaultActions: [forward] }));
    expect(guarded).to.equal(true);
    expect(open.map(({ spec }) => spec.listener.requiresSecretHeader)).to.deep.equal([false]);
  });

  it("split where an action is weighted, without those that get nothing", () => {
    const s = stack({ ...closed, edge: "none" });
    const { arn: other } = secondService(s);
    const groups = (weight: number): string[] =>
      pathsIn(
        s.with(token.listener, "main", {
          defaultActions: [
            {
              type: "forward",
              forward: {
                targetGroups: [
                  { arn: s.find(token.group).id, weight: 1 },
                  { arn: other, weight },
                ],
              },
            },
          ],
        }),
      ).map(({ spec }) => spec.target.protocolVersion);
    expect(groups(9)).to.deep.equal(["HTTP1", "HTTP2"]);
    expect(groups(0)).to.deep.equal(["HTTP1"]);
  });

  it("keep two rules of one priority apart, which AWS refuses", () => {
    const s = stack({ ...closed, edge: "none" });
    const { forward } = secondService(s);
    for (const name of ["a", "b"]) rule(s, name, 5, [byPath(`/${name}/*`)], forward);
    const topology = readTopology(s.resources);
    const rules = topology.loadBalancers.flatMap(({ listeners }) =>
      listeners.flatMap((listener) => listener.rules),
    );
    const patterns = pathsOf(topology, lists).flatMap(({ via }) =>
      rules
        .filter(({ arn }) => arn === via.ruleArn)
        .flatMap(({ conditions }) =>
          conditions.flatMap((condition) => (condition.field === "path" ? condition.values : [])),
        ),
    );
    expect(patterns).to.deep.equal(["/a/*", "/b/*"]);
  });

  it("come last where no service of the program is behind the target group", () => {
    const s = stack({ ...closed, edge: "none" });
    const { forward } = secondService(s);
    rule(s, "api", 5, [byPath("/api/*")], forward);
    const without = s.without(token.service, "web");
    const found = pathsIn(without);
    expect(found.map(({ via }) => [via.serviceArn, via.rulePriority])).to.deep.equal([
      ["api", 5],
      [undefined, undefined],
    ]);
    expect(found[1]?.assumed.join()).to.match(/No service or instance of the program/);
    const none = without.filter(({ type }) => type !== token.service);
    expect(pathOf(readTopology(none), lists)).to.equal(undefined);
  });

  it("use a listener other than CloudFront's only if it admits other callers", () => {
    const admin = (cidr: string | undefined): (number | undefined)[] => {
      const s = stack(closed);
      const { forward } = secondService(s);
      const id = arn("elasticloadbalancing", "listener/app/web/50dc6c495c0c9188/admin");
      s.add(
        token.listener,
        "admin",
        { ...s.find(token.listener).inputs, port: 8443, defaultActions: [forward] },
        { arn: id },
        id,
      );
      if (cidr !== undefined)
        s.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "office", {
          securityGroupId: "sg-lb",
          ipProtocol: "tcp",
          fromPort: 8443,
          toPort: 8443,
          cidrIpv4: cidr,
        });
      return pathsIn(s.resources).map(({ spec }) => (spec.edge ? undefined : spec.listener.port));
    };
    expect(admin(undefined)).to.deep.equal([undefined]);
    expect(admin("203.0.113.0/24")).to.deep.equal([undefined, 8443]);
  });

  it("lead over the listener that CloudFront calls, else over one that forwards, to say what is wrong", () => {
    const s = stack(closed);
    const forward = { type: "forward", targetGroupArn: s.find(token.group).id };
    const id = arn("elasticloadbalancing", "listener/app/web/50dc6c495c0c9188/plain");
    const plain = { ...s.find(token.listener).inputs, port: 80, protocol: "HTTP" };
    s.add(token.listener, "plain", { ...plain, defaultActions: [forward] }, { arn: id }, id);
    const [origin] = s.find(token.distribution).inputs.origins as Props[];
    const config = origin?.customOriginConfig as Props;
    const called = (change: Props): [number, string][] =>
      pathsIn(
        s.with(token.distribution, "cdn", {
          origins: [{ ...origin, customOriginConfig: { ...config, ...change } }],
        }),
      )
        .filter(({ spec }) => spec.edge)
        .map(({ spec }) => [spec.listener.port, spec.listener.protocol]);
    expect(called({ originProtocolPolicy: "http-only" })).to.deep.equal([[80, "HTTP"]]);
    expect(called({ originProtocolPolicy: "https-only" })).to.deep.equal([[443, "HTTPS"]]);
    expect(called({ originProtocolPolicy: "https-only", httpsPort: 9443 })).to.deep.equal([
      [443, "HTTPS"],
      [80, "HTTP"],
    ]);
  });

  it("are for gRPC where the target group or the behaviour is", () => {
    const kinds = (o: Partial<Parameters<typeof stack>[0]>, grpc: boolean): unknown => {
      const s = stack({ ...closed, ...o });
      if (!grpc) return pathsIn(s.resources)[0]?.spec.mustWork;
      const { defaultCacheBehavior } = s.find(token.distribution).inputs;
      const enabled = { ...(defaultCacheBehavior as object), grpcConfig: { enabled: true } };
      return pathsIn(s.with(token.distribution, "cdn", { defaultCacheBehavior: enabled }))[0]?.spec
        .mustWork;
    };
    expect(kinds({}, false)).to.deep.equal(["http"]);
    expect(kinds({ version: "GRPC", edge: "none" }, false)).to.deep.equal(["grpc"]);
    expect(kinds({ version: "GRPC" }, true)).to.deep.equal(["grpc"]);
    expect(kinds({}, true)).to.deep.equal(["http", "grpc"]);
  });

  it("say what they assume of groups that are not in the program", () => {
    const s = stack({ ...closed, edge: "none" });
    const [path] = pathsIn(s.without("aws:ec2/securityGroup:SecurityGroup", "task-sg"));
    expect(path?.spec.target.admits).to.deep.equal([{ kind: "load-balancer" }]);
    expect(path?.assumed.join()).to.match(/security group of the service web/);
    expect(pathsIn(s.resources)[0]?.assumed).to.deep.equal([]);
  });
});

describe("two patterns", () => {
  const rows: [string, string, boolean][] = [
    ["/api/*", "/api/v1/*", true],
    ["/api/*", "/img/*", false],
    ["*.jpg", "/img/*", true],
    ["/a?c", "/abc", true],
    ["/a?c", "/ac", false],
    ["/abc", "/abc", true],
    ["/abc", "/ABC", false],
    ["*", "", true],
    ["", "a", false],
    ["/*/x", "/y/*", true],
    ["*.jpg", "*.png", false],
  ];
  for (const [a, b, meet] of rows)
    it(`${a || "(empty)"} and ${b || "(empty)"} ${meet ? "can match the same" : "never match the same"}`, () => {
      expect(patternsMeet(a, b)).to.equal(meet);
      expect(patternsMeet(b, a)).to.equal(meet);
    });

  it("meet exactly where some text matches both", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 4 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
    const expression = (p: string): RegExp =>
      new RegExp(`^${p.replaceAll("?", ".").replaceAll("*", ".*")}$`);
    fc.assert(
      fc.property(
        pattern,
        letters,
        (p, text) => patternsMeet(p, text) === expression(p).test(text),
      ),
    );
    // Of two patterns: every text of up to eight letters is tried.
    const texts = [""];
    for (const text of texts) if (text.length < 8) texts.push(`${text}a`, `${text}b`);
    fc.assert(
      fc.property(pattern, pattern, (p, q) => {
        const [one, other] = [expression(p), expression(q)];
        return patternsMeet(p, q) === texts.some((text) => one.test(text) && other.test(text));
      }),
    );
  });

  it("of every path are stars only", () => {
    expect(["*", "/*", "/**"].map(matchesEveryPath)).to.deep.equal([true, true, true]);
    expect(["/a*", "*.jpg", ""].map(matchesEveryPath)).to.deep.equal([false, false, false]);
  });
});
