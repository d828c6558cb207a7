/** A `transform` that breaks the path stops the real engine before anything exists. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, type Stack } from "./stack";

const program = (version: string): string => `
import { H1ViaCloudfront } from "./components";

const placement = {
  vpcId: "vpc-0123456789abcdef0",
  vpcCidr: "10.0.0.0/16",
  loadBalancerSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
};
const image = "r.example.com/web:1";
new H1ViaCloudfront("web", {
  placement,
  service: { image },
  origin: { access: "vpc-origin" },
  transform: ({ type, args }) =>
    type.endsWith(":TargetGroup")
      ? { ...args, protocolVersion: "${version}", slowStart: 30 }
      : undefined,
});
`;

describeWith("pulumi", "transform, by the real engine", () => {
  let stack: Stack;
  before(async () => {
    // A kept process does not end for an error within an apply.
    stack = await createStack("dev", { kept: false });
  });
  after(() => (stack as Stack | undefined)?.close());
  const write = (version: string): void => {
    fs.writeFileSync(path.join(stack.directory, "index.ts"), program(version));
  };

  it("registers nothing of a path that no longer works", async () => {
    write("HTTP2");
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.to.equal(0);
    expect(output).to.include("edge-http1-to-http2-target");
    const ours = stack.providers.account.resources.map(({ type }) => type);
    expect(ours.filter((type) => type.startsWith("aws:"))).to.deep.equal([]);
  });

  it("reaches AWS where the path works", async () => {
    write("HTTP1");
    await stack.ok("up", "--yes", "--skip-preview");
    const group = stack.providers.account.resources.find(({ type }) =>
      type.endsWith(":TargetGroup"),
    );
    expect(group?.inputs.slowStart).to.equal(30);
  });
});
