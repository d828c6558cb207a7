/** Transforms and transformations of programs, in the engine's order. */
import { expect } from "chai";
import { writtenProject } from "../projectFolder";
import type { Evaluation } from "../../../local/program";
import type { Props } from "../../../local/model/types";

const head = `
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
const add = (word: string) => (a: pulumi.ResourceTransformArgs) =>
  "description" in a.props ? { props: { ...a.props, description: a.props.description + word }, opts: a.opts } : undefined;
class Box extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("my:own:Box", name, {}, opts);
    new aws.ec2.SecurityGroup("g", { description: "said" }, { parent: this, transforms: [add(" own")] });
  }
}
`;

describe("transforms", function () {
  this.timeout(30_000);
  const project = writtenProject();
  const run = (program: string): Promise<Evaluation> => {
    project.write("index.ts", head + program);
    return project.run();
  };
  const inputsOf = ({ resources }: Evaluation, name: string): Props | undefined =>
    resources.find((r) => r.name === name && r.id !== "")?.inputs;

  it("are those of the resource, then of its parents outwards, then of the stack", async () => {
    const program = await run(`
pulumi.runtime.registerResourceTransform(add(" stack"));
const outer = new pulumi.ComponentResource("my:own:Outer", "outer", {}, { transforms: [add(" outer")] });
new Box("box", { parent: outer, transforms: [add(" inner")] });
`);
    expect(inputsOf(program, "g")?.description).to.equal("said own inner outer stack");
  });

  it("change what a package's component makes", async () => {
    const program = await run(`
pulumi.runtime.registerResourceTransform((a) =>
  a.type === "aws:lb/targetGroup:TargetGroup" ? { props: { ...a.props, deregistrationDelay: 5 }, opts: a.opts } : undefined);
new awsx.lb.ApplicationLoadBalancer("lb", {}, {
  transforms: [(a) => a.type === "aws:lb/listener:Listener" ? { props: { ...a.props, port: 8080 }, opts: a.opts } : undefined],
});
`);
    expect(inputsOf(program, "lb-0")?.port).to.equal(8080);
    const groups = program.resources.filter((r) => r.type.endsWith(":TargetGroup"));
    expect(groups.map(({ outputs }) => outputs.deregistrationDelay)).to.deep.equal([5]);
  });

  it("may be asynchronous, see what is not known, and give a provider", async () => {
    const program = await run(`
const west = new aws.Provider("west", { region: "us-west-2" });
const stream = new aws.kinesis.Stream("s", { shardCount: 1 });
new aws.ec2.SecurityGroup("g", { description: stream.arn, name: "before" }, {
  transforms: [async ({ props, opts }) => ({
    props: { ...props, name: pulumi.isUnknown(props.description) ? "unknown" : "known" },
    opts: pulumi.mergeOptions(opts, { provider: west }),
  })],
});
`);
    expect(inputsOf(program, "g")).to.include({ name: "unknown", region: "us-west-2" });
  });

  it("of the older kind are applied as well", async () => {
    const program = await run(`
pulumi.runtime.registerStackTransformation(({ props, opts }) => ({ props: { ...props, tags: { team: "web" } }, opts }));
new Box("box", { transformations: [add(" box") as never] });
`);
    const { description, tags } = inputsOf(program, "g") ?? {};
    expect(description).to.equal("said box own");
    expect(tags).to.deep.equal({ team: "web" });
  });

  it("of calls of functions change their arguments", async () => {
    const { outputs } = await run(`
pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({ args: { ...args, id: "subnet-0123456789abcdef1" }, opts }));
export const id = aws.ec2.getSubnetOutput({ id: "subnet-0123456789abcdef0" }).id;
`);
    expect(outputs.id).to.equal("subnet-0123456789abcdef1");
  });

  it("that throw are errors of the program", async () => {
    const failed = await run(`
new aws.ec2.SecurityGroup("g", {}, { transforms: [() => { throw new Error("no such team"); }] });
`).catch((error: unknown) => error);
    expect(String(failed)).to.contain("no such team");
  });
});
