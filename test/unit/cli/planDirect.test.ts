/** Containers without a load balancer, instances and functions, as a plan shows them. */
import { expect } from "chai";
import { mermaidOf } from "../../../cli/plan/mermaid";
import { pictureOf } from "../../../cli/plan/picture";
import { printPlan } from "../../../cli/plan/text";
import type { Plan } from "../../../cli/plan/types";
import { UNKNOWN, type DeclaredResource, type Props } from "../../../topology/resource";
import { directProgram, ids, onInstances } from "../rules/program";
import { planOf, printed } from "./planOf";

const textOf = (plan: Plan): string =>
  printed((screen) => {
    printPlan(plan, screen);
  });

const open = { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["0.0.0.0/0"] };

/** A service without a load balancer. */
function alone(ingress: unknown, network: Props = {}): DeclaredResource[] {
  const kept = ["task-group", "definition", "execution"];
  const program = directProgram({
    "task-group": { ingress },
    web: {
      loadBalancers: undefined,
      networkConfiguration: {
        ...{ subnets: ["subnet-1"], securityGroups: [ids.taskGroup], assignPublicIp: true },
        ...network,
      },
    },
  });
  return program.filter(({ name }) => [...kept, "web"].includes(name));
}

describe("a plan of containers without a load balancer", () => {
  it("says who may call which port, and does not say that nothing is reached", () => {
    const plan = planOf(alone([open]));
    expect(plan.direct).to.deep.equal([
      {
        ...{ service: "web", container: "nginx", port: 8080, who: ["the internet (IPv4)"] },
        ...{ publicAddress: true, internet: true },
      },
    ]);
    expect(plan.findings.map(({ code }) => code)).to.include("tasks-open");
    const text = textOf(plan);
    expect(text).to.match(/container nginx of web +8080 +the internet \(IPv4\) +public address/);
    expect(text).to.include("Plain text, unless the containers themselves speak TLS.");
    expect(text).not.to.include("no request reaches a container");
    expect(mermaidOf(plan)).to.match(/"TCP · 8080"/);
    expect(pictureOf(plan)).to.include("TCP");
  });

  it("draws no line from viewers to what the internet does not reach", () => {
    const inside = [{ ...open, cidrBlocks: undefined, securityGroups: ["sg-callers"] }];
    for (const resources of [alone([open], { assignPublicIp: false }), alone(inside)]) {
      const plan = planOf(resources);
      expect(plan.direct[0]?.internet).to.equal(false);
      expect(mermaidOf(plan)).not.to.include("-->");
    }
    expect(textOf(planOf(alone(inside)))).to.match(/8080 +security group sg-callers/);
    expect(textOf(planOf(alone([])))).to.match(/8080 +nobody/);
  });

  it("states what the program does not say, and is not complete where it is unknown", () => {
    const elsewhere = planOf(alone([], { securityGroups: ["sg-elsewhere"] }));
    expect(elsewhere.direct[0]).not.to.have.any.keys("who", "internet");
    expect(elsewhere.assumed.join()).to.match(
      /group of the service web is not one of the program's/,
    );
    const unknown = planOf(alone(UNKNOWN));
    expect([unknown.complete, unknown.verdict]).to.deep.equal([false, "unknown"]);
    expect(textOf(unknown)).to.match(/who may connect is not known/);
  });
});

describe("a plan of a path that ends at no container", () => {
  it("names the Auto Scaling group", () => {
    const plan = planOf(onInstances({})());
    expect(plan.paths[0]?.nodes.at(-1)).to.include({ label: "instances", resource: "fleet" });
    expect(textOf(plan)).to.match(/instances of fleet +HTTP\/1.1 +plain +8080 +the load balancer/);
  });

  it("shows a Lambda function as invoked, not as a connection in plain text", () => {
    const plan = planOf(
      directProgram({ web: undefined, tasks: { targetType: "lambda", port: undefined } }),
    );
    const hop = plan.paths[0]?.hops.at(-1);
    expect(hop).to.include({ from: "load-balancer", to: "container" });
    expect(hop).not.to.have.any.keys("tls", "port");
    expect(hop?.protocols).to.deep.equal([]);
    expect(textOf(plan)).to.match(/function of tasks +invoked +the load balancer/);
    expect(textOf(plan)).not.to.match(/plain +80/);
    // The same status for two reasons: each has its row.
    expect(textOf(plan)).to.match(/400 +HTTP without TLS: a plain HTTP request/);
    expect(textOf(plan)).to.match(/400 +WebSocket: a Lambda function takes no WebSocket/);
    expect(mermaidOf(plan)).to.include('-- "invoked" -->');
    expect(pictureOf(plan)).not.to.match(/undefined|plain · 80</);
    expect(plan.findings.map(({ code }) => code)).not.to.include("plain-text-inside-aws");
  });
});
