/** A deployment that shifts requests, step by step and back, with an old and a new revision. */
import { expect } from "chai";
import type { LocalResource, Props } from "../../local/model/types";
import { forBoth } from "./nginx-support";
import { call, endServing, requestsAt, serving, type Serving } from "./serving";
import { stack, type StackOptions } from "./stacks/resources";

const arn = (what: string): string =>
  `arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:${what}`;
const green = arn("targetgroup/green/83e2d6bc24d8a067");
const rule = arn("listener-rule/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2/1");

const viaEdge = { edge: "public", listener: "HTTPS", version: "HTTP1", port: 18171 } as const;
const direct = { edge: "none", listener: "HTTPS", version: "HTTP2", port: 18172 } as const;

/** The stack with a second target group, and a rule that forwards to both. */
function shifted(
  options: StackOptions,
  deploymentConfiguration: Props,
  second: Props = {},
): LocalResource[] {
  const s = stack(options);
  const group = s.find("aws:lb/targetGroup:TargetGroup");
  const blue = String(group.outputs.arn);
  const actions = [
    {
      type: "forward",
      forward: {
        targetGroups: [
          { arn: blue, weight: 100 },
          { arn: green, weight: 0 },
        ],
      },
    },
  ];
  const made = { name: "green", arn: green };
  const listenerArn = String(s.find("aws:lb/listener:Listener").outputs.arn);
  const production = {
    ...{ listenerArn, priority: 1, actions },
    conditions: [{ pathPattern: { values: ["/*"] } }],
  };
  const change = (resource: LocalResource, inputs: Props, outputs = {}): LocalResource => ({
    ...resource,
    inputs: { ...resource.inputs, ...inputs },
    outputs: { ...resource.outputs, ...inputs, ...outputs },
  });
  const changed = s.resources.map((resource) => {
    switch (resource.type) {
      case "aws:lb/listenerRule:ListenerRule":
        return { ...change(resource, { actions }, { arn: rule }), id: rule };
      case "aws:ecs/service:Service": {
        const [target] = resource.inputs.loadBalancers as Props[];
        const advancedConfiguration = {
          ...{ alternateTargetGroupArn: green, productionListenerRule: rule },
          roleArn: "arn:aws:iam::123456789012:role/ecs",
        };
        const loadBalancers = [{ ...target, advancedConfiguration }];
        return change(resource, { loadBalancers, deploymentConfiguration });
      }
      default:
        return resource;
    }
  });
  const other = { ...change(group, second, made), name: "green", urn: `${group.urn}-2`, id: green };
  const own = options.edge === "none";
  const rules = own
    ? [
        {
          ...group,
          ...{ type: "aws:lb/listenerRule:ListenerRule", name: "production", id: rule },
          ...{ urn: `${group.urn}-rule`, inputs: production },
          outputs: { ...production, arn: rule },
        },
      ]
    : [];
  return [...changed, other, ...rules];
}

/** Which revisions answer that many requests of viewers. */
async function revisions(served: Serving, times = 1): Promise<string[]> {
  const seen = new Set<string>();
  for (let n = 0; n < times; n += 1) {
    const reply = await call(served, { url: `${served.front.url}/.well-known/hopwise` });
    expect(reply.status, reply.error).to.equal(200);
    seen.add(/revision-\w+/.exec(reply.body)?.[0] ?? reply.body);
  }
  return [...seen].sort();
}

/** Calls until the revision answers: at 30 %, not within 200 requests is less than 1 in 10^30. */
async function until(served: Serving, revision: string): Promise<void> {
  for (let n = 0; n < 200; n += 1) if ((await revisions(served))[0] === revision) return;
  throw new Error(`${revision} did not answer 200 requests`);
}

const blueGreen = { strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" };
const canary = { strategy: "CANARY", canaryConfiguration: { canaryPercent: 30 } };
const [one, two] = ["revision-one", "revision-two"];

forBoth("a deployment that shifts requests", (kind) => {
  afterEach(endServing);

  it("blue/green: the new tasks get nothing, then everything; back, the old ones do", async () => {
    const served = await serving(shifted({ ...direct, variant: one }, blueGreen), kind);
    expect(await revisions(served, 5)).to.deep.equal([one]);
    expect(served.deployments).to.deep.equal([
      {
        service: "web",
        steps: [
          { stage: "before", percent: 0 },
          { stage: "started", percent: 0 },
          { stage: "all", percent: 100 },
        ],
        at: 0,
      },
    ]);

    await served.update(shifted({ ...direct, variant: two }, blueGreen));
    expect(served.deployments[0]?.at).to.equal(1);
    expect(served.services.map(({ name }) => name)).to.deep.equal(["web", "web-green"]);
    expect(await revisions(served, 5)).to.deep.equal([one]);

    await served.moveDeployment("web", 2);
    expect(await revisions(served, 5)).to.deep.equal([two]);
    expect(requestsAt(served, "load-balancer").at(-1)?.revision).to.equal("green");

    await served.moveDeployment("web", 0);
    expect(await revisions(served, 5)).to.deep.equal([one]);
    expect(served.services.map(({ name }) => name)).to.deep.equal(["web"]);
    expect(requestsAt(served, "load-balancer").at(-1)?.revision).to.equal("blue");
  });

  it("a canary behind CloudFront: both answer at their weights, and the next one swaps the groups", async () => {
    const served = await serving(shifted({ ...viaEdge, variant: one }, canary), kind);
    await served.update(shifted({ ...viaEdge, variant: two }, canary));
    await served.moveDeployment("web", 2);
    expect(served.deployments[0]?.steps[2]).to.deep.equal({ stage: "shifting", percent: 30 });
    await until(served, one);
    await until(served, two);
    await served.moveDeployment("web", 3);
    expect(await revisions(served, 5)).to.deep.equal([two]);

    await served.update(shifted({ ...viaEdge, variant: "revision-three" }, canary));
    expect(await revisions(served, 5), "the finished one is the old one now").to.deep.equal([two]);
    await served.moveDeployment("web", 3);
    expect(await revisions(served, 5)).to.deep.equal(["revision-three"]);
    await served.moveDeployment("web", 0);
    expect(await revisions(served, 5)).to.deep.equal([two]);
  });

  it("groups of two protocol versions: 464 for the share of the second one", async () => {
    const served = await serving(
      shifted({ ...viaEdge, containerHttp2: true }, canary, { protocolVersion: "HTTP2" }),
      kind,
    );
    const status = async () => (await call(served, { url: served.front.url })).status;
    expect(await status()).to.equal(200);
    await served.moveDeployment("web", 3);
    expect(await status()).to.equal(464);
    await served.moveDeployment("web", 0);
    expect(await status()).to.equal(200);
  });
});
