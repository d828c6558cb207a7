/** What a request to a URL gets, in words and statuses. */
import { expect } from "chai";
import { answerIn, statusOf } from "../../../testing/answer";
import type { AnswerStatus, RequestOptions } from "../../../testing";
import { type DeclaredResource, type Props, UNKNOWN } from "../../../topology/resource";
import {
  arn,
  behaviour,
  directProgram,
  origin,
  resource,
  soundProgram,
  vpcOriginProgram,
} from "../rules/program";
import { viewOfResources } from "./views";

type Row = readonly [
  title: string,
  program: () => DeclaredResource[],
  url: string,
  options: RequestOptions,
  status: AnswerStatus,
  by: string,
  why?: RegExp,
];

const site = "https://www.example.com/";
const past = { connectTo: "alb" } as const;
const secret = { "X-Origin-Verify": "b7Jq2mZx9KpLw4Tn" };
const sound =
  (changes: Parameters<typeof soundProgram>[0] = {}) =>
  () =>
    soundProgram(changes);
const direct =
  (changes: Parameters<typeof soundProgram>[0] = {}) =>
  () =>
    directProgram(changes);
const rule = (name: string, priority: number, conditions: Props[], action: Props) =>
  resource(
    "aws:lb/listenerRule:ListenerRule",
    name,
    { ...{ listenerArn: arn.https, priority, conditions }, actions: [action] },
    { arn: `${arn.guarded}-${name}` },
  );
const fixed = (statusCode: string): Props => ({
  ...{ type: "fixed-response", fixedResponse: { statusCode, contentType: "text/plain" } },
});
const path = (...values: unknown[]): Props => ({ pathPattern: { values } });
const plus =
  (program: () => DeclaredResource[], ...more: DeclaredResource[]) =>
  () => [...program(), ...more];

/** A second target group that only takes HTTP/2, without a service. */
const http2Group = resource(
  "aws:lb/targetGroup:TargetGroup",
  "other",
  { port: 80, protocol: "HTTP", protocolVersion: "HTTP2", targetType: "ip" },
  { arn: `${arn.tasks}-other`, name: "other" },
);
const weighted = {
  type: "forward",
  forward: {
    targetGroups: [
      { arn: arn.tasks, weight: 1 },
      { arn: `${arn.tasks}-other`, weight: 1 },
    ],
  },
};
const bucketOrigin = { originId: "s3", domainName: "site.s3.eu-west-1.amazonaws.com" };
const errorPage = { errorCode: 403, responseCode: 200, responsePagePath: "/index.html" };

// prettier-ignore
const rows: readonly Row[] = [
  // Through CloudFront.
  ["a path by itself", sound(), "/", {}, 200, "container nginx of web"],
  ["a whole URL", sound(), `${site}x?y=1`, {}, 200, "container nginx of web"],
  ["CloudFront's own name", sound(), "https://d111111abcdef8.cloudfront.net/", {}, 200, "container nginx of web"],
  ["plain HTTP", sound(), "http://www.example.com/", {}, 301, "CloudFront cdn"],
  ["another port of CloudFront", sound(), "https://www.example.com:8443/", {}, "refused", "CloudFront cdn"],
  ["TLS on port 80", sound(), "https://www.example.com:80/", {}, "not known", "CloudFront cdn"],
  ["a protocol that is not offered", sound(), "/", { protocol: "HTTP/3" }, "refused", "CloudFront cdn"],
  ["a method that is not allowed", sound({ cdn: { defaultCacheBehavior: behaviour({ allowedMethods: ["GET", "HEAD"] }) } }), "/", { method: "POST" }, 403, "CloudFront cdn"],
  ["HTTP/1.1 to an HTTP/2 group", sound({ tasks: { protocolVersion: "HTTP2" } }), "/", {}, 464, "load balancer alb", /HTTP\/1\.1 to origins/],
  ["a WebSocket", sound(), "wss://www.example.com/ws", {}, 200, "container nginx of web"],
  ["gRPC without a gRPC group", sound(), "/", { kind: "grpc" }, 464, "load balancer alb"],
  ["an origin without the secret header", sound({ cdn: { origins: [origin({}, { customHeaders: [] })] } }), "/", {}, 403, "load balancer alb", /default action/],
  ["an origin port without a listener", sound({ cdn: { origins: [origin({ httpsPort: 8443 })] }, "from-cloudfront": { toPort: 9000 } }), "/", {}, 502, "CloudFront cdn", /no listener on port 8443/],
  ["an origin port that is not admitted", sound({ cdn: { origins: [origin({ httpsPort: 8443 })] } }), "/", {}, 504, "CloudFront cdn", /8443/],
  ["a VPC origin", () => vpcOriginProgram(), "/", {}, 200, "container nginx of web"],
  ["tasks that admit nobody", sound({ "task-group": { ingress: [] } }), "/", {}, 504, "load balancer alb"],
  ["a bucket", sound({ cdn: { origins: [origin(), bucketOrigin], orderedCacheBehaviors: [{ ...behaviour(), pathPattern: "/static/*", targetOriginId: "s3" }] } }), "/static/x", {}, "not known", "bucket site"],
  ["next to the bucket", sound({ cdn: { origins: [origin(), bucketOrigin], orderedCacheBehaviors: [{ ...behaviour(), pathPattern: "/static/*", targetOriginId: "s3" }] } }), "/", {}, 200, "container nginx of web"],
  ["an error page", sound({ cdn: { origins: [origin({}, { customHeaders: [] })], customErrorResponses: [errorPage] } }), "/", {}, 200, "CloudFront cdn", /403 with its page \/index\.html/],
  ["a second origin", sound({ cdn: { origins: [origin({}, { customHeaders: [] }), bucketOrigin], originGroups: [{ originId: "both", failoverCriteria: { statusCodes: [403] }, members: [{ originId: "alb" }, { originId: "s3" }] }], defaultCacheBehavior: behaviour({ targetOriginId: "both" }) } }), "/", {}, "not known", "CloudFront cdn", /origin s3/],
  ["a function before the origin", sound({ cdn: { defaultCacheBehavior: behaviour({ functionAssociations: [{ eventType: "viewer-request", functionArn: "arn:aws:cloudfront::123456789012:function/f" }] }) } }), "/", {}, "not known", "CloudFront cdn", /viewer-request/],
  ["signed URLs", sound({ cdn: { defaultCacheBehavior: behaviour({ trustedKeyGroups: ["k"] }) } }), "/", {}, "not known", "CloudFront cdn", /signed/],
  // Past CloudFront.
  ["from the internet", sound(), site, past, "not admitted", "security group of load balancer alb"],
  ["from another distribution", sound(), site, { ...past, from: "cloudfront" }, 403, "load balancer alb"],
  ["with the secret", sound(), site, { ...past, from: "cloudfront", headers: secret }, 200, "container nginx of web"],
  ["an address that is admitted", sound({ "from-cloudfront": { prefixListId: undefined, cidrIpv4: "203.0.113.0/24" } }), site, { ...past, from: { address: "203.0.113.9" } }, 403, "load balancer alb"],
  // Without CloudFront.
  ["a load balancer", direct(), site, past, 200, "container nginx of web"],
  ["HTTP/1.1 to it", direct({ tasks: { protocolVersion: "HTTP2" } }), site, { ...past, protocol: "HTTP/1.1" }, 464, "load balancer alb"],
  ["a port without a listener", direct({ "from-cloudfront": { prefixListId: undefined, cidrIpv4: "0.0.0.0/0", fromPort: 0, toPort: 9000 } }), "http://x/", past, "refused", "load balancer alb", /port 80/],
  ["a rule's own answer", plus(direct(), rule("away", 1, [path("/old/*")], fixed("410"))), "https://x/old/a", past, 410, "load balancer alb", /listener rule 1/],
  ["a path that the rule does not take", plus(direct(), rule("away", 1, [path("/old/*")], fixed("410"))), "https://x/new", past, 200, "container nginx of web"],
  ["a path with another case", plus(direct(), rule("away", 1, [path("/old/*")], fixed("410"))), "https://x/OLD/a", past, 200, "container nginx of web"],
  ["a rule about the host", plus(direct(), rule("host", 1, [{ hostHeader: { values: ["a.example.com"] } }], fixed("410"))), "https://A.example.com/", past, 410, "load balancer alb"],
  ["a rule about the method", plus(direct(), rule("method", 1, [{ httpRequestMethod: { values: ["POST"] } }], fixed("405"))), "https://x/", { ...past, method: "POST" }, 405, "load balancer alb"],
  ["a rule about the query", plus(direct(), rule("query", 1, [{ queryStrings: [{ key: "v", value: "1" }] }], fixed("410"))), "https://x/?v=1", past, 410, "load balancer alb"],
  ["a rule about the caller", plus(direct(), rule("caller", 1, [{ sourceIp: { values: ["198.51.100.0/24"] } }], fixed("403"))), "https://x/", past, 403, "load balancer alb"],
  ["groups that answer alike", plus(direct({ https: { defaultActions: [weighted] } }), http2Group), site, { ...past, protocol: "HTTP/2" }, 200, "container nginx of web"],
  ["groups that answer differently", plus(direct({ https: { defaultActions: [weighted] } }), http2Group), site, { ...past, protocol: "HTTP/1.1" }, "not known", "load balancer alb", /200 .*464/],
  // What a preview does not know.
  ["an unknown protocol version", sound({ tasks: { protocolVersion: UNKNOWN } }), "/", {}, "not known", "container nginx of web", /protocolVersion of tasks/],
  ["what does not depend on it", sound({ tasks: { protocolVersion: UNKNOWN } }), "http://www.example.com/", {}, 301, "CloudFront cdn"],
  ["a rule with unknown paths", plus(direct(), rule("away", 1, [path(UNKNOWN)], fixed("410"))), "https://x/", past, "not known", "load balancer alb", /of away/],
  ["a rule with unknown conditions", plus(direct(), rule("away", 1, UNKNOWN as unknown as Props[], fixed("410"))), "https://x/", past, "not known", "load balancer alb", /conditions of away/],
  ["an unknown path next to one that matches", plus(direct(), rule("away", 1, [path("/old/*", UNKNOWN)], fixed("410"))), "https://x/old/a", past, 410, "load balancer alb"],
  ["an unknown path of a rule about another host", plus(direct(), rule("away", 1, [path(UNKNOWN), { hostHeader: { values: ["a.example.com"] } }], fixed("410"))), "https://x/", past, 200, "container nginx of web"],
  ["an unknown action", plus(direct(), rule("away", 1, [path("/old/*")], { type: UNKNOWN })), "https://x/old/a", past, "not known", "load balancer alb"],
  ["an unknown default action", direct({ https: { defaultActions: UNKNOWN } }), "https://x/", past, "not known", "load balancer alb"],
  ["an unknown listener of a rule", plus(direct(), { ...rule("away", 1, [path("/old/*")], fixed("410")), inputs: { listenerArn: UNKNOWN, priority: 1 }, outputs: { listenerArn: UNKNOWN, priority: 1 } }), "https://x/", past, "not known", "load balancer alb", /listenerArn of away/],
  ["an unknown security group", direct({ "from-cloudfront": { prefixListId: undefined, cidrIpv4: UNKNOWN } }), site, past, "not known", "container nginx of web"],
  ["an unknown behaviour", sound({ cdn: { defaultCacheBehavior: behaviour({ viewerProtocolPolicy: UNKNOWN }) } }), "/", {}, "not known", "CloudFront cdn", /viewerProtocolPolicy of cdn/],
];

describe("what a request to a URL gets", () => {
  for (const [title, program, url, options, status, by, why = /./] of rows)
    it(`${title}: ${status}`, () => {
      const answer = answerIn(viewOfResources(program()), url, options);
      expect({ status: answer.status, by: answer.by }).to.deep.equal({ status, by });
      expect(answer.why).to.match(why);
    });

  it("names what the answer assumes", () => {
    const restrictions = { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } };
    const view = viewOfResources(soundProgram({ cdn: { restrictions, webAclId: "arn:acl" } }));
    expect(answerIn(view, "/").assumed).to.include.members([
      "The web ACL lets the request pass.",
      "The geographic restriction allows the viewer's country.",
    ]);
  });

  it("names a certificate without the name in the URL", () => {
    const view = viewOfResources(directProgram());
    expect(answerIn(view, "https://x.example.org/", past).assumed).to.include(
      "The caller accepts a certificate without the name x.example.org.",
    );
  });

  const wrong: readonly (readonly [string, RequestOptions, RegExp])[] = [
    [
      "https://wwww.example.com/",
      {},
      /has the name wwww\.example\.com\. Names: www\.example\.com, .*connectTo: "cdn" or "alb"/,
    ],
    ["/", { connectTo: "lb" }, /connectTo: lb is the logical name of no .*"cdn" or "alb"/],
    ["www.example.com", {}, /is no URL/],
    ["ftp://www.example.com/", {}, /write a path, or an https:/],
  ];
  for (const [url, options, message] of wrong)
    it(`refuses ${url} ${JSON.stringify(options)}`, () => {
      const view = viewOfResources(soundProgram());
      expect(() => answerIn(view, url, options)).to.throw(message);
    });

  it("says what a path by itself lacks in a stack without paths", () => {
    const view = viewOfResources([]);
    expect(() => answerIn(view, "/")).to.throw("no path to a container: write the whole URL");
  });
});

describe("answers to URLs and the plan's requests", () => {
  const programs = {
    sound: sound(),
    "an HTTP/2 group": sound({ tasks: { protocolVersion: "HTTP2" } }),
    "a closed task group": sound({ "task-group": { ingress: [] } }),
    "a VPC origin": () => vpcOriginProgram(),
    direct: direct(),
    "direct, an HTTP/2 group": direct({ tasks: { protocolVersion: "HTTP2" } }),
  };
  for (const [title, program] of Object.entries(programs))
    it(`agree: ${title}`, () => {
      const view = viewOfResources(program());
      const [path] = view.plan.paths;
      const requests = path?.requests.filter(({ tls, entry }) => tls && entry === "front") ?? [];
      expect(requests.length).to.be.greaterThan(1);
      for (const request of requests) {
        const { kind, protocol } = request;
        const got = answerIn(view, "/", { kind, protocol });
        expect(got.status, request.title).to.equal(statusOf(request));
      }
    });
});
