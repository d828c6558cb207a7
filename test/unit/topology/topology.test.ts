import { expect } from "chai";
import {
  loadBalancerNamed,
  viewerNamesOf,
  originLoadBalancer,
  readTopology,
} from "../../../topology";
import { token } from "../../../topology/tokens";
import { Stack, albName, stack } from "../../local/stacks/resources";

const listener = "aws:lb/listener:Listener";

describe("the topology of recorded resources", () => {
  const viaEdge = stack({ edge: "public", version: "HTTP1", listener: "HTTPS", port: 8080 });
  const viaVpc = stack({ edge: "vpc", version: "HTTP1", listener: "HTTP", port: 8080 });
  const direct = stack({ edge: "none", version: "HTTP2", listener: "HTTPS", port: 8080 });

  it("leads from an origin's name, through records, to the load balancer", () => {
    const topology = readTopology(viaEdge.resources);
    const origin = topology.distributions[0]?.origins.get("alb");
    expect(topology.problems).to.deep.equal([]);
    expect(origin?.domainName).to.equal("origin.example.com");
    expect(origin && originLoadBalancer(topology, origin)?.name).to.equal("web");
    expect(loadBalancerNamed(topology, `DUALSTACK.${albName}.`)?.name).to.equal("web");
    expect(loadBalancerNamed(topology, "elsewhere.example.com")).to.equal(undefined);
  });

  it("leads from a VPC origin to the load balancer, with the endpoint's protocol", () => {
    const topology = readTopology(viaVpc.resources);
    const origin = topology.distributions[0]?.origins.get("alb");
    expect(origin && originLoadBalancer(topology, origin)?.internal).to.be.true;
    expect(origin).to.include({
      protocolPolicy: "http-only",
      httpPort: 80,
      readSeconds: 120,
      keepAliveSeconds: 5,
    });
  });

  it("says of a web ACL, at the edge or at the load balancer, that it is not applied here", () => {
    const notes = ({ resources }: { resources: Stack["resources"] }) =>
      readTopology(resources).notes.filter((note) => note.includes("web ACL"));
    expect(notes(direct)).to.deep.equal([]);
    const more = new Stack();
    more.resources.push(...direct.resources);
    const resourceArn = direct.find("aws:lb/loadBalancer:LoadBalancer").id;
    more.add("aws:wafv2/webAclAssociation:WebAclAssociation", "web", { resourceArn });
    expect(notes(more).join()).to.match(/^The web ACL of load balancer \S+ is not applied here\.$/);
    const edge = { ...viaEdge.find("aws:cloudfront/distribution:Distribution") };
    edge.inputs = { ...edge.inputs, webAclId: "arn:aws:wafv2:us-east-1:1:global/webacl/web/1" };
    expect(notes({ resources: [...viaEdge.resources, edge] })).to.have.length(1);
  });

  it("keeps rules by priority and reads both ways to write a forward action", () => {
    const more = new Stack();
    more.resources.push(...viaEdge.resources);
    const listenerArn = viaEdge.find(listener).id;
    const forward = { targetGroups: [{ arn: "tg-a", weight: 9 }, { arn: "tg-b" }] };
    more.add("aws:lb/listenerRule:ListenerRule", "first", {
      listenerArn,
      priority: 0.5,
      conditions: [{ pathPattern: { values: ["/a"] } }],
      actions: [{ type: "forward", forward }],
    });
    const rules = readTopology(more.resources).loadBalancers[0]?.listeners[0]?.rules ?? [];
    expect(rules.map((r) => r.priority)).to.deep.equal([0.5, 1]);
    expect(rules[0]?.action).to.deep.equal({
      type: "forward",
      groups: [
        { arn: "tg-a", weight: 9 },
        { arn: "tg-b", weight: 1 },
      ],
    });
    expect(rules[1]?.action).to.deep.equal({
      type: "forward",
      groups: [{ arn: viaEdge.find("aws:lb/targetGroup:TargetGroup").id, weight: 1 }],
    });
  });

  it("reads the container that a service sends requests to, with its image's folder", () => {
    const [service] = readTopology(direct.resources).services;
    expect(service?.targets).to.have.lengthOf(1);
    const [container] = service?.containers ?? [];
    expect(container).to.deep.include({ name: "nginx", ports: [8080], context: "nginx" });
    expect(container?.environment).to.include({ HOPWISE_HTTP2: "on", HOPWISE_PORT: "8080" });
  });

  it("calls the front by its aliases and records before AWS's names", () => {
    const topology = readTopology(direct.resources);
    const [loadBalancer] = topology.loadBalancers;
    expect(loadBalancer && viewerNamesOf(topology, loadBalancer)).to.deep.equal([
      "www.example.com",
      albName,
    ]);
  });

  it("takes aws:alb resources for what they are", () => {
    const renamed = direct.resources.map((r) => ({
      ...r,
      type: r.type.replace("aws:lb/", "aws:alb/"),
    }));
    expect(readTopology(renamed).loadBalancers[0]?.listeners).to.have.lengthOf(1);
  });

  // prettier-ignore
  const broken: [string, ReturnType<Stack["without"]>, RegExp][] = [
    ["a target group", viaEdge.without("aws:lb/targetGroup:TargetGroup", "tasks"), /Listener 443 of web forwards to .*targetgroup/],
    ["a task definition", viaEdge.without("aws:ecs/taskDefinition:TaskDefinition", "web"), /service web runs the task definition .*task-definition\/web:1/],
    ["a VPC origin", viaVpc.without("aws:cloudfront/vpcOrigin:VpcOrigin", "inner"), /names the VPC origin vo_1/],
    ["the load balancer of a VPC origin", viaVpc.without("aws:lb/loadBalancer:LoadBalancer", "web"), /VPC origin inner ends at .*loadbalancer/],
    ["everything that answers", [], /neither a CloudFront distribution nor a load balancer/],
  ];
  for (const [what, resources, problem] of broken) {
    it(`says what depends on ${what} that is missing`, () => {
      expect(readTopology(resources).problems.join("\n")).to.match(problem);
    });
  }

  it("only notes what nothing served depends on", () => {
    const unrecorded = viaEdge.without("aws:route53/record:Record", "origin");
    const { problems, notes } = readTopology(
      unrecorded.filter(({ type }) => type !== token.certificate),
    );
    expect(problems).to.deep.equal([]);
    expect(notes.join("\n")).to.match(
      /origin alb \(origin\.example\.com\) is none of the program's/,
    );
    expect([...readTopology(unrecorded).assumedNames]).to.deep.equal(["origin.example.com"]);
    expect(readTopology(viaEdge.resources).assumedNames.size).to.equal(0);
  });
});

describe("attributes of load balancers", () => {
  const plain = stack({ edge: "none", version: "HTTP1", listener: "HTTPS", port: 8080 });
  const group = "aws:lb/targetGroup:TargetGroup";
  const balancer = "aws:lb/loadBalancer:LoadBalancer";
  const groupWith = (change: Record<string, unknown>) => {
    const groups = readTopology(plain.with(group, "tasks", change)).targetGroups;
    return [...groups.values()][0];
  };

  it("stickiness, unless it is switched off", () => {
    expect(groupWith({})?.stickiness).to.equal(undefined);
    expect(groupWith({ stickiness: { type: "lb_cookie" } })?.stickiness).to.deep.equal({
      type: "lb_cookie",
      seconds: 86_400,
    });
    const app = { type: "app_cookie", cookieName: "session", cookieDuration: 60 };
    expect(groupWith({ stickiness: app })?.stickiness).to.deep.equal({
      type: "app_cookie",
      cookieName: "session",
      seconds: 60,
    });
    expect(groupWith({ stickiness: { ...app, enabled: false } })?.stickiness).to.equal(undefined);
  });

  it("slow start, and how many targets must be healthy", () => {
    expect(groupWith({})).to.deep.include({
      slowStartSeconds: 0,
      minimumHealthy: { count: 1, percent: 0 },
    });
    const routing = { minimumHealthyTargetsCount: 2, minimumHealthyTargetsPercentage: "50" };
    const set = { slowStart: 30, targetGroupHealth: { unhealthyStateRouting: routing } };
    expect(groupWith(set)).to.deep.include({
      slowStartSeconds: 30,
      minimumHealthy: { count: 2, percent: 50 },
    });
  });

  it("desync mitigation, and logs that are switched on", () => {
    const set = {
      desyncMitigationMode: "strictest",
      connectionLogs: { bucket: "logs", prefix: "a", enabled: true },
      healthCheckLogs: { bucket: "logs" },
    };
    const [changed] = readTopology(plain.with(balancer, "web", set)).loadBalancers;
    expect(changed?.desyncMode).to.equal("strictest");
    expect(changed?.connectionLogs).to.deep.equal({ bucket: "logs", prefix: "a" });
    expect(changed?.healthCheckLogs).to.equal(undefined);
    expect(readTopology(plain.resources).loadBalancers[0]?.desyncMode).to.equal("defensive");
  });

  it("a rule's transforms and its stickiness", () => {
    const more = new Stack();
    more.resources.push(...plain.resources);
    const rewrite = { regex: "^/a", replace: "/b" };
    more.add("aws:lb/listenerRule:ListenerRule", "moved", {
      listenerArn: plain.find(listener).id,
      priority: 3,
      conditions: [{ pathPattern: { values: ["/a*"] } }],
      actions: [
        {
          type: "forward",
          forward: { targetGroups: [{ arn: "a" }], stickiness: { enabled: true, duration: 60 } },
        },
      ],
      transforms: [{ type: "url-rewrite", urlRewriteConfig: { rewrite } }],
    });
    const topology = readTopology(more.resources);
    const [rule] = topology.loadBalancers[0]?.listeners[0]?.rules ?? [];
    expect(rule?.transforms).to.deep.equal({ url: rewrite });
    expect(rule?.action).to.deep.include({ stickySeconds: 60 });
    expect(topology.notes.join("\n")).not.to.match(/not applied/);
  });
});
