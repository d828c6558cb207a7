/** Programs whose resources are in several regions, some of them made by other programs. */
import { expect } from "chai";
import { token } from "../../../topology/tokens";
import { writtenProject } from "../projectFolder";

/** What a program does in each region, with its provider as `o`. */
const places: Record<string, string> = {
  "the default VPC of each": `const vpc = aws.ec2.getVpcOutput({ default: true }, o);
  const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] }, o).ids;
  const vpcId = vpc.id, groups = [aws.ec2.getSecurityGroupOutput({ name: "default", vpcId }, o).id];`,
  "VPCs of the same tags": `const vpc = aws.ec2.getVpcOutput({ tags: { Name: "main" } }, o);
  const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] }, o).ids;
  const vpcId = vpc.id, groups = [aws.ec2.getSecurityGroupOutput({ tags: { Name: "main" } }, o).id];`,
  "what they name by id": `const last = region.length, vpcId = "vpc-0123456789abcde" + last;
  const subnets = ["subnet-a123456789abcde" + last, "subnet-b123456789abcde" + last];
  const groups = [aws.ec2.SecurityGroup.get(region, "sg-0123456789abcde" + last, undefined, o).id];`,
};

describe("programs in several regions", () => {
  const project = writtenProject();

  for (const [what, place] of Object.entries(places))
    it(what, async () => {
      project.write(
        "index.ts",
        'import * as aws from "@pulumi/aws";',
        'for (const region of ["us-east-1", "eu-central-1"] as const) {',
        "  const o = { provider: new aws.Provider(region, { region }) };",
        `  ${place}`,
        "  const own = new aws.ec2.SecurityGroup(region, { vpcId }, o);",
        "  const logs = aws.s3.Bucket.get(region + region, `logs-of-${region}`, undefined, o);",
        "  new aws.lb.LoadBalancer(region, { subnets, securityGroups: [own.id, ...groups], accessLogs: { enabled: true, bucket: logs.bucket } }, o);",
        '  new aws.lb.TargetGroup(region, { port: 80, protocol: "HTTP", targetType: "ip", vpcId }, o);',
        "}",
      );
      const { refusals, resources } = await project.run({ onRefusal: "continue" });
      expect(refusals.map(({ message }) => message)).to.deep.equal([]);
      const vpcs = resources.filter(({ type }) => type === token.securityGroup);
      expect(new Set(vpcs.map(({ outputs }) => outputs.vpcId)).size).to.equal(2);
    });

  it("what is known to be in another region is refused", async () => {
    project.write(
      "index.ts",
      'import * as aws from "@pulumi/aws";',
      'const provider = new aws.Provider("east", { region: "us-east-1" });',
      "const vpc = aws.ec2.getVpcOutput({ default: true });",
      'new aws.ec2.SecurityGroup("own", { vpcId: vpc.id }, { provider });',
    );
    const { refusals } = await project.run({ onRefusal: "continue" });
    expect(refusals.map(({ message }) => message).join()).to.match(
      /It is in eu-west-1, and this resource in us-east-1/,
    );
  });
});
