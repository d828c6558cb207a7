/** Which requests a check makes: all of a front's first path, and one for every other rule. */
import { expect } from "chai";
import { checkedPaths } from "../../../cli/local/checkedPaths";
import { probesFor } from "../../../cli/local/probes";
import { prefixLists } from "../../../local/model/cloudfrontPrefixLists";
import type { Served } from "../../../local/serve";
import { readTopology } from "../../../topology";
import { pathsOf } from "../../../topology/pathOf";
import { writtenProject } from "../projectFolder";

const program = `
import * as aws from "@pulumi/aws";
const vpcId = "vpc-0123456789abcdef0", subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const open = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const group = new aws.ec2.SecurityGroup("all", { vpcId, ingress: [open], egress: [open] });
const lb = new aws.lb.LoadBalancer("web", { subnets, securityGroups: [group.id] });
const task = new aws.ecs.TaskDefinition("t", { family: "t", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions: JSON.stringify([{ name: "app", image: "nginx:1.27", portMappings: [{ containerPort: 8080 }] }]) });
const service = (name: string) => {
  const { arn } = new aws.lb.TargetGroup(name, { vpcId, port: 8080, protocol: "HTTP", targetType: "ip" });
  new aws.ecs.Service(name, { cluster: "shared", taskDefinition: task.arn, launchType: "FARGATE", networkConfiguration: { subnets, securityGroups: [group.id] }, loadBalancers: [{ targetGroupArn: arn, containerName: "app", containerPort: 8080 }] });
  return [{ type: "forward", targetGroupArn: arn }];
};
const { arn: listenerArn } = new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, defaultActions: service("rest") });
const rule = (name: string, priority: number, ...conditions: object[]) =>
  new aws.lb.ListenerRule(name, { listenerArn, priority, conditions, actions: service(name) });
const paths = (...values: string[]) => ({ pathPattern: { values } });
rule("orders", 1, paths("/orders/*"));
rule("covered", 2, paths("/orders/check"));
rule("search", 3, { hostHeader: { values: ["search.example.com"] } }, paths("/find/*"));
rule("blue", 4, { httpHeader: { httpHeaderName: "X-Variant", values: ["blue"] } });
rule("posts", 5, { httpRequestMethod: { values: ["POST"] } }, paths("/posts"));
`;
const cdn = `
new aws.cloudfront.Distribution("cdn", { enabled: true, aliases: ["www.example.com"],
  origins: [{ originId: "lb", domainName: lb.dnsName, customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "http-only", originSslProtocols: ["TLSv1.2"] } }],
  orderedCacheBehaviors: ["/orders/*", "img/*"].map((pathPattern) => ({ ...behaviour, pathPattern })), defaultCacheBehavior: behaviour,
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555", sslSupportMethod: "sni-only" } });
`;
const behaviour = `
const behaviour = { targetOriginId: "lb", viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" };
`;

/** As `serve` says it, with one load balancer. */
const served = {
  front: {
    url: "https://127.0.1.1:8443",
    host: "www.example.com",
    address: "127.0.1.1",
    port: 8443,
  },
  loadBalancers: [
    {
      ...{ name: "web", internal: false, host: "web.example.com" },
      listeners: [{ port: 80, protocol: "HTTP", address: "127.0.2.1", localPort: 8080 }],
    },
  ],
} as unknown as Served;

describe("the paths that are checked", () => {
  const project = writtenProject();
  const titles = async (...lines: string[]): Promise<string[]> => {
    project.write("index.ts", ...lines);
    const { resources, account } = await project.run();
    const topology = readTopology(resources);
    const paths = pathsOf(topology, prefixLists(account));
    return checkedPaths(paths, topology, served).flatMap(({ of, path, places, example }) =>
      probesFor(path, places, example).map(({ title }) => (example ? `${of}: ${title}` : title)),
    );
  };

  it("of a load balancer: the first, and one request for each rule that a GET can take", async () => {
    const all = await titles(program);
    expect(all.slice(0, 1)).to.deep.equal(["a viewer, HTTP/1.1"]);
    expect(all.slice(1).map((title) => title.replace(/^web-\S+?\.com/, "web"))).to.deep.equal([
      "web/orders/check: a viewer, HTTP/1.1",
      "search.example.com/find/check: a viewer, HTTP/1.1",
    ]);
  });

  it("of a distribution: every behaviour, by a path that no other behaviour takes", async () => {
    const all = await titles(program, behaviour, cdn);
    expect(all.filter((title) => title.includes("/check"))).to.deep.equal([
      "www.example.com/orders/check: a viewer, HTTP/2",
      "www.example.com/img/check: a viewer, HTTP/2",
    ]);
  });
});
